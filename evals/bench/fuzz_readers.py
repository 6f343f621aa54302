"""Reads thousands of spoiled files with every reader, each in the process that an ingest reads in, and tells what was no typed outcome.

    python -m evals.bench.fuzz_readers [--cases 20000] [--seed 1] [--keep DIR]

Half of the cases are seeds with bytes flipped, cut, doubled or put together; the other half is written by hypothesis out of their words.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from evals.bench.fuzz_seeds import seeds
from ingest.child import Child
from ingest.domain import Source
from ingest.errors import SourceUnreadable
from ingest.limits import Limits

_LIMITS = Limits(seconds=30)
_PACKED = {".pdf", ".docx"}
_LONGEST = 20_000
"""Bytes of a case."""
_BROKEN = re.compile(r"brought its reader down ?\(?([^)]*)")
_NASTY = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\x92\xa9", "\u202e".encode(), b"{" * 200, b"}" * 200, b"[" * 200, b"(" * 200, b"<" * 200, b"\\" * 50,
    b"\r", b"\t" * 99, b"-" * 300, b"9" * 40, b"%", b"&#xd800;", b"&#0;", b"\\ud800", b"]]>", b"-->", b"\\end{document}", b"\\input{x}", b"<!--", b"---\n",
    b"1e999", b"NaN", b"null", b"*a", b"&a ", b"<<: *a", b"@string{", b"#", b"endobj", b"stream\n", b"/Filter", b" 0 R", b"\n\n\n",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What became of the cases of one reader."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    faults: Counter[str] = field(default_factory=Counter)
    """What brought the reader down or took too long, by the place it names."""


def main(arguments: list[str]) -> int:
    """Prints one JSON object; exit code 0 where every case was read or refused with a reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--keep", type=Path, default=Path(tempfile.gettempdir()) / "vivavoce-fuzz", help="for bad inputs"
    )
    parser.add_argument("--only", nargs="*", help="endings, such as .tex")
    options = parser.parse_args(arguments)
    material = {ending: found for ending, found in seeds().items() if not options.only or ending in options.only}
    each = -(-options.cases // len(material))
    told: dict[str, dict[str, object]] = {}
    faults = 0
    for ending, found in material.items():
        tally = fuzz(ending, found, each, options.seed, options.keep)
        faults += sum(tally.faults.values())
        told[ending] = {**tally.outcomes, "slowest_s": round(tally.slowest_s, 2), "faults": dict(tally.faults)}
        sys.stderr.write(f"{ending}: {json.dumps(told[ending])}\n")
    sys.stdout.write(json.dumps({"cases": each * len(material), "faults": faults, "readers": told}, indent=2) + "\n")
    return 1 if faults else 0


def fuzz(ending: str, found: list[bytes], cases: int, number: int, keep: Path) -> Tally:
    """Reads ``cases`` spoiled files with that ``ending``; the inputs of faults are written to ``keep``."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, Child(_LIMITS, expects_pdf=ending == ".pdf") as child:

        def judge(data: bytes) -> None:
            if (
                ending not in _PACKED and len(data) % 8
            ):  # Most spoiled texts stay texts, or else no reader sees more than their encoding.
                data = data.replace(b"\0", b"").decode("utf-8", errors="ignore").encode()
            _judge(child, Path(folder), ending, data[:_LONGEST], tally, keep)

        for data in spoiled(found, cases // 2, random.Random(f"{number}{ending}")):
            judge(data)
        _written(found, cases - cases // 2, number, judge)
    return tally


def spoiled(found: list[bytes], cases: int, chance: random.Random) -> Iterator[bytes]:
    """``cases`` seeds, each with one to eight damages."""
    for _ in range(cases):
        data = bytearray(chance.choice(found))
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            at, length = chance.randrange(len(data) + 1), chance.randrange(1, 200)
            match chance.randrange(7):
                case 0 | 1 if data:
                    data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
                case 2:
                    del data[at : at + length]
                case 3:
                    data[at:at] = data[at : at + length] * chance.choice((1, 2, 40))
                case 4:
                    del data[at:]
                case 5:
                    other = chance.choice(found)
                    data[at:] = other[chance.randrange(len(other) + 1) :]
                case _:
                    data[at:at] = chance.choice(_NASTY)
        yield bytes(data)


def _written(found: list[bytes], cases: int, number: int, judge: Callable[[bytes], None]) -> None:
    """Has hypothesis write ``cases`` files out of the words of the seeds."""
    words = sorted({word for data in found for word in re.findall(rb"\w+|\W|\s+", data)} | set(_NASTY))
    lines = sorted({line + b"\n" for data in found for line in data.splitlines()})
    pieces = st.one_of(st.sampled_from(lines), st.sampled_from(words), st.binary(max_size=4))

    @seed(number)
    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(pieces, max_size=60).map(b"".join))
    def read(data: bytes) -> None:
        judge(data)

    read()


def _judge(child: Child, folder: Path, ending: str, data: bytes, tally: Tally, keep: Path) -> None:
    (folder / f"cv{ending}").write_bytes(data)
    started = time.monotonic()
    try:
        child.read(folder, Source(f"cv{ending}", "CV"), ("email", "links"))
        outcome = "read"
    except SourceUnreadable as error:
        fault = _fault(str(error))
        outcome = "fault" if fault else "refused"
        if fault:
            tally.faults[fault] += 1
            keep.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"[^\w.-]+", "_", f"{fault}-{tally.faults[fault]}")
            if tally.faults[fault] <= 3:
                (keep / f"{name}{ending}").write_bytes(data)
    tally.outcomes[outcome] += 1
    tally.slowest_s = max(tally.slowest_s, time.monotonic() - started)


def _fault(said: str) -> str:
    """What was no typed outcome: the place where the reader broke, a time-out, or a reading that could not be believed."""
    broken = _BROKEN.search(said)
    if broken:
        return broken[1] or "ended"
    return next((what for what in ("takes longer", "of memory", "its reading", "no character") if what in said), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
