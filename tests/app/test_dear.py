"""What is dear is done only where an answer needs it: a question's vector, for one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from app.assistant import Assistant, finished
from app.domain import Turn
from app.library import Library
from ingest.embed import MiniLM, Vectors
from tests.app.conftest import Asking


@dataclass
class Noted:
    """An embedder that keeps what it is asked to embed; it is asked for the vectors of questions, the router has its own."""

    inner: MiniLM
    texts: list[str] = field(default_factory=list)
    id = MiniLM.id

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``ingest.embed.Embedder``."""
        self.texts += texts
        return self.inner.embed(texts, progress)


@pytest.fixture(scope="module")
def noted(minilm: MiniLM) -> Noted:
    return Noted(minilm)


@pytest.fixture(scope="module")
def assistant(ask: Asking, noted: Noted) -> Assistant:
    library = ask.assistant.library
    return Assistant(Library(library.profiles, library.index, noted))


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("Where does she work now?", 0),
        ("How many papers does she have?", 0),
        ("Who is Zebulon Quackenfrost?", 0),
        ("Should I hire her?", 0),
        ("hello", 0),
        ("How many volunteers were trained for the annotation tool?", 1),
    ],
)
def test_a_question_is_embedded_for_search_once_and_only_where_sentences_are_compared_with_it(
    assistant: Assistant, noted: Noted, question: str, times: int
) -> None:
    noted.texts.clear()
    finished(assistant.ask("mira-okonjo", [Turn("user", question)]))
    assert noted.texts == [question] * times
