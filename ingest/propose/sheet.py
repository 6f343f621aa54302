"""The text of a proposed ``profile.toml``: every value with where it was found, and in plain words what may be changed."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence

from ingest.domain import Source
from ingest.propose import Proposal
from ingest.readers.structured.load import visible

MOST_LISTED = 12
"""Documents that are listed by name; where there are more, all readable files are taken."""
_WIDTH = 100
_KINDS = {
    "phone": "phone numbers", "address": "postal addresses", "birth_date": "birth dates", "marital_status": "marital status",
    "nationality": "nationality", "identity": "identity numbers", "email": "e-mail addresses", "links": "links",
}  # fmt: skip


def profile_toml(slug: str, proposal: Proposal) -> str:
    """``profile.toml`` for the profile ``slug``, to be read by ``ingest.profile`` and edited by a person."""
    lines = [
        f"# Proposed by 'vivavoce init' from the documents in this folder. Change what you like, then run 'vivavoce ingest {slug}'.",
        "",
        *_name(proposal),
        *_list("aliases", "Other forms in which the documents print the name; they tell who you are among authors.",
               [(a.name, a.where if a.is_sure else f"{a.where}; please check") for a in proposal.aliases], '"A. Byron", "Byron, A."'),
        "# The languages of the documents, the main one first.",
        f"languages = [{', '.join(map(quoted, proposal.languages))}]",
        "",
        *_list("links", "Where you are on the web.", [(f.value, f"from {f.where}") for f in proposal.links], '"https://example.org"'),
        *_greeting(proposal),
        *_list("questions", "Offered to visitors to begin with; each was tried and is answered from the documents.",
               [(q, "") for q in proposal.questions], '"What does she work on?"'),
        *_documents(proposal.sources),
        *_privacy(proposal),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def entries(sources: Iterable[Source]) -> str:
    """The part of ``profile.toml`` that lists documents."""
    return "".join(f"[[documents]]\npath = {quoted(s.path)}\ntitle = {quoted(s.title)}\n\n" for s in sources)


def with_entries(text: str, sources: Sequence[Source]) -> str | None:
    """A ``profile.toml`` that lists its documents, with ``sources`` listed behind them; nothing else in it changes.

    ``None`` where that cannot be done by adding to its end, as with a list in one pair of brackets.
    """
    longer = f"{text.rstrip()}\n\n{entries(sources)}".rstrip() + "\n"
    try:
        before, after = tomllib.loads(text), tomllib.loads(longer)
    except tomllib.TOMLDecodeError:
        return None
    listed = [*before["documents"], *({"path": s.path, "title": s.title} for s in sources)]
    return longer if after == before | {"documents": listed} else None


def quoted(value: str) -> str:
    """``value`` as a TOML string."""
    return json.dumps(visible(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _name(proposal: Proposal) -> Iterator[str]:
    person = proposal.person
    yield "# The name as it is to be printed."
    doubt = "" if person.is_sure else "; please check"
    others = f", it could also be {', '.join(person.others)}" if person.others and not person.is_sure else ""
    yield f"name = {quoted(person.name)}  # {_remark(_from(person.where))}{doubt}{_remark(others)}"
    yield ""


def _from(where: str) -> str:
    return where if where.startswith(("given", "the ")) else f"from {where}"


def _list(key: str, meaning: str, values: Sequence[tuple[str, str]], example: str) -> Iterator[str]:
    """A list with a value a line, or a commented example where there is none."""
    yield f"# {meaning}"
    if values:
        yield f"{key} = ["
        for value, where in values:
            yield f"    {quoted(value)},{f'  # {_remark(where)}' if where else ''}"
        yield "]"
    else:
        yield f"# {key} = [{example}]"
    yield ""


def _greeting(proposal: Proposal) -> Iterator[str]:
    yield "# What visitors are greeted with. Without it, they read what stands here."
    yield f"# greeting = {quoted(proposal.greeting or 'Hello!')}"
    yield ""


def _documents(sources: Sequence[Source]) -> Iterator[str]:
    if len(sources) <= MOST_LISTED:
        yield "# What is read, and the titles that visitors see. Without these entries every readable file of the folder is."
        yield ""
        yield entries(sources).rstrip()
        yield ""
    else:
        yield f"# Every readable file of this folder is read ({len(sources)} now). To choose, or to give titles, list them:"
        yield from (f"# {line}" for line in entries(sources[:1]).strip().splitlines())
        yield ""


def _privacy(proposal: Proposal) -> Iterator[str]:
    yield "[privacy]"
    yield "# Personal data that stands in the documents is withheld from every visitor (shown as █) unless its kind is listed in 'share'."
    yield f"# The kinds: {', '.join(_KINDS)}."
    for kind, where in proposal.withheld:
        yield f"# Found and withheld: {_KINDS.get(kind, kind)} ({_remark(where)})"
    yield 'share = ["email", "links"]'
    yield ""
    yield "# [embed]"
    yield '# origins = ["https://www.example.org"]  # the web pages that may show the assistant'


def _remark(text: str) -> str:
    """``text`` on one line of a comment."""
    return " ".join(visible(text).split())
