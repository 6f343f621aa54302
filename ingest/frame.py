"""What the process that reads sources sends: one byte of kind, eight of length (most significant first), and as many bytes."""

from dataclasses import dataclass
from enum import Enum
from typing import IO

_LENGTH = 8
_LONGEST = 128 * 1024 * 1024
"""Bytes of an answer; nothing that a reader may return comes to as much."""


class Kind(Enum):
    """What a frame holds."""

    ANSWER = b"a"
    """JSON."""
    REFUSED = b"r"
    """Why a source is not read; the process reads on."""
    ENDED = b"e"
    """Why a source is not read; the process ends."""
    BROKEN = b"b"
    """What nobody foresaw; the process ends."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One answer."""

    kind: Kind
    body: bytes


def send(pipe: IO[bytes], frame: Frame) -> None:
    """Writes ``frame`` to ``pipe``."""
    pipe.write(frame.kind.value + len(frame.body).to_bytes(_LENGTH, "big") + frame.body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Frame | None:
    """The next frame of ``pipe``; ``None`` where it ends before one is whole, or what comes is none."""
    head = pipe.read(1 + _LENGTH)
    kinds = {kind.value: kind for kind in Kind}
    length = int.from_bytes(head[1:], "big")
    if len(head) <= _LENGTH or head[:1] not in kinds or length > _LONGEST:
        return None
    body = pipe.read(length)
    return Frame(kinds[head[:1]], body) if len(body) == length else None
