"""Whether a server grows: visitors who ask for minutes at every door, and what its process holds meanwhile.

    python -m evals.bench.soak [--minutes 10] [--users 20] [--warm-up 3] [--model] [--data DIR] [--json FILE]

Each user asks something new every second or so: as JSON, as a stream, as a chat completion, or in the session of a page, which is another one each
time. With ``--model`` a scripted provider on loopback writes the answers. The slope is that of the straight line through what the process
held after the warm-up (least squares). Bars: less than 1 MB a minute, no more descriptors and threads at the end than after the warm-up (their
medians, two to spare for those who ask at that instant), every answer whole.
"""

import argparse
import http.client
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path

import numpy as np

from evals.bench.load import fresh, rotation
from evals.bench.serving import TOP, Server, Use, load_average, serving
from evals.scripted import MODEL, Provider, faithful
from evals.scripted import serving as scripted

MOST_MB_PER_MINUTE, SPARE = 1.0, 2
_EVERY_S = 5.0
_PATIENCE_S = 120.0


@dataclass(slots=True)
class Seen:
    """What the users and the watch have seen."""

    answers: Counter[str] = field(default_factory=Counter)
    """By door."""
    failures: Counter[str] = field(default_factory=Counter)
    samples: list[tuple[float, Use]] = field(default_factory=list)
    """Minutes since the begin, and what the process held."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it."""

    mode: str
    users: int
    minutes: float
    answers: dict[str, int]
    failures: dict[str, int]
    rss_mb: tuple[float, float]
    """After the warm-up and at the end, medians of a minute."""
    slope_mb_per_minute: float
    descriptors: tuple[float, float]
    threads: tuple[float, float]
    load: str

    @property
    def is_missed(self) -> bool:
        """Whether a bar is missed."""
        grew = any(after > before + SPARE for before, after in (self.descriptors, self.threads))
        return bool(self.failures) or grew or self.slope_mb_per_minute >= MOST_MB_PER_MINUTE


def soak(
    server: Server, questions: Sequence[tuple[str, str]], users: int, minutes: float, warm_up: float, mode: str
) -> Result:
    """``users`` ask for ``minutes`` after ``warm_up`` minutes."""
    seen, over, lock = Seen(), threading.Event(), threading.Lock()
    asking = page_function(server)
    numbers = count()
    doors: dict[str, Callable[[str, str], bool]] = {
        "ask": lambda slug, text: bool(server.ask(slug, text, _PATIENCE_S).json.get("sentences")),
        "stream": lambda slug, text: b"event: finished" in _body(server, "/v1/ask", {"profile": slug, "question": text, "stream": True}),
        "chat": lambda slug, text: b'"finish_reason":"stop"' in _body(server, "/v1/chat/completions", _chat(slug, text)),
        "page": lambda slug, text: _on_page(server, asking, f"soak{next(numbers)}", slug, text),
    }  # fmt: skip

    def user(number: int) -> None:
        chance = random.Random(number)
        while not over.wait(chance.uniform(0.5, 1.5)):
            door = chance.choice(list(doors))
            slug, text = questions[next(numbers) % len(questions)]
            try:
                kind = "" if doors[door](slug, text) else "no whole answer"
            except (OSError, http.client.HTTPException) as error:
                kind = type(error).__name__
            with lock:
                seen.answers[door] += not kind
                if kind:
                    seen.failures[f"{door}: {kind}"] += 1

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    while (passed := (time.monotonic() - began) / 60) < warm_up + minutes:
        seen.samples.append((passed, server.use()))
        time.sleep(_EVERY_S)
    over.set()
    for thread in threads:
        thread.join()
    return _result(seen, users, minutes, warm_up, mode)


def _result(seen: Seen, users: int, minutes: float, warm_up: float, mode: str) -> Result:
    held = [(at, use) for at, use in seen.samples if at >= warm_up]
    ends = [use for at, use in held if at < warm_up + 1], [use for at, use in held if at >= held[-1][0] - 1]
    slope = float(np.polyfit([at for at, _ in held], [use.rss_mb for _, use in held], 1)[0])

    def medians(of: Callable[[Use], float]) -> tuple[float, float]:
        first, last = (round(statistics.median(map(of, end)), 1) for end in ends)
        return first, last

    return Result(
        mode, users, minutes, dict(seen.answers), dict(seen.failures), medians(lambda use: use.rss_mb), round(slope, 3),
        medians(lambda use: use.descriptors), medians(lambda use: use.threads), load_average(),
    )  # fmt: skip


def _chat(slug: str, text: str) -> dict[str, object]:
    return {"model": slug, "stream": True, "messages": [{"role": "user", "content": text}]}


def _body(server: Server, path: str, asked: object) -> bytes:
    return server.send("POST", path, asked, _PATIENCE_S).body


def page_function(server: Server) -> int:
    """The number under which the page puts a question."""
    functions = server.get("/config").json["dependencies"]
    return next(int(f["id"]) for f in functions if any(event == "submit" for _, event in f["targets"]))


def _on_page(server: Server, asking: int, session: str, slug: str, text: str) -> bool:
    """Whether a new session of the page gets a whole answer, over the protocol that the page speaks."""
    body = {
        "data": [text, {"profile": slug, "language": "en"}, []], "fn_index": asking, "session_hash": session, "event_data": {}, "trigger_id": None,
    }  # fmt: skip
    if server.send("POST", "/gradio_api/queue/join", body, _PATIENCE_S).status != 200:
        return False
    heard = server.get(f"/gradio_api/queue/data?session_hash={session}", _PATIENCE_S).body
    return b"vv-sentence" in heard and b'"success":true' in heard.replace(b" ", b"")


def environment(provider: Provider | None, folder: Path) -> dict[str, str]:
    """What the server gets to ask ``provider``, if any."""
    if provider is None:
        return {}
    return {
        "OPENAI_BASE_URL": provider.url,
        "OPENAI_API_KEY": "of-nobody",
        "OPENAI_MODEL": MODEL,
        "VIVAVOCE_BUDGET_DAY_TOKENS": str(10**9),
        "VIVAVOCE_BUDGET_MONTH_TOKENS": str(10**9),
        "VIVAVOCE_BUDGET_FILE": str(folder / "spent.sqlite3"),
    }


def mixed(fixed: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The fixed questions and as many that nobody asked before, in turns."""
    slugs = sorted({slug for slug, _ in fixed})
    for n, new in enumerate(fresh(slugs, 60_000)):
        yield new
        yield fixed[n % len(fixed)]


def main() -> None:
    """Prints the result; exit status 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--warm-up", type=float, default=3.0, help="minutes")
    parser.add_argument("--model", action="store_true", help="a scripted provider writes the answers")
    parser.add_argument("--data", type=Path, default=TOP / "data")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    questions = list(mixed(rotation(TOP / "evals" / "questions")))
    with (
        tempfile.TemporaryDirectory(prefix="vivavoce-soak-") as folder,
        scripted(faithful) if given.model else nullcontext() as provider,
        serving(
            given.data / "profiles", Path(folder) / "index", environment=environment(provider, Path(folder))
        ) as server,
    ):
        result = soak(
            server, questions, given.users, given.minutes, given.warm_up, "model" if given.model else "offline"
        )
    print(json.dumps(asdict(result), indent=1), flush=True)
    if given.json:
        given.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    sys.exit(result.is_missed)


if __name__ == "__main__":
    main()
