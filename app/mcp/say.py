"""What a tool tells in words: short, complete enough to be quoted, with the place of everything."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.answer.phrase import say
from app.domain import Answer, Citation
from app.excerpt import Excerpt
from app.match.domain import Report
from app.match.paper import ATTRIBUTES, VERDICTS, grouped

QUOTE_CHARS = 400


def answer_text(answer: Answer) -> str:
    """The answer, its status where it is not simply grounded, and the sources with their quotes."""
    lines: list[str] = []
    for sentence in answer.sentences:
        if sentence.is_item:
            lines.append(f"- {sentence.text}")
        elif lines and not lines[-1].startswith("- "):
            lines[-1] += f" {sentence.text}"
        else:
            lines.append(sentence.text)
    if answer.status != "grounded":
        lines.append(f"(status: {answer.status}{f', {answer.reason}' if answer.reason else ''})")
    return "\n".join([*lines, *_sources(answer.citations)])


def people_text(people: Sequence[Mapping[str, Any]], unavailable: Sequence[str]) -> str:
    """A line for each person, with the documents below it."""
    lines: list[str] = []
    for one in people:
        posts = "; ".join(post["text"] for post in one["posts"])
        years = one["publication_years"]
        span = f", {years[0]}–{years[1]}" if years else ""
        lines.append(
            f"{one['slug']}: {one['name']}{f', {posts}' if posts else ''} ({one['publications']} publications{span})"
        )
        lines += [f"  - {d['id']} ({d['title']}, {d['characters']} characters)" for d in one["documents"]]
    if unavailable:
        lines.append(f"Not to be asked at present: {', '.join(unavailable)}")
    return "\n".join(lines) or "Nobody goes by that name; leave name out for everybody."


def found_text(found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """The passages and the entries of facts with their places, best first; ``titles`` of the documents by id."""

    def told(one: Mapping[str, Any], what: str) -> str:
        return f"{what} ({one['document']} {one['start']}-{one['end']}):\n{one['quote']}"

    passages = [told(p, _where(titles[p["document"]], p["path"], None)) for p in found["passages"]]
    facts = [told(f, f["kind"]) for f in found["facts"]]
    parts = [*passages, *(["Facts, by kind:"] if facts else []), *facts]
    return "\n\n".join(parts) or "The documents hold no passages."


def entries_text(entries: Mapping[str, Any]) -> str:
    """How many there are, then a line an entry."""
    name = entries["co_author"]
    shown, skipped = entries["publications"], entries["offset"]
    lines = [
        f"{entries['count']} of {entries['total']} listed publications{' match' if entries['count'] != entries['total'] else ''}."
    ]
    last = skipped + len(shown)
    if shown and len(shown) < entries["count"]:
        more = f"; ask with offset={last} for more" if last < entries["count"] else ""
        lines[0] += f" Here are {skipped + 1} to {last}{more}."
    elif not shown and entries["count"]:
        lines[0] += f" None is left from offset={skipped} on."
    lines += [f"{n}. {_entry(one)}" for n, one in enumerate(shown, skipped + 1)]
    if not entries["count"] and entries["total"]:
        lines[0] += " Leave filters out, or all of them, to see what there is."
    lines[0] += f" The co-author is looked for as {name!r}." if name else ""
    unstated = {what.replace("_", " "): n for what, n in entries["unstated"].items() if n}
    if unstated:
        counts = ", ".join(f"{what} {n}" for what, n in unstated.items())
        lines.append(f"Not printed in the source, of all {entries['total']}: {counts}.")
    return "\n".join(lines)


def excerpt_text(found: Excerpt) -> str:
    """A line that says where it stands, then the exact text."""
    document, span = found.document, found.span
    where = _where(document.title, (found.section,) if found.section else (), found.page)
    return f"{where} ({document.id} {span.start}-{span.end} of {len(document.text)}):\n{found.text}"


def report_text(report: Report) -> str:
    """The verdicts under their headings, what is not evaluated, and the sources with their quotes."""
    t = report.language
    lines = [report.summary, report.notice]
    for heading, findings in grouped(report):
        lines.append(f"\n{say(t, heading)}:")
        for one in findings:
            lines.append(f"- {say(t, VERDICTS[one.verdict])}: {one.requirement.text} | {one.why}")
            lines += [f"  {one.question}"] if one.question else []
    if report.protected:
        lines.append(f"\n{say(t, 'match_never')}:")
        lines += [f"- {say(t, ATTRIBUTES[p.attribute])}: {p.text}" for p in report.protected]
    return "\n".join([*lines, *report.remarks, *_sources(report.citations)])


def _sources(citations: Sequence[Citation]) -> list[str]:
    told = []
    for c in citations:
        whose = f"{c.profile}, " if c.profile else ""
        place = _where(c.title, (c.section,) if c.section else (), c.page)
        told.append(f"[{c.n}] {whose}{place} ({c.document} {c.start}-{c.end}): “{_short(c.quote)}”")
    return ["", *told] if told else []


def _where(title: str, path: Sequence[str], page: int | None) -> str:
    return ", ".join([title, *(" ".join(part.split()) for part in path), *([f"page {page}"] if page else [])])


def _entry(entry: Mapping[str, Any]) -> str:
    authors = ", ".join(entry["authors"]) + ("" if entry["authors_complete"] else " et al")
    venue = entry["venue"] or entry["venue_tag"]
    source = entry["source"]
    place = f"({source['document']} {source['start']}-{source['end']})"
    parts = [entry["title"], authors if entry["authors"] else None, venue, entry["year"] or entry["date"]]
    return f"{'. '.join(str(part) for part in parts if part)} {place}"


def _short(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= QUOTE_CHARS else text[:QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
