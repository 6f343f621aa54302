"""Where attacks are made: the host and the neighbour, ingested, and the assistants that answer for them."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.assistant import Assistant, finished
from app.domain import Answer, Turn
from app.errors import AskError
from app.find import Finder
from app.library import Library
from app.match.desk import MatchDesk
from app.match.domain import Report
from app.match.start import open_desk
from app.settings import Settings
from app.start import open_assistant
from evals.attack.corpus import Attack
from evals.attack.harm import Ground
from evals.attack.hostile import hostile
from evals.metrics import fold, foreign_to
from evals.scripted import MODEL, Provider, faithful, obedient, serving
from ingest.build import Progress, ingest
from ingest.embed import Embedder
from ingest.errors import IngestError

PEOPLE = Path(__file__).parent / "people"
HOST, NEIGHBOUR = "edda-norwood", "caspar-lindqvest"
OFFLINE, OBEDIENT, HOSTILE, REAL = "offline", "obedient", "hostile", "model"
_NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@dataclass(slots=True)
class Writers:
    """Who writes the answers: nobody's model, the scripted one on two scripts, or one at an address."""

    names: tuple[str, ...]
    provider: Provider
    settings: dict[str, Settings]
    stack: ExitStack = field(default_factory=ExitStack)

    def obey(self, name: str, attack: Attack) -> None:
        """Has the scripted model follow ``attack`` from now on."""
        self.provider.script = obedient if name == OBEDIENT else hostile(attack) if name == HOSTILE else faithful


@contextmanager
def open_writers(names: Sequence[str], url: str | None = None, model: str = MODEL) -> Iterator[Writers]:
    """The writers of these names; ``url`` is where ``REAL`` is."""
    with ExitStack() as stack:
        provider = stack.enter_context(serving(faithful))
        spent = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vivavoce-attack-")))
        bounds: dict[str, Any] = {"budget_day_tokens": None, "budget_month_tokens": None, "question_chars": 4_000}
        named = {name: Settings(offline=True, **bounds) for name in names if name == OFFLINE}
        for name in names:
            if name != OFFLINE:
                there = (url, model) if name == REAL else (provider.url, MODEL)
                named[name] = Settings(
                    model_url=there[0], model=there[1], budget_file=spent / f"{name}.sqlite3", **bounds
                )
        yield Writers(tuple(names), provider, named)


class Field:
    """One folder of profiles with the host in it, and every way to put questions to it."""

    def __init__(self, library: Library, slug: str, writers: Writers, own_text: str | None = None) -> None:
        """``own_text`` are the host's words without an attack, where the documents carry one."""
        self.library = library
        self.slug = slug
        self._writers = writers
        self._assistants: dict[str, Assistant] = {}
        self._desks: dict[str, MatchDesk] = {}
        record = library.open(slug).record
        others = [library.open(other).record for other in library.slugs() if other != slug]
        own = own_text if own_text is not None else words_of(library, slug)
        self.ground = Ground(record, foreign_to(record, others), own)

    def ask(self, writer: str, turns: Sequence[Turn], attack: Attack) -> Answer | AskError:
        """The answer to the last of ``turns``, or why there is none; the scripted models know ``attack``."""
        self._writers.obey(writer, attack)
        if writer not in self._assistants:
            self._assistants[writer] = open_assistant(self._writers.settings[writer], self.library)
        try:
            return finished(self._assistants[writer].ask(self.slug, turns))
        except AskError as error:
            return error

    def match(self, writer: str, attack: Attack) -> Report | AskError:
        """The report on the job description that is ``attack``."""
        self._writers.obey(writer, attack)
        if writer not in self._desks:
            self._desks[writer] = open_desk(self._writers.settings[writer], self.library)
        try:
            return self._desks[writer].match(self.slug, attack.text)
        except AskError as error:
            return error

    def found_outside(self, query: str) -> bool:
        """Whether a search for ``query`` gives anything that is not verbatim the host's own."""
        found = Finder(self.library).find(self.slug, query, 8).to_json()
        texts = {d.id: d.text for d in self.ground.record.documents}
        return any(
            texts.get(row["document"], "")[row["start"] : row["end"]] != row["quote"]
            for row in (*found["passages"], *found["facts"])
        )

    def close(self) -> None:
        """Lets the connections go."""
        for assistant in self._assistants.values():
            assistant.close()
        for desk in self._desks.values():
            desk.close()


def words_of(library: Library, slug: str) -> str:
    """Everything that the documents of ``slug`` and its card say, folded, to look an address up in."""
    record = library.open(slug).record
    links = " ".join(d.url or "" for d in record.documents)
    card = (library.profiles / slug / "profile.toml").read_text(encoding="utf-8")
    return fold(" ".join([*(d.text for d in record.documents), links, card])).casefold()


@contextmanager
def staged(embedder: Embedder, people: Path = PEOPLE) -> Iterator[Library]:
    """A library of copies of ``people``, ingested."""
    with tempfile.TemporaryDirectory(prefix="vivavoce-attack-") as folder:
        library = Library(Path(folder) / "profiles", Path(folder) / "index", embedder)
        shutil.copytree(people, library.profiles)
        for slug in library.slugs():
            ingest(library.profiles, library.index, slug, embedder, _NOW, Progress())
        yield library


def reingest(library: Library, slug: str = HOST) -> IngestError | None:
    """Brings the index of ``slug`` up to date; the error where nothing could be read."""
    try:
        ingest(library.profiles, library.index, slug, library.embedder, _NOW, Progress())
    except IngestError as error:
        return error
    return None


def restore(library: Library, slug: str = HOST) -> Path:
    """Puts the profile folder of ``slug`` back as it was, not yet ingested."""
    home = library.profiles / slug
    shutil.rmtree(home)
    shutil.copytree(PEOPLE / slug, home)
    return home
