"""Parts of documents under headings of their own, and the entries of them that a question asks for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.question.parts import entries_asked_for, has_stem, outermost, part_asked_for, parts_of
from ingest.build import Progress, read_record
from ingest.domain import Profile, Record, Source, Span

TEXT = """# Ada Byron

## Patents

- Loom with a memory, GB 101, granted 1940
- Card reader, GB 102, filed 1942, pending

## Funding

- Looms by Wire, Royal Fund, £ 900, 1939–1941. Role: PI
- Cards for All, Loom Trust, £ 300, 1942. Role: co-PI

## Supervision of Ph.D. students

- Bo Li, 1940–1943
- Cara Diaz, 1944–present

## Publications

### Working Papers

- Ada Byron. Notes on Notes. Loom Reports, 1941.

## Experience

- Engineer, Loom Works, 1936–1945
"""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder: Path = tmp_path_factory.mktemp("ada")
    (folder / "cv.md").write_text(TEXT, encoding="utf-8")
    return read_record(folder, Profile("ada", "Ada Byron", sources=(Source("cv.md", "CV"),)), Progress())


def shown(record: Record, question: str) -> list[str] | None:
    part = part_asked_for(question, parts_of(record))
    spans = entries_asked_for(question, part, record) if part else None
    return None if spans is None else [record.quote(span).split(",")[0] for span in spans]


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("How many patents?", ["Loom with a memory", "Card reader"]),
        ("Which patents are pending?", ["Card reader"]),
        ("Which patents from 1940?", ["Loom with a memory"]),
        ("Which patents since 1941?", ["Card reader"]),
        ("Who are the PhD students now?", ["Cara Diaz"]),
        ("List the PhD students", ["Bo Li", "Cara Diaz"]),
        ("List all funding as PI", ["Looms by Wire"]),
        ("List all funding as co-PI", ["Cards for All"]),
        ("Which patents about submarines?", None),
    ],
)
def test_the_entries_under_a_heading_that_have_the_other_words_of_a_question(
    record: Record, question: str, entries: list[str] | None
) -> None:
    assert shown(record, question) == entries


@pytest.mark.parametrize(
    "question", ["Where does he live?", "How many papers about working looms?", "jobs as an engineer"]
)
def test_a_question_that_names_no_heading_asks_for_no_part(record: Record, question: str) -> None:
    assert part_asked_for(question, parts_of(record)) is None


def test_a_heading_of_two_general_words_is_named_by_both_together(record: Record) -> None:
    part = part_asked_for("list the working papers", parts_of(record))
    assert part is not None
    assert part.name == "Working Papers"


def test_what_composers_know_better_is_no_part(record: Record) -> None:
    assert [p.name for p in parts_of(record)] == [
        "Patents",
        "Funding",
        "Supervision of Ph.D. students",
        "Working Papers",
    ]


@pytest.mark.parametrize(
    ("stem", "text", "question", "has"),
    [
        ("pi", "Role: PI", "as PI", True),
        ("pi", "Role: co-PI", "as PI", False),
        ("pi", "Role: co-PI", "as co-PI", True),
        ("loom", "Two looms", "which looms", True),
        ("loom", "Cards", "which looms", False),
    ],
)
def test_a_short_word_counts_only_as_it_is_written(stem: str, text: str, question: str, has: bool) -> None:
    assert has_stem(stem, (text,), question) is has


@pytest.mark.parametrize(
    ("question", "newest", "kept"),
    [
        ("patents", True, ["Card reader"]),
        ("patents", False, ["Loom with a memory"]),
        ("funding", True, ["Cards for All"]),
        ("funding", False, ["Looms by Wire"]),
    ],
)
def test_the_outermost_entry_is_the_one_with_the_latest_or_earliest_date(
    record: Record, question: str, newest: bool, kept: list[str]
) -> None:
    part = part_asked_for(question, parts_of(record))
    assert part is not None
    assert [record.quote(s).split(",")[0] for s in outermost(part.entries, record, newest)] == kept


def test_entries_without_a_date_are_all_outermost_and_beside_a_dated_one_none_is(record: Record) -> None:
    dated, undated = (next(_at(record, words)) for words in ("Card reader, GB 102, filed 1942", "Loom Works"))
    assert outermost((undated, undated), record, newest=True) == (undated, undated)
    assert outermost((undated, dated), record, newest=True) == (dated,)


def _at(record: Record, words: str) -> Iterator[Span]:
    for document in record.documents:
        start = document.text.index(words)
        yield Span(document.id, start, start + len(words))
