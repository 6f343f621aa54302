"""How many answers a server gives in a second, how late the latest come, and whom it turns away when there are too many.

    python -m evals.bench.load [--seconds 60] [--warm-up 10] [--connections 50] [--crowd 400] [--data DIR] [--json FILE]

The server is ``vivavoce serve`` in a process of its own, offline, its limits for each visitor taken off where they are not what is measured;
``wrk`` (Debian: ``apt-get install wrk``) asks ``POST /v1/ask`` on the same machine. Three rounds:

- ``rotation``: the fixed questions in turns, so that every question is asked again and again and its vector is known by then;
- ``fresh``: no question twice, so that nothing that was worked out for one serves another;
- ``crowd``: more connections than there are places; who is turned away must be told when to come back.

There is no cache of whole answers. Bars of the first two: 60 answers a second, the 95th percentile at most one second, no error; of the third: nothing
but answers, 429 and 503, the last two with ``Retry-After``, and no fewer answers than the others have. Quote the load average with the figures.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from evals.bench.serving import TOP, Server, load_average, serving
from evals.case import read_cases

LEAST_PER_S, MOST_P95_MS = 60.0, 1_000.0
_FRESH = 60_000
"""More than are asked in a round."""
_KINDS = (
    "Did he write a paper with {name}?",
    "Which papers from {year} did {name} co-author?",
    "Has he worked with {name} since {year}?",
    "Where did he meet {name} in {year}?",
    "Tell me about his work on {thing} for {name}",
    "What has he published on {thing} since {year}?",
    "How many papers on {thing} with {name} are there?",
    "Was {name} his supervisor in {year}?",
    "{name} 和他合作过吗？",
    "Does he know {thing}, and did {name} teach him?",
)
_THINGS = ("reward models", "retrieval", "fine-tuning", "code generation", "speech", "planning", "robots", "vision")
_SYLLABLES = ("ka", "lo", "mi", "ren", "tas", "vel", "dor", "shi", "an", "bru", "nel", "go", "ve", "li", "sam", "or")

# Counts are by thread in wrk, and gathered when all have ended.
_SCRIPT = """
local bodies, n, threads = {}, 0, {}
function setup(thread) table.insert(threads, thread); thread:set("first", #threads) end
function init(args)
  for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
  step = tonumber(args[2]); statuses = ""; counts = {}; untold = 0; n = first
  wrk.method = "POST"; wrk.headers["Content-Type"] = "application/json"
end
function request()
  local body = bodies[(n - 1) % #bodies + 1]; n = n + step
  return wrk.format(nil, nil, nil, body)
end
function response(status, headers, body)
  counts[status] = (counts[status] or 0) + 1
  if status ~= 200 and headers["Retry-After"] == nil and headers["retry-after"] == nil then untold = untold + 1 end
  statuses = ""
  for code, count in pairs(counts) do statuses = statuses .. code .. "=" .. count .. " " end
end
function done(summary, latency, requests)
  local all, silent = {}, 0
  for _, thread in ipairs(threads) do
    silent = silent + thread:get("untold")
    for code, count in string.gmatch(thread:get("statuses"), "(%d+)=(%d+)") do all[code] = (all[code] or 0) + tonumber(count) end
  end
  local parts = {}
  for code, count in pairs(all) do parts[#parts + 1] = '"' .. code .. '": ' .. count end
  local e = summary.errors
  io.write(string.format('\\nJSON{"seconds": %f, "statuses": {%s}, "p50_ms": %f, "p95_ms": %f, "p99_ms": %f, "longest_ms": %f, "broken": %d, "untold": %d}\\n',
    summary.duration / 1e6, table.concat(parts, ", "), latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, e.connect + e.read + e.write + e.timeout, silent))
end
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round."""

    name: str
    connections: int
    questions: int
    """Distinct ones that were at hand."""
    asked: int
    repeated: float
    """The share of requests whose question had been asked before in the round."""
    answers_per_s: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    longest_ms: float
    statuses: Mapping[str, int]
    broken: int
    """Connections that failed, and requests that nobody answered."""
    untold: int
    """Refusals without ``Retry-After``."""
    cpu_ms: float
    """Of the server for one answer."""
    load: str
    """The load average of the machine, afterwards."""

    @property
    def is_missed(self) -> bool:
        """Whether a bar is missed."""
        allowed = {"200", "429", "503"} if self.name == "crowd" else {"200"}
        is_wrong = bool(self.broken or self.untold or set(self.statuses) - allowed)
        is_slow = self.answers_per_s < LEAST_PER_S or (self.name != "crowd" and self.p95_ms > MOST_P95_MS)
        return is_wrong or is_slow


def rotation(questions: Path) -> list[tuple[str, str]]:
    """Slug and text of the fixed questions that stand alone, each once."""
    found = dict.fromkeys(
        (file.stem, case.asked[0])
        for file in sorted(questions.glob("*.yaml"))
        for case in read_cases(file)
        if len(case.asked) == 1
    )
    return list(found)


def fresh(slugs: Sequence[str], count: int) -> Iterator[tuple[str, str]]:
    """Slug and text of ``count`` questions, no two alike."""
    names = (f"{''.join(a).title()} {''.join(b).title()}" for a, b in product(_pairs(), _pairs()))
    kinds, years, things, who = cycle(_KINDS), cycle(range(2015, 2027)), cycle(_THINGS), cycle(slugs)
    for name, kind, year, thing, slug in islice(zip(names, kinds, years, things, who, strict=False), count):
        # Where the kind leaves the name out, it comes as the one who asks.
        text = kind.format(name=name, year=year, thing=thing)
        yield slug, text if name in text else f"I am {name}. {text}"


def _pairs() -> list[tuple[str, str]]:
    return list(product(_SYLLABLES, _SYLLABLES))


def run(
    server: Server, name: str, asked: Sequence[tuple[str, str]], connections: int, seconds: float, warm_up: float
) -> Round:
    """One round; the warm-up asks what the round does not, where there is enough to ask."""
    half = max(len(asked) // 4, 1)
    with tempfile.TemporaryDirectory(prefix="vivavoce-load-") as folder:
        if warm_up:
            _wrk(Path(folder), server, asked[:half], connections, warm_up)
        rest = asked if name != "fresh" else asked[half:]
        before = server.use()
        said = _wrk(Path(folder), server, rest, connections, seconds)
        used = server.use().cpu_s - before.cpu_s
    statuses: dict[str, int] = said["statuses"]
    total, answers = sum(statuses.values()), statuses.get("200", 0)
    late = {name: round(float(said[name]), 1) for name in ("p50_ms", "p95_ms", "p99_ms", "longest_ms")}
    return Round(
        name=name,
        connections=connections,
        questions=len(rest),
        asked=total,
        repeated=round(max(0.0, 1 - len(rest) / max(total, 1)), 3),
        answers_per_s=round(answers / float(said["seconds"]), 1),
        **late,
        statuses=statuses,
        broken=int(said["broken"]),
        untold=int(said["untold"]),
        cpu_ms=round(1000 * used / max(answers, 1), 2),
        load=load_average(),
    )


def _wrk(
    folder: Path, server: Server, asked: Sequence[tuple[str, str]], connections: int, seconds: float
) -> dict[str, Any]:
    script, bodies = folder / "ask.lua", folder / "bodies"
    script.write_text(_SCRIPT, encoding="utf-8")
    lines = (json.dumps({"profile": slug, "question": text}) + "\n" for slug, text in asked)
    bodies.write_text("".join(lines), encoding="utf-8")
    url = f"http://127.0.0.1:{server.port}/v1/ask"
    threads = 2
    command = [
        "wrk",
        f"-t{threads}",
        f"-c{connections}",
        f"-d{seconds:.0f}s",
        "--timeout",
        "30s",
        "-s",
        str(script),
        url,
    ]
    done = subprocess.run([*command, "--", str(bodies), str(threads)], capture_output=True, text=True, check=False)
    found = done.stdout.rpartition("\nJSON")[2]
    if done.returncode or not found.startswith("{"):
        raise SystemExit(f"wrk: {done.stdout[-500:]}{done.stderr[-500:]}")
    said: dict[str, Any] = json.loads(found)
    return said


def main() -> None:
    """Prints every round; exit status 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--warm-up", type=float, default=10.0)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--crowd", type=int, default=400)
    parser.add_argument("--data", type=Path, default=TOP / "data")
    parser.add_argument(
        "--round", action="append", choices=["rotation", "fresh", "crowd"], help="only this one; may be given again"
    )
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed; 'apt-get install wrk' does that")
    fixed = rotation(TOP / "evals" / "questions")
    slugs = sorted({slug for slug, _ in fixed})
    rounds = {
        "rotation": (fixed, given.connections),
        "fresh": (list(fresh(slugs, _FRESH)), given.connections),
        "crowd": (fixed, given.crowd),
    }
    seen: list[Round] = []
    with (
        tempfile.TemporaryDirectory(prefix="vivavoce-load-") as folder,
        serving(given.data / "profiles", Path(folder) / "index") as server,
    ):
        for name in given.round or list(rounds):
            asked, connections = rounds[name]
            seen.append(run(server, name, asked, connections, given.seconds, given.warm_up))
            print(json.dumps(asdict(seen[-1])), flush=True)
            time.sleep(1)
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in seen], indent=1) + "\n", encoding="utf-8")
    sys.exit(any(one.is_missed for one in seen))


if __name__ == "__main__":
    main()
