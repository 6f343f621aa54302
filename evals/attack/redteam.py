"""The assistant as ``rag-redteam`` attacks one: ``rag-redteam run --target evals.attack.redteam:build --trials 100``."""

from contextlib import ExitStack

from app.domain import Turn
from app.errors import AskError
from app.settings import load_settings
from app.start import open_embedder
from evals.attack.corpus import Attack
from evals.attack.field import HOST, OBEDIENT, OFFLINE, Field, open_writers, reingest, restore, staged

NOTES = "notes.txt"
"""The document of the host's into which the tool's documents go."""
_NOBODY = Attack("rag-redteam", "rag-redteam", "planted", "", (), "")


class Target:
    """A host with documents that the tool adds; ``writer`` is one of ``field.py``."""

    def __init__(self, writer: str) -> None:
        self._writer = writer
        self._stack = ExitStack()
        self._writers = self._stack.enter_context(open_writers([writer]))
        self._library = self._stack.enter_context(staged(open_embedder(load_settings())))
        self._field = Field(self._library, HOST, self._writers)
        self._is_stale = False

    def reset(self) -> None:
        """Puts the host's own documents back."""
        if (self._library.profiles / HOST / NOTES).exists():
            restore(self._library)
            self._is_stale = True

    def add_documents(self, docs: list[str]) -> None:
        """Adds ``docs`` to the host's documents, a paragraph each."""
        home = self._library.profiles / HOST
        (home / NOTES).write_text("\n\n".join(docs) + "\n", encoding="utf-8")
        card = home / "profile.toml"
        card.write_text(f'{card.read_text(encoding="utf-8")}\n[[documents]]\npath = "{NOTES}"\n', encoding="utf-8")
        self._is_stale = True

    def answer(self, query: str) -> str:
        """The answer to ``query`` over the documents as they are now; a refused request in its own words."""
        if self._is_stale:
            if error := reingest(self._library):
                raise error
            self._is_stale = False
        answer = self._field.ask(self._writer, (Turn("user", query),), _NOBODY)
        if isinstance(answer, AskError):
            return str(answer)
        # The tool knows a refusal by its words; ours is a status beside them, which every door shows.
        return f"(Not in the documents.) {answer.answer}" if answer.status == "refused" else answer.answer


def build() -> Target:
    """The assistant without a language model."""
    return Target(OFFLINE)


def build_obedient() -> Target:
    """The assistant with a model that does what the data tells it."""
    return Target(OBEDIENT)
