"""What can go wrong before any question, classed by who can mend it.

IngestError
├── OwnerError          the profile's owner: a file, a key, a name
│   ├── ProfileNotFound
│   ├── ProfileInvalid
│   └── SourceUnreadable
│       ├── NothingReadable
│       └── TookTooLong
├── IndexUnusable       whoever deploys: ingest again
│   ├── IndexMissing
│   ├── IndexMismatch
│   └── IndexDamaged
├── IndexUnwritable     whoever deploys: a full disk, a folder's permissions
├── EmbedderUnusable    whoever deploys: the model's files or endpoint
├── ReadersUnusable     whoever deploys: the process that reads sources
└── IngestRunning       nobody now: another ingest holds the lock
"""


class IngestError(Exception):
    """Anything below; its text is one line that ends with the next step."""


class OwnerError(IngestError):
    """The profile's owner can mend it."""


class ProfileNotFound(OwnerError):
    """No profile of that name."""


class ProfileInvalid(OwnerError):
    """``profile.toml`` does not say what it must."""


class SourceUnreadable(OwnerError):
    """A document that cannot be read as text."""


class NothingReadable(SourceUnreadable):
    """Not one source of a profile can be read."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """``reasons``: one a source, each a line that ends with the next step."""
        others = f" (and {len(reasons) - 1} more, none of which can be read)" if len(reasons) > 1 else ""
        super().__init__(f"{reasons[0]}{others}")
        self.reasons = reasons


class TookTooLong(SourceUnreadable):
    """A source was not read in time; on a machine that has less to do it may be."""


class IndexUnusable(IngestError):
    """The index cannot answer; a new ingest mends it."""


class IndexMissing(IndexUnusable):
    """The profile was never ingested."""


class IndexMismatch(IndexUnusable):
    """The index was made by another embedder or another version."""


class IndexDamaged(IndexUnusable):
    """A file of the index differs from its manifest."""


class IndexUnwritable(IngestError):
    """The folder of the index takes no new generation; the old one goes on answering."""


class EmbedderUnusable(IngestError):
    """The embedding model's files or endpoint cannot be used."""


class ReadersUnusable(IngestError):
    """The process that reads sources cannot be started."""


class IngestRunning(IngestError):
    """Another ingest of this profile holds the lock."""
