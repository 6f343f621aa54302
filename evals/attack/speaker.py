"""A server on which everything that is shown is a payload: answers, sources, names, files and facts; ``python -m evals.attack.speaker`` runs it."""

import argparse
import json
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import numpy as np

from app.domain import Answer, Citation, Event, Finished, Language, Retrieved, Sentence, Spoken, Turn
from app.library import Library
from app.settings import Settings
from app.web.server import serve
from evals.attack.markup import Payload, read_payloads
from evals.bench.page import _free_port
from ingest.build import Progress, ingest
from ingest.embed import Vectors

TOP = Path(__file__).resolve().parents[2]
SPEAKER = "speaker"
"""The profile whose answers, documents and facts are payloads."""
NAMED = "named"
"""How the slugs of the profiles begin whose names are payloads."""
BATCH = 160
"""So many payloads are in one answer."""
_NAME_CHARS, _FILE_BYTES, _OFFERED = 200, 240, 40
_CV, _FACTS = "cv.txt", "resume.json"


class Hashed:
    """Words hashed into unit vectors: no model, since nothing here is found by its meaning."""

    id = "hashed/16"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """One vector a text."""
        found = np.full((len(texts), 16), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                found[row, sum(word.encode()) % 16] += 1
        if progress:
            progress(len(texts))
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found


@dataclass(frozen=True, slots=True)
class Speaker:
    """Answers "batch N" with a batch of payloads as sentences, sources and suggestions; anything else with the words that it was asked."""

    library: Library
    payloads: tuple[Payload, ...]

    def greeting(self, slug: str, language: Language | None = None) -> str:
        """Payloads."""
        return "\n".join(p.text for p in self.payloads)

    def suggestions(self, slug: str, language: Language | None = None) -> tuple[str, ...]:
        """Payloads; of who is named by some, these."""
        if slug != SPEAKER:
            return (self.library.profile(slug).name,)
        return tuple(p.text for p in self.payloads[:: max(len(self.payloads) // _OFFERED, 1)])

    def check(self, slug: str, turns: Sequence[Turn]) -> None:
        """Takes every question."""
        self.library.open(slug)

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        """The answer, its first sentence first."""
        record = self.library.open(slug).record
        question = turns[-1].text
        number = question.removeprefix("batch ").strip()
        batch = batches(self.payloads)[int(number)] if number.isdigit() else ()
        document = next((d for d in record.documents if d.id == _CV), record.documents[0])
        said = [Sentence(f"{p.text} [{n}] after", (n,), is_item=n % 2 == 0) for n, p in enumerate(batch, start=1)]
        cited = [
            Citation(n, p.text if n % 5 else document.id, p.text, p.text, n, 0, n, p.text, p.text)
            for n, p in enumerate(batch, start=1)
        ]
        said += [Sentence(f"Asked: {question} [1]", (1,))]
        cited = cited or [_cited(document.id, document.text, n) for n in range(0, len(document.text), 9_000)]
        yield Retrieved(len(cited), 1, "publication", (question[:80],))
        yield Spoken(said[0], tuple(cited))
        yield Finished(
            Answer(
                " ".join(s.text for s in said),
                "grounded",
                None,
                tuple(said),
                tuple(cited),
                question,
                slug,
                "offline",
                record.fingerprint,
                tuple(p.text for p in batch),
                {"prompt_tokens": 0, "completion_tokens": 0, "cost_usd": 0},
                {"contextualize": 0, "retrieve": 0, "answer": 0, "verify": 0},
            )
        )


def batches(payloads: Sequence[Payload]) -> list[tuple[Payload, ...]]:
    """The payloads as one answer holds them."""
    return [tuple(payloads[n : n + BATCH]) for n in range(0, len(payloads), BATCH)]


def packed(payloads: Sequence[Payload], most: int) -> list[str]:
    """The payloads joined to texts of at most ``most`` characters, as few as can be; one that is longer stands alone, cut."""
    texts: list[str] = []
    for payload in payloads:
        text = " ".join(payload.text.split())
        if texts and len(texts[-1]) + 1 + len(text) <= most:
            texts[-1] += f" {text}"
        else:
            texts.append(text[:most])
    return texts


def stage(folder: Path, named: Sequence[Payload], origin: str) -> None:
    """Makes and ingests the profiles in ``folder``: the speaker, and as many as it takes to be named by ``named``; ``origin`` may show the speaker."""
    payloads = read_payloads()
    home = folder / "profiles" / SPEAKER
    home.mkdir(parents=True)
    (home / _CV).write_text("\n\n".join(" ".join(_printable(p.text).split()) for p in payloads), encoding="utf-8")
    (home / _FACTS).write_text(json.dumps(_facts(payloads)), encoding="utf-8")
    documents = [(_CV, payloads[0].text), (_FACTS, payloads[1].text)]
    for n, name in enumerate(packed([p for p in payloads if len(p.text) < 150], 120)[::8]):
        path = f"{_printable(name).replace('/', '∕').lstrip('.')[:_FILE_BYTES]}.txt"
        (home / path).write_text(f"A talk on {n} payloads.\n", encoding="utf-8")
        documents.append((path, payloads[n].text))
    _write_card(home, payloads[0].text, payloads, documents, origin)
    for n, name in enumerate(packed(named, _NAME_CHARS)):
        home = folder / "profiles" / f"{NAMED}-{n}"
        home.mkdir()
        (home / _CV).write_text(
            f"EXPERIENCE\n\n{_printable(name)}, Acoustics Group, 2020 – present\n", encoding="utf-8"
        )
        _write_card(home, name, named[n : n + 3], [(_CV, name)], origin)
    library = Library(folder / "profiles", folder / "index", Hashed())
    for slug in library.slugs():
        ingest(library.profiles, library.index, slug, library.embedder, datetime(2026, 1, 5, tzinfo=UTC), Progress())


def _write_card(
    home: Path, name: str, payloads: Sequence[Payload], documents: Sequence[tuple[str, str]], origin: str
) -> None:
    """``profile.toml``; JSON's strings are TOML's."""
    links = [f"https://{SPEAKER}.example/{quote(p.text, safe='/:;()=`')}" for p in payloads[:5]]
    lines = [
        f"name = {_quoted(name)}",
        f"aliases = {_quoted([p.text for p in payloads[:20]])}",
        f"links = {_quoted(links)}",
        *(
            f"[[documents]]\npath = {_quoted(path)}\ntitle = {_quoted(title)}\nurl = {_quoted(links[0])}"
            for path, title in documents
        ),
        f"[embed]\norigins = [{_quoted(origin)}]",
    ]
    (home / "profile.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def _facts(payloads: Sequence[Payload]) -> dict[str, object]:
    """A JSON Resume whose every value is a payload."""
    texts = [_printable(p.text) for p in payloads]
    return {
        "basics": {"name": texts[0], "label": texts[1], "summary": texts[2], "url": "https://speaker.example"},
        "work": [
            {"name": t, "position": u, "summary": u, "startDate": "2010-01", "endDate": f"{2011 + n % 10}-01"}
            for n, (t, u) in enumerate(zip(texts[::4], texts[1::4], strict=False))
        ],
        "publications": [
            {"name": t, "publisher": u, "releaseDate": f"{2000 + n % 20}-01-01", "summary": u}
            for n, (t, u) in enumerate(zip(texts[2::4], texts[3::4], strict=False))
        ],
        "awards": [{"title": t, "awarder": t, "date": "2020-01-01"} for t in texts[::10]],
        "interests": [{"name": t, "keywords": [t]} for t in texts[::20]],
        "education": [{"institution": t, "area": t, "studyType": "PhD", "endDate": "2010-01-01"} for t in texts[5::40]],
    }


def _cited(document: str, text: str, start: int) -> Citation:
    quote = text[start : start + 200]
    return Citation(start // 9_000 + 1, document, quote, quote, None, start, start + len(quote), quote, None)


@contextmanager
def speaking(folder: Path) -> Iterator[str]:
    """The address of the server over a staged ``folder``, a process of its own."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "evals.attack.speaker", str(folder), str(port)]
    with subprocess.Popen(command, cwd=TOP, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            assert process.stderr is not None
            told = []
            for line in process.stderr:
                told.append(line)
                if line.startswith("Vivavoce "):
                    break
            else:
                raise RuntimeError(f"the server did not start: {''.join(told)}")
            # What it says later must not fill the pipe, which would hold it up.
            threading.Thread(target=deque, args=(process.stderr, 0), daemon=True).start()
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def main() -> None:
    """Serves until it is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int)
    given = parser.parse_args()
    settings = Settings(
        profiles=given.folder / "profiles",
        index=given.folder / "index",
        port=given.port,
        question_chars=10_000,
        limit_address_minute=1_000,
        limit_address_day=10_000,
        limit_session_hour=1_000,
        limit_session_day=1_000,
        offline=True,
    )
    library = Library(settings.profiles_folder, settings.index_folder, Hashed())
    serve(settings, Speaker(library, read_payloads()))


if __name__ == "__main__":
    main()
