"""Whether a printed name is the profile's person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.question.identity import self_pattern
from ingest.domain import Profile
from ingest.identity import author_index, is_collective, name_key, same_person

MIRA = Profile("mira-okonjo", "Mira Okonjo", aliases=("M. Okonjo",))
HAN = Profile("han-mei", "Mei Han", aliases=("韩梅",))
DAN = Profile("daniel-falk-moor", "Daniel Falk-Moor")
WEI = Profile("wei-liu", "Wei Liu")

names = st.lists(
    st.sampled_from(
        [
            "A.",
            "A",
            "Ada",
            "B",
            "Bo",
            "bo",
            "Byron",
            "Li",
            "van",
            "Jean-Paul",
            "Éva",
            "Dan",
            "Daniel",
            "Falk-Moor",
            "DFM",
            "Li,",
        ]
    ),
    max_size=4,
).map(" ".join)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Mira Okonjo", "mira okonjo"),
        ("OKONJO, Mira", "mira okonjo"),
        ("Okonjo, M.", "m okonjo"),
        ("Jean-Paul Müller", "jean paul muller"),
        ("Okonjo M", "m okonjo"),
        ("Okonjo MT", "m t okonjo"),
        ("van Okonjo M", "m van okonjo"),
        ("Solheim-Day, Mira", "mira solheim day"),
        ("J.-P. O’Neil", "j p o neil"),
        ("  Mira   Okonjo ", "mira okonjo"),
        ("韩梅", "韩梅"),
    ],
)
def test_equal_names_have_one_key(printed: str, key: str) -> None:
    assert name_key(printed) == key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mira Okonjo", "mira okonjo", True),
        ("M. Okonjo", "Mira Okonjo", True),
        ("Okonjo, M.", "Mira Okonjo", True),
        ("Jean-Paul Sand", "J.-P. Sand", True),
        ("J. Sand", "Jean-Paul Sand", True),
        ("Jean Sand", "Jean Paul Sand", True),
        ("N. Okonjo", "Mira Okonjo", False),
        ("Mara Okonjo", "Mira Okonjo", False),
        ("M. Okonja", "Mira Okonjo", False),
        ("P. Sand", "Jean-Paul Sand", False),
        ("Okonjo", "Mira Okonjo", False),
        ("Okonjo", "okonjo", True),
        ("", "Mira Okonjo", False),
        ("M. Solheim-Day", "Mira Solheim-Day", True),
        ("Solheim-Day, M.", "Mira Solheim-Day", True),
        ("Solheim-Day M", "Mira Solheim-Day", True),
        ("M. T. Solheim-Day", "Mira Teresa Solheim-Day", True),
        ("M. van Okonjo", "Mira van Okonjo", True),
        ("M. van der Okonjo", "Mira van der Okonjo", True),
        ("N. van Okonjo", "Mira van Okonjo", False),
        ("M. van Okonjo", "Mira de Okonjo", False),
        ("van Solheim-Day, Mira", "Mira van Solheim-Day", True),
        ("van Solheim-Day M", "Mira van Solheim-Day", True),
        ("N. Solheim-Day", "Mira Solheim-Day", False),
        ("Solheim-Day N", "Mira Solheim-Day", False),
        ("M. Day", "Mira Solheim-Day", False),
        ("M. Solheim", "Mira Solheim-Day", False),
        ("Dan Okonjo", "Daniel Okonjo", True),
        ("Okonjo, Dan", "Daniel Okonjo", True),
        ("Dan Solheim-Day", "Daniel Solheim-Day", True),
        ("Kate Okonjo", "Catherine Okonjo", True),
        ("Dan Okonjo", "Dana Okonjo", False),
        ("Ben Okonjo", "Bernhard Okonjo", False),
        ("Wei Liu", "Weijie Liu", False),
        ("Jun Liu", "Junjie Liu", False),
        ("W. Liu", "Weijie Liu", True),
        ("DFM", "Daniel Falk-Moor", True),
        ("DFM", "Daniel Falk Moor", True),
        ("DFM", "Dora Falk", False),
        ("DF", "Daniel Falk Moor", False),
        ("dfm", "Daniel Falk Moor", False),
        ("D", "Daniel", False),
        ("Li", "Lena Ito", False),
    ],
)
def test_initials_and_order_do_not_hide_a_person_and_nothing_else_makes_one(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


@given(names, names)
def test_being_the_same_person_does_not_depend_on_the_order_of_the_question(one: str, other: str) -> None:
    assert same_person(one, other) == same_person(other, one)


@given(names)
def test_everybody_is_the_same_person_as_themselves(name: str) -> None:
    assert same_person(name, name)


@pytest.mark.parametrize(
    ("authors", "profile", "place"),
    [
        (("Lena Abadi", "Mira Okonjo"), MIRA, 1),
        (("Mira Okonjo",), MIRA, 0),
        (("Lena Abadi", "M. Okonjo"), MIRA, 1),
        (("Okonjo, Mira", "Lena Abadi"), MIRA, 0),
        (("Lena Abadi", "Pavel Dvorak"), MIRA, None),
        (("Mara Okonjo", "Lena Abadi"), MIRA, None),
        ((), MIRA, None),
        (("Lena Abadi", "韩梅"), HAN, 1),
        (("M. Han", "Mei Han"), HAN, 1),
        (("Lena Abadi", "D. Falk-Moor"), DAN, 1),
        (("Falk-Moor, D.", "Lena Abadi"), DAN, 0),
        (("Dan Falk-Moor",), DAN, 0),
        (("Lena Abadi", "DFM"), DAN, 1),
        (("D. Moor", "D. Falk"), DAN, None),
        (("Weijie Liu", "Wei Liu"), WEI, 1),
        (("Weijie Liu", "Weiwei Liu"), WEI, None),
    ],
)
def test_a_full_name_or_alias_goes_before_initials_that_only_agree(
    authors: tuple[str, ...], profile: Profile, place: int | None
) -> None:
    assert author_index(authors, profile) == place


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Where does Mira Okonjo work?", "Mira Okonjo"),
        ("where does mira work?", "mira"),
        ("What did Dr. Okonjo publish?", "Dr. Okonjo"),
        ("Okonjo's papers", "Okonjo"),
        ("What did M. Okonjo write?", "M. Okonjo"),
        ("Is she a miracle worker?", None),
        ("The Okonjos of Lisbon", None),
    ],
)
def test_a_question_names_the_person_by_full_name_by_surname_and_by_title(question: str, named: str | None) -> None:
    match = self_pattern(MIRA).search(question)
    assert (match[0] if match else None) == named


@pytest.mark.parametrize(
    ("authors", "collective"),
    [
        (("The Sonar Crew",), True),
        (("Harbour Collaboration",), True),
        (("LoomNet",), True),
        (("Ada Byron",), False),
        (("Ada Byron", "The Sonar Crew"), False),
        ((), False),
    ],
)
def test_one_name_may_be_that_of_a_group(authors: tuple[str, ...], collective: bool) -> None:
    assert is_collective(authors) is collective


def test_a_chinese_alias_is_found_inside_a_sentence_without_blanks() -> None:
    assert self_pattern(HAN).search("请介绍一下韩梅的论文") is not None
