"""Which posts and degrees are held now: the main post first, what else is held beside it, and no degree that was left or is under way."""

import pytest

from app.answer.degrees import is_held
from app.answer.held import held_now
from app.assistant import Assistant
from app.library import Library
from app.question.route import Router
from ingest.domain import Degree
from ingest.embed import MiniLM
from tests.app.conftest import Asking, Stage
from tests.conftest import Desk

CV = """# Ada Noor

## Experience

- Keeper of Maps, Harbour Library, 2019 - present
- Adviser (20 %), Northlab, 2022 - present
- Lecturer (0,3 FTE), University of Lowmere, 2023 - present
- Secretary (nebenamtlich), Map Society, 2024 - present
- Archivist, Town Archive of Lowmere, 2014 - 2019

## Education

- PhD in Cartography, University of Lowmere, 2021 - present
- MBA, Tidewater School, 2012 - 2013, left after two modules
- MSc Geography, University of Lowmere, 2010 - 2012
"""


@pytest.fixture(scope="module")
def ada(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Asking:
    folder = tmp_path_factory.mktemp("ada")
    desk = Desk(folder / "profiles", folder / "index", minilm)
    desk.write("ada-noor", "profile.toml", 'name = "Ada Noor"\n')
    desk.write("ada-noor", "cv.md", CV)
    desk.ingest("ada-noor")
    return Asking(Assistant(Library(desk.profiles, desk.index, desk.embedder)))


def test_the_post_with_the_largest_share_is_the_main_one(ada: Asking, router: Router, minilm: MiniLM) -> None:
    scene = Stage(ada.index("ada-noor"), router, minilm).scene("Who is she?", "summary")
    assert [p.organisation for p in held_now(scene)] == [
        "Harbour Library",
        "Map Society",
        "University of Lowmere",
        "Northlab",
    ]
    assert [(d.title, is_held(scene, d)) for d in scene.facts(Degree)] == [
        ("PhD in Cartography", False),
        ("MBA", False),
        ("MSc Geography", True),
    ]


def test_a_summary_says_holds_of_what_is_held(ada: Asking) -> None:
    said = [s.text for s in ada("ada-noor", "Who is Ada Noor?").sentences]
    main, *_ = said
    assert "Keeper of Maps" in main
    assert "Harbour Library" in main
    beside = next(s for s in said[1:] if "Northlab" in s)
    earlier = next(s for s in said if "Archivist" in s)
    assert beside is not earlier
    assert "Adviser" not in earlier
    holds = next(s for s in said if " holds " in s)
    assert "MSc Geography" in holds
    assert "MBA" not in holds
    assert "PhD" not in holds
    others = next(s for s in said if "MBA" in s)
    assert "PhD in Cartography" in others
