"""Private data in the sources that the owner's ``[privacy] share`` does not allow: by rule, in several languages."""

from collections.abc import Iterator

from ingest.doctor.finding import Finding, finding
from ingest.domain import Publication, Record, Span
from ingest.private import private_spans

_WHAT = {
    "phone": "a phone number",
    "address": "a postal address",
    "birth_date": "a date of birth",
    "marital_status": "marital status",
    "nationality": "nationality or origin",
    "identity": "an identity number",
    "email": "an e-mail address",
    "links": "a link",
}


def private_data(record: Record) -> Iterator[Finding]:
    """Personal data in the text whose kind ``profile.toml`` does not share; nothing inside an entry of a publication list."""
    for document in record.documents:
        papers = [f.span for f in record.facts if isinstance(f, Publication) and f.span.document == document.id]
        for kind, spans in private_spans(document, record.profile.share, papers):
            yield _told(record, spans, kind)


RULES = (private_data,)


def _told(record: Record, spans: list[Span], kind: str) -> Finding:
    message = f"{_WHAT[kind]} is in the text and withheld from visitors"
    advice = f"nothing, or add {kind!r} to [privacy] share in profile.toml if visitors may see it"
    return finding(record, spans[0], f"private-{kind.replace('_', '-')}", "note", message, advice, spans[1:])
