"""What every test stands on: no way out of this machine, the real embedding model, and invented people."""

import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.build import Progress, Report, ingest
from ingest.embed import Embedder, MiniLM
from tests.offline import REFUSED, forbid_network

TOP = Path(__file__).resolve().parent.parent
INVENTED = Path(__file__).resolve().parent / "profiles"
PEOPLE = ("mira-okonjo", "teo-lindqvist")
"""The two small ones, which most tests are about."""
OTHERS = ("jonas-weber", "lina-haug", "ravi-menon")
"""The ones that have question sets of their own."""
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def offline() -> None:
    """No test reaches another machine."""
    forbid_network()


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """What a test starts can be interrupted, also where the tests run in the background of a shell, which has interrupts ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks the language model of whoever runs it."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def nothing_refused() -> Iterator[None]:
    """A test that only tried fails as well, even where the library it used swallowed the refusal."""
    REFUSED.clear()
    yield
    assert REFUSED == []


@pytest.fixture(scope="session")
def minilm() -> MiniLM:
    """The embedding model that ships."""
    return MiniLM.installed()


@dataclass(frozen=True, slots=True)
class Desk:
    """Profiles and their indexes in a temporary folder."""

    profiles: Path
    index: Path
    embedder: Embedder

    def ingest(self, slug: str, rebuild: bool = False) -> Report:
        """Brings the index of ``slug`` up to date, as at noon of 5 January 2026."""
        return ingest(self.profiles, self.index, slug, self.embedder, NOON, Progress(), rebuild)

    def write(self, slug: str, name: str, text: str | bytes) -> Path:
        """Writes one file of a profile."""
        path = self.profiles / slug / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def copied(self, folder: Path, *slugs: str) -> "Desk":
        """The indexed profiles ``slugs`` in ``folder``, where a test may spoil them."""
        for slug in slugs:
            shutil.copytree(self.profiles / slug, folder / "profiles" / slug)
            shutil.copytree(self.index / slug, folder / "index" / slug)
        return Desk(folder / "profiles", folder / "index", self.embedder)

    @property
    def options(self) -> list[str]:
        """The command-line options that point at these folders."""
        return ["--profiles", str(self.profiles), "--index", str(self.index)]


def copy_people(folder: Path) -> None:
    """Copies the two small people to ``folder``."""
    for slug in PEOPLE:
        shutil.copytree(INVENTED / slug, folder / slug)


@pytest.fixture
def desk(tmp_path: Path, minilm: MiniLM) -> Desk:
    """Two invented people, not yet ingested: ``mira-okonjo``, acoustician, a CV; ``teo-lindqvist``, roboticist, a listing."""
    copy_people(tmp_path / "profiles")
    return Desk(tmp_path / "profiles", tmp_path / "index", minilm)


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Desk:
    """The same two people, ingested once for all tests that only read."""
    folder = tmp_path_factory.mktemp("ingested")
    copy_people(folder / "profiles")
    desk = Desk(folder / "profiles", folder / "index", minilm)
    for slug in PEOPLE:
        desk.ingest(slug)
    return desk


@pytest.fixture(scope="session")
def everyone(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    """All the invented people, ingested once for all tests that only read."""
    desk = ingested.copied(tmp_path_factory.mktemp("everyone"), *PEOPLE)
    for slug in OTHERS:
        shutil.copytree(INVENTED / slug, desk.profiles / slug)
        desk.ingest(slug)
    return desk


@pytest.fixture
def indexed(tmp_path: Path, ingested: Desk) -> Desk:
    """The same two people, ingested, in folders that a test may spoil."""
    return ingested.copied(tmp_path, *PEOPLE)
