"""A respondent that follows a script, and a server around it; `python -m tests.app.web.scripted` runs it."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain import Answer, Citation, Event, Finished, Language, Reason, Retrieved, Sentence, Spoken, Status, Turn
from app.errors import ConfigurationError, QuestionRefused
from app.library import Library
from app.settings import Settings
from ingest.domain import BlockKind, Record
from ingest.embed import MiniLM, Vectors

TOP = Path(__file__).resolve().parents[3]
TAGS = '<img src=x onerror="document.title=1">'
"""What must arrive as text wherever it stands."""
WAIT_S = 1.5
"""How long the question "slowly" takes."""
LONG_S = 6.0
"""How long "very slowly" takes."""


class SameName:
    """Opens indexes that MiniLM made; embeds nothing."""

    id = MiniLM.id

    def embed(self, texts: Sequence[str], progress: object = None) -> Vectors:
        raise AssertionError("a scripted respondent embeds nothing")


@dataclass(frozen=True, slots=True)
class Scripted:
    """Says what the question names, ``work``, ``list``, ``nothing`` and so on below, or echoes it."""

    library: Library
    settings: Settings

    def greeting(self, slug: str, language: Language | None = None) -> str:
        name = self.library.profile(slug).name
        if language == "zh":
            return f"您好！可以向我了解{name}。"
        return f"Hello. Ask me about {name}’s work; I answer from the documents and show the source of each sentence."

    def suggestions(self, slug: str, language: Language | None = None) -> tuple[str, ...]:
        self.library.open(slug)
        return (
            "Where does she work?",
            "Please list everything",
            "Which papers are about the acoustics of buildings?",
        )

    def check(self, slug: str, turns: Sequence[Turn]) -> None:
        self.library.open(slug)
        question = turns[-1].text.strip()
        if not question:
            raise QuestionRefused("the question is empty; type one or pick a suggestion")
        if len(question) > self.settings.question_chars:
            raise QuestionRefused(f"the question is longer than {self.settings.question_chars} characters; shorten it")

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        self.check(slug, turns)
        return self._events(self.library.open(slug).record, turns[-1].text.strip(), len(turns))

    def _events(self, record: Record, question: str, turns: int) -> Iterator[Event]:
        yield Retrieved(12, 8, "publication", ("2024",)) if "2024" in question else Retrieved(12, 8)
        if "slowly" in question:
            time.sleep(LONG_S if "very slowly" in question else WAIT_S)
        if "never ends" in question:
            threading.Event().wait()
        if "fail" in question:
            raise RuntimeError("the secret of the server")
        status, reason, sentences, cited = _script(record, question, turns)
        if question.startswith("Compare "):
            sentences, cited = self._compared(question.removeprefix("Compare "))
        new: set[int] = set()
        for sentence in sentences:
            if "cut" in question and new:
                raise RuntimeError("the secret of the server")
            time.sleep(0.03)
            yield Spoken(sentence, tuple(c for c in cited if c.n in sentence.citations and c.n not in new))
            new.update(sentence.citations)
        answer = Answer(
            answer=" ".join(s.text for s in sentences),
            status=status,
            reason=reason,
            sentences=sentences,
            citations=cited,
            question=question,
            profile=record.profile.slug,
            mode="offline",
            fingerprint=record.fingerprint,
            suggestions=() if reason == "out_of_scope" else ("And before that?", "Please list everything"),
            usage={"prompt_tokens": 0, "completion_tokens": 0, "cost_usd": 0},
            timings_ms={"contextualize": 0, "retrieve": 0, "answer": 0, "verify": 0},
        )
        yield Finished(answer)

    def _compared(self, names: str) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
        """A line of each of two people, under their names."""
        sentences: list[Sentence] = []
        cited: list[Citation] = []
        for n, name in enumerate(names.split(" and "), 1):
            slug = next(s for s in self.library.slugs() if self.library.profile(s).name == name)
            cited.append(replace(_citations(self.library.open(slug).record)[0], n=n, profile=slug))
            sentences += [Sentence(f"{name}:"), Sentence(f"This is of {name} [{n}].", (n,), is_item=True)]
        return tuple(sentences), tuple(cited)


def _script(
    record: Record, question: str, turns: int
) -> tuple[Status, Reason | None, tuple[Sentence, ...], tuple[Citation, ...]]:
    cited = _citations(record)
    if "list" in question:
        items = tuple(Sentence(f"{' '.join(c.quote.split())[:110]} [{c.n}].", (c.n,), is_item=True) for c in cited[:13])
        lead = Sentence(f"The record shows {len(items)} of these, newest first:")
        return "grounded", None, (lead, *items), cited[:13]
    if "nothing" in question:
        said = "The documents give no phone number. The nearest thing they state is a way to write [1]."
        return "refused", "not_in_sources", (Sentence(said, (1,)),), cited[:1]
    if "pasta" in question:
        said = f"I answer questions about {record.profile.name}’s work from the documents; they do not speak of that."
        return "refused", "out_of_scope", (Sentence(said),), ()
    if "tags" in question:
        return "grounded", None, (Sentence(f"It says {TAGS} and [1] here [9]", (1,)),), _tagged(record) or cited[:1]
    if "work" in question or "cut" in question:
        first = Sentence("She has been a Senior Researcher in the room acoustics group since September 2021 [1].", (1,))
        second = Sentence(
            "Before that she was a postdoctoral fellow for two years [2] and wrote her papers [3].",
            (2, 3),
        )
        return "grounded", None, (first, second), cited[:3]
    return "grounded", None, (Sentence(f"Turn {turns}: {question} [1]", (1,)),), cited[:1]


def _citations(record: Record) -> tuple[Citation, ...]:
    """A citation of each entry of the first document that is not a heading."""
    document = record.documents[0]
    blocks = [b for b in document.blocks if b.kind is not BlockKind.HEADING]
    return tuple(
        Citation(
            n=n,
            document=document.id,
            title=document.title,
            section=block.path[-1] if block.path else None,
            page=None,
            start=block.span.start,
            end=block.span.end,
            quote=document.quote(block.span),
            url=None,
        )
        for n, block in enumerate(blocks, 1)
    )


def _tagged(record: Record) -> tuple[Citation, ...]:
    return tuple(
        Citation(1, c.document, TAGS, TAGS, None, c.start, c.end, c.quote, "javascript:alert(1)")
        for c in _citations(record)
        if TAGS in c.quote
    )[:1]


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    url: str
    line: str
    """What it said when it was ready."""

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", int(self.url.rpartition(":")[2])


def free_port() -> int:
    """A loopback port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(profiles: Path, index: Path, *options: str, port: int | None = None) -> Iterator[Served]:
    """The application in a process of its own: importing Gradio leaves things open, which our tests count as errors."""
    port = port or free_port()
    with launch(profiles, index, port, *options) as process:
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if line.startswith("Vivavoce "):
                break
        assert lines[-1:] == [x for x in lines if x.startswith("Vivavoce ")], "".join(lines)
        yield Served(process, f"http://127.0.0.1:{port}", lines[-1])


@contextmanager
def launch(profiles: Path, index: Path, port: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The process, killed at the end where it still runs."""
    folders = ["--profiles", str(profiles), "--index", str(index)]
    command = [sys.executable, "-W", "ignore", "-m", "tests.app.web.scripted", *folders, "--port", str(port), *options]
    with subprocess.Popen(command, cwd=TOP, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)


def main() -> int:
    from app.web.server import serve
    from tests.offline import forbid_network

    forbid_network()
    parser = argparse.ArgumentParser()
    parser.add_argument("--profiles", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--concurrency", type=int, default=8)
    parser.add_argument("--queue", type=int, default=40)
    arguments = parser.parse_args()
    settings = Settings(**vars(arguments))
    try:
        serve(settings, Scripted(Library(settings.profiles_folder, settings.index_folder, SameName()), settings))
    except ConfigurationError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
