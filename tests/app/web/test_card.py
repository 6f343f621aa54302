"""What is said of a person before anything is asked: from facts, each post with the words that state it."""

import pytest

from app.web.card import card_of, native_name
from app.web.words import InterfaceLanguage
from ingest.index import Index, open_index
from tests.conftest import Desk

CV = """# Ada Vinter

Homepage: https://www.vinter.example/home · mailto:ada@vinter.example · ftp://files.vinter.example

## Experience

**Professor**, Fjord University, since March 2021

**Postdoctoral Researcher**, Fell Institute, 2018 – 2020

## Publications

1. Ada Vinter, Bo Tveit. Ice that sings. Journal of Ice, 2022.
2. Ada Vinter. Ice that hums. Journal of Ice, 2024.
3. Bo Tveit, Ada Vinter. Snow. Proceedings of SnowConf, 2019.
"""


@pytest.fixture(scope="module")
def ada(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    folder = tmp_path_factory.mktemp("ada")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    desk.write("ada", "profile.toml", 'name = "Ada Vinter"\naliases = ["A. Vinter", "艾达"]\n')
    desk.write("ada", "cv.md", CV)
    desk.ingest("ada")
    return desk


def opened(desk: Desk) -> Index:
    return open_index(desk.index / "ada", desk.embedder.id)


@pytest.mark.parametrize(("language", "since"), [("en", "since March 2021"), ("zh", "自2021年3月起")])
def test_the_post_is_the_one_held_now_and_quotes_what_states_it(
    ada: Desk, language: InterfaceLanguage, since: str
) -> None:
    card = card_of(opened(ada), language)
    (post,) = card.posts
    assert post.text.endswith(f" · {since}")
    assert "Professor" in post.text
    assert "Fjord University" in post.text
    assert "Fjord University, since March 2021" in post.quote


def test_the_numbers_are_those_of_the_list(ada: Desk) -> None:
    card = card_of(opened(ada), "en")
    assert (card.papers, card.years, card.venues) == (3, (2019, 2024), 2)
    assert card.native == "艾达"
    assert card.titles == ("CV",)


def test_only_web_addresses_are_links(ada: Desk) -> None:
    card = card_of(opened(ada), "en")
    assert [(a.address, a.label) for a in card.links] == [("https://www.vinter.example/home", "vinter.example/home")]


@pytest.mark.parametrize(
    ("aliases", "native"),
    [(("J. Núñez",), None), (("Ö",), "Ö"), (("刘乾", "Q. Liu"), "刘乾"), (("Liu 乾",), None), ((), None)],
)
def test_a_name_in_another_script_has_no_latin_letters(aliases: tuple[str, ...], native: str | None) -> None:
    assert native_name(aliases) == native
