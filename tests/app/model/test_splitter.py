"""Sentences come out of a stream whole, with their citations, however it is cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.splitter import Splitter, plain

CASES = [
    ("He works there since Nov. 2024 [1]. Before, J.-G. Lou et al. led him [2][3]. Done.",
     ["He works there since Nov. 2024 [1].", "Before, J.-G. Lou et al. led him [2][3].", "Done."]),
    ("He works there. [1] Then he left. [2][3] End.", ["He works there. [1]", "Then he left. [2][3]", "End."]),
    ("It was 3.5 years at No. 5 in total [1]. He has a Ph.D. from Bergen (2014–2018) [2].",
     ["It was 3.5 years at No. 5 in total [1].", "He has a Ph.D. from Bergen (2014–2018) [2]."]),
    ("他在新加坡工作[1]。之前在海洋实验室[2]。刘乾还写过代码。[3]他是研究员。",
     ["他在新加坡工作[1]。", "之前在海洋实验室[2]。", "刘乾还写过代码。[3]", "他是研究员。"]),
    ("The CV lists two:\n- A paper, by X et al. Great [1]\n- B paper [2].\n\nThat is all [3].",
     ["The CV lists two:", "- A paper, by X et al. Great [1]", "- B paper [2].", "That is all [3]."]),
    ("1. One [1]\n2. Two [2]\n", ["1. One [1]", "2. Two [2]"]),
    ("Six were orals [1]–[6]. She met Dr. Smith [7]! Did she?", ["Six were orals [1]–[6].", "She met Dr. Smith [7]!", "Did she?"]),
    ("Die Liste (21. August 2024) ist kurz [1]. Ja.", ["Die Liste (21. August 2024) ist kurz [1].", "Ja."]),
    ("She (it says. Then no more\nEnd.", ["She (it says. Then no more", "End."]),
    ("The CV says “Ich lehre gern.” [4]. She teaches [5].", ["The CV says “Ich lehre gern.” [4].", "She teaches [5]."]),
    ("列有“HARBOR-41”，作者：M. Tandoc、L. Pauwaert[1]。另有一篇[2]。", ["列有“HARBOR-41”，作者：M. Tandoc、L. Pauwaert[1]。", "另有一篇[2]。"]),
    ("It has 2 degrees, among them a BA, Open College. (2015 – 2017); not completed, and a PhD [1]. Then more.",
     ["It has 2 degrees, among them a BA, Open College. (2015 – 2017); not completed, and a PhD [1].", "Then more."]),
    ("Sie schrieb »Die Luft. Barometer« (2020) [1]. Dann »Das Amt« [2].",
     ["Sie schrieb »Die Luft. Barometer« (2020) [1].", "Dann »Das Amt« [2]."]),
    ("Three … of them [1, 2] were “late.” [3] Yes", ["Three … of them [1, 2] were “late.” [3]", "Yes"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentences"), CASES)
@pytest.mark.parametrize("size", [1, 3, 17, 1000])
def test_the_size_of_the_pieces_does_not_matter(text: str, sentences: list[str], size: int) -> None:
    assert cut(text, size) == sentences


@given(st.text(alphabet="ab A.!?。[]12\n-:", max_size=80), st.integers(1, 9))
def test_nothing_is_lost_and_nothing_is_added(text: str, size: int) -> None:
    assert "".join("".join(cut(text, size)).split()) == "".join(text.split())


def test_a_sentence_whose_citation_comes_before_its_full_stop_is_given_with_it() -> None:
    splitter = Splitter()
    assert list(splitter.feed("She works in Lisbon [1]")) == []
    assert list(splitter.feed(".")) == ["She works in Lisbon [1]."]


def test_a_stop_that_the_model_was_shown_between_the_same_words_ends_nothing_before_a_citation() -> None:
    said = "She has a Dr., Tech. University of Northlab, 2012 [1]. Later Tech. University of Lowmere [2]. She left. University work went on [3]."
    splitter = Splitter("Dr. in Maps, Tech. University\nof Northlab, 2012 | Tech. University of Lowmere")
    assert [*splitter.feed(said), *splitter.rest()] == [
        "She has a Dr., Tech. University of Northlab, 2012 [1].",
        "Later Tech. University of Lowmere [2].",
        "She left.",
        "University work went on [3].",
    ]


def test_what_never_ends_is_given_in_parts() -> None:
    assert [len(s) <= 1500 for s in cut("word " * 2000, 100)] == [True] * 7


@pytest.mark.parametrize(
    ("sentence", "text", "is_item"),
    [
        ("- **A** paper [1]", "A paper [1]", True),
        ("## Work", "Work", False),
        ("2) Two", "Two", True),
        ("It `is` so.", "It is so.", False),
    ],
)
def test_markup_is_taken_off(sentence: str, text: str, is_item: bool) -> None:
    assert plain(sentence) == (text, is_item)


def cut(text: str, size: int) -> list[str]:
    splitter = Splitter()
    found = [s for start in range(0, len(text), size) for s in splitter.feed(text[start : start + size])]
    return [*found, *splitter.rest()]
