"""Whether cited spans support a sentence: words, numbers, dates, and what is let through on purpose."""

from dataclasses import replace

import pytest

from app.domain import Sentence
from evals.support import is_verbatim, missing_numbers, uncovered, unsupported
from tests.conftest import Desk
from tests.evals.records import answer_of, cite, record_of

HARBOUR = "Harbour Institute of Acoustics, Lisbon 2021.3 – Present\n\nSenior Researcher, Underwater Listening Group"
ARCHIVE = "The archive holds 41,000 hours of sound from twelve ports."


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (
            "Mira Okonjo is a Senior Researcher at the Harbour Institute of Acoustics, since March 2021 [1].",
            HARBOUR,
        ),
        ("The archive holds 41,000 hours of sound [1].", ARCHIVE),
        ("The archive holds 41000 hours of sound [1].", ARCHIVE),
        ("自2021年3月起，她在 Lisbon 的 Harbour Institute of Acoustics 工作[1]。", HARBOUR),
    ],
)
def test_a_sentence_that_says_what_it_cites_is_supported(ingested: Desk, sentence: str, quote: str) -> None:
    record = record_of(ingested, "mira-okonjo")
    answer = answer_of(Sentence(sentence, (1,)), citations=(cite(record, 1, quote),))
    assert unsupported(answer, record, is_count=False) == (1, ())


@pytest.mark.parametrize(
    ("sentence", "quote", "why"),
    [
        ("She invented a submarine drone for deep trenches [1].", HARBOUR, "only 0% of its words"),
        ("She is at the Harbour Institute of Acoustics in Lisbon since April 2021 [1].", HARBOUR, "April 2021"),
        ("She is at the Harbour Institute of Acoustics in Lisbon since March 2020 [1].", HARBOUR, "March 2020"),
        ("The archive holds 52,000 hours of sound [1].", ARCHIVE, "52,000"),
        ("The archive holds sound [1] [2].", ARCHIVE, "cites [2]"),
    ],
)
def test_a_sentence_that_says_more_is_not(ingested: Desk, sentence: str, quote: str, why: str) -> None:
    record = record_of(ingested, "mira-okonjo")
    numbers = (1, 2) if "[2]" in sentence else (1,)
    cited, failed = unsupported(
        answer_of(Sentence(sentence, numbers), citations=(cite(record, 1, quote),)), record, is_count=False
    )
    assert cited == 1
    assert why in failed[0][1]


def test_a_quote_that_was_touched_up_supports_nothing(ingested: Desk) -> None:
    record = record_of(ingested, "mira-okonjo")
    genuine = cite(record, 1, ARCHIVE)
    assert is_verbatim(genuine, record)
    for touched in (
        replace(genuine, quote=ARCHIVE.replace("41", "42")),
        replace(genuine, start=genuine.start - 1),
        replace(genuine, document="other.md"),
        replace(genuine, start=genuine.end),
    ):
        assert not is_verbatim(touched, record)
        answer = answer_of(Sentence("The archive holds sound [1].", (1,)), citations=(touched,))
        assert len(unsupported(answer, record, is_count=False)[1]) == 1


def test_a_sentence_without_citations_is_not_judged_here(ingested: Desk) -> None:
    answer = answer_of(Sentence("I answer questions about Mira Okonjo."))
    assert unsupported(answer, record_of(ingested, "mira-okonjo"), is_count=False) == (0, ())


@pytest.mark.parametrize(
    ("sentence", "quotes", "missing"),
    [
        ("from July 2016 to August 2017", "2016.7 – 2017.8", ()),
        ("from July 2016 to August 2017", "2016.7 – 2017.9", ("August 2017",)),
        ("in May 2019", "May – Aug 2019", ()),
        ("on November 9, 2022", "CLNov 9, 2022", ()),
        ("on 3 February 2022", "Feb 3", ("3 February 2022",)),
        ("自2024年11月", "2024.11 – Present", ()),
        ("2月3日", "ROFeb 3", ()),
        ("2月4日", "ROFeb 3", ("2月4日",)),
        ("for 5 years and 4 months", "2016.7 – 2021.11", ()),
        ("18 papers, 14 of them first, 2 with code", "", ()),
        ("up to 4.4 times faster", "up to 4.4x fewer", ()),
        ("up to 4.5x faster", "up to 4.4x fewer", ("4.5",)),
        ("in 2019 and 2021", "Scholarship\t2019,2021", ()),
        ("she cites 3", "nothing", ()),
        ("she cites 7", "nothing", ("7",)),
    ],
)
def test_numbers_and_dates_must_be_cited_unless_the_program_computes_them(
    sentence: str, quotes: str, missing: tuple[str, ...]
) -> None:
    assert missing_numbers(sentence, quotes, computed={3}) == missing


def test_the_persons_own_name_and_the_words_of_the_templates_need_no_source() -> None:
    assert uncovered("The CV lists papers by Mira Okonjo", "anything", "", ["Mira Okonjo"]) == ((), 1.0)


def test_headings_above_a_quote_count_as_cited() -> None:
    assert uncovered("Her hydrophones", "41,000 hours", "Hydrophone Commons", []) == ((), 1.0)
