"""A report on paper: as Markdown, and as a page of HTML that prints; everything that strangers wrote is escaped."""

import re
from collections.abc import Iterator
from html import escape

from app.answer.phrase import say
from app.domain import Citation
from app.match.domain import Finding, Importance, Report, Verdict

HEADINGS = {
    Importance.REQUIRED: "match_required",
    Importance.PREFERRED: "match_preferred",
    Importance.DUTY: "match_duty",
}
VERDICTS: dict[Verdict, str] = {
    "stated": "match_is_stated",
    "related": "match_is_related",
    "not stated": "match_is_not_stated",
}
ATTRIBUTES = {
    "age": "match_protected_age",
    "gender": "match_protected_gender",
    "origin": "match_protected_origin",
    "family": "match_protected_family",
    "belief": "match_protected_belief",
    "health": "match_protected_health",
    "photo": "match_protected_photo",
    "record": "match_protected_record",
}
_STYLE = """
:root { color-scheme: light }
body { font: 11pt/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
ul, ol { padding-left: 1.3rem } li { margin: .6rem 0; break-inside: avoid; overflow-wrap: anywhere }
b.stated { color: #14532d } b.related { color: #6b4000 } b.not-stated { color: #4b5563 }
p.notice { border-left: 3px solid #6b7280; padding-left: .8rem; color: #374151 }
q { font-style: italic; white-space: pre-wrap } a { color: #1d4ed8 }
@media print { body { margin: 0; max-width: none } a { color: inherit; text-decoration: none } }
"""


def to_markdown(report: Report) -> str:
    """The report as Markdown."""
    return "\n".join(_markdown(report)) + "\n"


def _markdown(report: Report) -> Iterator[str]:
    t = report.language
    yield f"# {_md(say(t, 'match_title', name=report.name))}\n\n**{_md(report.summary)}**\n\n> {_md(report.notice)}"
    for heading, findings in grouped(report):
        yield f"\n## {say(t, heading)}\n"
        for f in findings:
            yield f"- **{say(t, VERDICTS[f.verdict])}**: {_md(f.requirement.text)}  \n  {_md(f.why, marks=True)}"
    if report.protected:
        yield f"\n## {say(t, 'match_never')}\n"
        yield from (f"- {say(t, ATTRIBUTES[p.attribute])}: {_md(p.text)}" for p in report.protected)
    questions = [f.question for f in report.findings if f.question]
    if questions:
        yield f"\n## {say(t, 'match_worth_asking')}\n"
        yield from (f"- {_md(q)}" for q in questions)
    if report.citations:
        yield f"\n## {say(t, 'match_sources')}\n"
        yield from (f"{c.n}. {_md(place(c, report))}: “{_md(_flat(c.quote))}”" for c in report.citations)
    for remark in report.remarks:
        yield f"\n{_md(remark)}"


def to_html(report: Report) -> str:
    """The report as a whole page without scripts that prints well."""
    body = "\n".join(_html(report))
    title = escape(say(report.language, "match_title", name=report.name))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    return (
        f'<!doctype html>\n<html lang="{report.language}">\n<head>{head}<style>{_STYLE}</style></head>\n'
        f"<body><main>\n{body}\n</main></body>\n</html>\n"
    )


def _html(report: Report) -> Iterator[str]:
    t = report.language
    yield f"<h1>{escape(say(t, 'match_title', name=report.name))}</h1><p><strong>{escape(report.summary)}</strong></p>"
    yield f'<p class="notice">{escape(report.notice)}</p>'
    for heading, findings in grouped(report):
        items = "".join(
            f'<li><b class="{f.verdict.replace(" ", "-")}">{escape(say(t, VERDICTS[f.verdict]))}</b>: {escape(f.requirement.text)}<br>{_linked(f.why)}</li>'
            for f in findings
        )
        yield f"<h2>{escape(say(t, heading))}</h2><ul>{items}</ul>"
    if report.protected:
        items = "".join(
            f"<li>{escape(say(t, ATTRIBUTES[p.attribute]))}: {escape(p.text)}</li>" for p in report.protected
        )
        yield f"<h2>{escape(say(t, 'match_never'))}</h2><ul>{items}</ul>"
    questions = "".join(f"<li>{escape(f.question)}</li>" for f in report.findings if f.question)
    if questions:
        yield f"<h2>{escape(say(t, 'match_worth_asking'))}</h2><ul>{questions}</ul>"
    if report.citations:
        items = "".join(
            f'<li id="source-{c.n}" value="{c.n}">{escape(place(c, report))}: <q>{escape(c.quote)}</q></li>'
            for c in report.citations
        )
        yield f"<h2>{escape(say(t, 'match_sources'))}</h2><ol>{items}</ol>"
    yield from (f"<p>{escape(remark)}</p>" for remark in report.remarks)


def grouped(report: Report) -> Iterator[tuple[str, list[Finding]]]:
    """The findings under the phrase that heads them, in the order required, preferred, duties; empty groups left out."""
    for importance, heading in HEADINGS.items():
        findings = [f for f in report.findings if f.requirement.importance is importance]
        if findings:
            yield heading, findings


def place(citation: Citation, report: Report) -> str:
    """Where a citation stands: document, section, page."""
    page = say(report.language, "match_page", page=citation.page) if citation.page else None
    return ", ".join(part for part in (citation.title, citation.section, page) if part)


def _linked(why: str) -> str:
    return re.sub(r"\[(\d+)\]", r'<a href="#source-\1">[\1]</a>', escape(why))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _md(text: str, marks: bool = False) -> str:
    """``text`` without what Markdown would read as more than text; ``[n]`` stays where it is one of ours."""
    safe = re.sub(r"([\\`*_{}\[\]<>#|~!])", r"\\\1", _flat(text))
    safe = re.sub(r"\b(https?|ftp|mailto|javascript|data):", r"\1&#58;", safe)
    return re.sub(r"\\\[(\d+)\\\]", r"[\1]", safe) if marks else safe
