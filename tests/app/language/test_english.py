"""Records in other languages meet English questions through the dictionaries."""

from pathlib import Path

import pytest

from app.answer.sentences import Sentences
from app.language.english import in_english
from app.question.link import Vocabulary
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


ENTRIES = """# Ada Byron

## Werdegang

- 2010 – 2014 Leiterin der Forschungsgruppe am Institut für Webstühle
- 2014 – 2018 Entwicklung der Wärmepumpe bei den Webstuhlwerken

## Publikationen

- Byron, A., Weaver, B.: The history of an engine and what it was for. Loom Letters 12, 2015.
- Byron, A., Weaver, B., Carder, C., Dyer, D.: Warp. Proceedings 2016.
- Byron, A., Dyer, D.: Weft. Proceedings 2017, 12–19.
- Byron, A., Carder, C.: Heddle. Proceedings 2018, 4–8.
- Byron, A.: Shuttle. Proceedings 2019, 1–3.
"""


def test_entries_in_doubt_do_not_make_a_german_record_english(tmp_path: Path) -> None:
    english = in_english(record_of(tmp_path, ENTRIES))
    assert any("heat pump" in text for text in english.values())


def test_an_english_sentence_of_a_german_record_is_left_out(tmp_path: Path) -> None:
    record = record_of(tmp_path, ENTRIES)
    english = in_english(record)
    titles = [s.span for s in record.sentences if "engine" in s.text]
    assert titles
    assert not english.keys() & set(titles)


def test_one_title_in_another_language_makes_no_english_list_a_record_in_it(tmp_path: Path) -> None:
    entries = "".join(f"- 20{n}: Byron, A., Dyer, D.: Weft {n}. Proceedings, 12–{n}.\n" for n in range(13, 25))
    other = "- 2012: Byron, A.: Die Geschichte der Webstühle und wie sie arbeiten.\n"
    assert in_english(record_of(tmp_path, f"# Ada Byron\n\n## Publications\n\n{entries}{other}")) == {}
