"""What bounds the process that reads untrusted files: memory and time by the system where it can, files, network and programs by refusal."""

import sys
import time
from dataclasses import dataclass
from math import ceil
from types import ModuleType

_OPENS_TO_WRITE = frozenset("wax+")
_WRITE_FLAGS = 0o3
"""``O_WRONLY`` and ``O_RDWR`` everywhere."""
_REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.kill", "os.putenv",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime", "shutil.",
    "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.", "sqlite3.connect", "tempfile.", "pty.spawn",
)  # fmt: skip
"""Audit events (PEP 578) of what no reader has a reason for; ``socket.`` stands for all that begin with it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reader may use."""

    memory_bytes: int = 1200 * 1024 * 1024
    """Address space of the whole process."""
    seconds: int = 30
    """For one file: of the processor and of the clock."""


def confine(limits: Limits) -> tuple[str, ...]:
    """Bounds this process for good, and says by which means: ``memory``, ``cpu``, ``files`` and ``processes`` only where the system has them.

    Windows has none of the four and macOS no limit of memory; the clock, which the parent keeps, holds everywhere. The refusals are made by
    Python, so they bind our own code and libraries written in Python; code that a file smuggled into a C library is held by the system's alone.
    """
    held = [*_system_limits(limits)]
    sys.addaudithook(_refuse)
    return ("time", *held, "python")


def allow_more_time(limits: Limits) -> None:
    """Sets the processor's clock of this process anew, for the next file."""
    resource = _resource()
    if resource is not None and hasattr(resource, "RLIMIT_CPU"):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = ceil(time.process_time()) + limits.seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _system_limits(limits: Limits) -> list[str]:
    resource = _resource()
    if resource is None:
        return []
    held = []
    for name, limit, value in (
        ("memory", "RLIMIT_AS", limits.memory_bytes),
        ("files", "RLIMIT_FSIZE", 0),
        ("processes", "RLIMIT_NPROC", 0),
    ):
        if sys.platform == "darwin" and name == "memory":
            continue  # It takes the number and does not keep to it.
        try:
            resource.setrlimit(getattr(resource, limit), (value, value))
        except (AttributeError, ValueError, OSError):
            continue
        held.append(name)
    if hasattr(resource, "RLIMIT_CORE"):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return ["cpu", *held]


def _resource() -> ModuleType | None:
    try:
        import resource
    except ImportError:
        return None
    return resource


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        _, mode, flags = arguments
        writes = bool(_OPENS_TO_WRITE & set(mode)) if isinstance(mode, str) else bool(_flags(flags) & _WRITE_FLAGS)
        if writes:
            raise PermissionError("a reader of sources writes no files")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"a reader of sources has no use for {event}")


def _flags(flags: object) -> int:
    return flags if isinstance(flags, int) else 0
