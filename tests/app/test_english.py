"""Records in other languages meet English questions through the dictionaries."""

from pathlib import Path

import pytest

from app.answer.sentences import Sentences
from app.english import in_english
from app.link import Vocabulary
from ingest.build import Progress, read_record
from ingest.domain import Profile, Record, Source

GERMAN = """# Ada Byron

## Über mich

Ich war drei Jahre Archivarin in Schweden und habe dort über maschinelle Übersetzung gearbeitet.
Meine Forschung handelt von der Geschichte der Webstühle und der Mathematik.
Seit vier Jahren leite ich eine Gruppe, die sich mit bestärkendem Lernen beschäftigt.
"""
ENGLISH = "# Ada Byron\n\n## About\n\nI have worked on looms for ten years, and I teach the history of mathematics.\n"


def record_of(folder: Path, text: str) -> Record:
    (folder / "cv.md").write_text(text, encoding="utf-8")
    return read_record(folder, Profile("ada", "Ada Byron", sources=(Source("cv.md", "CV"),)), Progress())


def test_an_english_record_needs_no_dictionary(tmp_path: Path) -> None:
    assert in_english(record_of(tmp_path, ENGLISH)) == {}


@pytest.mark.parametrize("stem", ["translat", "histori", "mathemat", "reinforc"])
def test_the_sentences_of_a_german_record_have_english_words(tmp_path: Path, stem: str) -> None:
    record = record_of(tmp_path, GERMAN)
    assert Sentences(record, in_english(record)).knows(stem)
    assert not Sentences(record).knows(stem)


def test_a_country_is_known_under_its_english_name(tmp_path: Path) -> None:
    record = record_of(tmp_path, GERMAN)
    assert Vocabulary(record, (), in_english(record)).knows("Sweden")
    assert not Vocabulary(record).knows("Sweden")
