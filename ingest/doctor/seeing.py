"""What readers could not read, left out because nobody sees it, or had to settle by themselves."""

from collections import defaultdict
from collections.abc import Iterator

from ingest.doctor.finding import Finding
from ingest.domain import Record
from ingest.readers.decode import INVISIBLE


def unreadable(path: str, reason: str) -> Finding:
    """The finding for a source that was refused; ``reason`` ends with the next step."""
    told, _, advice = reason.rpartition("; ")
    return Finding(
        "unreadable", "error", path, None, "", told or reason, advice if told else "mend the file or take it out"
    )


def hidden_text(record: Record) -> Iterator[Finding]:
    """Text in a file that people do not see, and programs do; of characters that show nothing, ``ingest.doctor.unread`` says more."""
    for document in record.documents:
        characters: dict[str, int] = defaultdict(int)
        pages: dict[str, set[int]] = defaultdict(set)
        for remark in document.remarks:
            if remark.kind == "hidden" and remark.what not in INVISIBLE:
                characters[remark.what] += remark.characters
                pages[remark.what] |= {remark.page} if remark.page else set()
        for what, count in characters.items():
            where = f" on page {', '.join(map(str, sorted(pages[what])))}" if pages[what] else ""
            message = f"{count} characters {what}{where} were left out"
            advice = "find out where they come from: hidden text can speak to programs behind its owner's back"
            yield Finding("hidden-text", "warning", document.id, None, "", message, advice)


def parts_missed(record: Record) -> Iterator[Finding]:
    """Parts of a document that its reader could not read."""
    for document in record.documents:
        for what in dict.fromkeys(r.what for r in document.remarks if r.kind == "missed"):
            advice = "mend that part, or export the file anew"
            yield Finding("partly-read", "warning", document.id, None, "", what, advice)


def doubts_settled(record: Record) -> Iterator[Finding]:
    """How a reader took what could be taken in two ways."""
    for document in record.documents:
        for what in dict.fromkeys(r.what for r in document.remarks if r.kind == "assumed"):
            advice = "nothing to do if that is right"
            yield Finding("assumed", "note", document.id, None, "", what, advice)


RULES = (hidden_text, parts_missed, doubts_settled)
