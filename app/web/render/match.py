"""The Recruiter tab as HTML: the form, and the report with a chip for each source; every text is escaped here."""

import re
from html import escape

from app.answer.phrase import say
from app.match.domain import Finding, Report
from app.match.paper import ATTRIBUTES, VERDICTS, grouped
from app.web.render.cite import chip, sources
from app.web.words import InterfaceLanguage, Words, words


def form_html(slug: str, name: str, language: InterfaceLanguage) -> str:
    """The form for the job description and the empty place of its report."""
    said = words(language)
    return (
        f'<section class="vv-match" data-profile="{escape(slug)}" data-language="{language}">'
        f'<p class="vv-match-lead">{escape(said("match_lead", name=name))}</p>'
        '<form class="vv-match-form" novalidate>'
        f'<label for="vv-match-text">{escape(said("match_paste"))}</label>'
        f'<textarea id="vv-match-text" rows="10" spellcheck="false" placeholder="{escape(said("match_placeholder"))}"></textarea>'
        f'<label for="vv-match-file">{escape(said("match_file"))}</label>'
        '<input id="vv-match-file" type="file" accept=".txt,.md,.pdf,.docx">'
        f'<p class="vv-match-buttons"><button type="submit" class="vv-match-send">{escape(said("match_send"))}</button>'
        f'<button type="reset" class="vv-match-clear">{escape(said("match_clear"))}</button></p>'
        '</form><p class="vv-match-status" role="status"></p>'
        f'<div class="vv-match-report" tabindex="-1" role="region" aria-label="{escape(said("match_result"))}"></div></section>'
    )


def report_html(report: Report, language: InterfaceLanguage) -> str:
    """The report, its frame in the page's words and its sentences in those of the job description."""
    said, spoken = words(language), report.language
    parts = [
        f'<div lang="{spoken}" data-profile="{escape(report.profile)}">',
        f'<h2 class="vv-match-summary">{escape(report.summary)}</h2>',
        f'<p class="vv-match-notice">{escape(report.notice)}</p>',
    ]
    parts += [f'<p class="vv-match-notice">{escape(remark)}</p>' for remark in report.remarks]
    for heading, findings in grouped(report):
        items = "".join(_item(finding, report, said) for finding in findings)
        parts.append(f'<h3>{escape(say(spoken, heading))}</h3><ul class="vv-match-list">{items}</ul>')
    if report.protected:
        never = "".join(
            f"<li><strong>{escape(say(spoken, ATTRIBUTES[p.attribute]))}</strong>: {escape(p.text)}</li>"
            for p in report.protected
        )
        parts.append(f"<h3>{escape(say(spoken, 'match_never'))}</h3><ul>{never}</ul>")
    questions = "".join(f"<li>{escape(f.question)}</li>" for f in report.findings if f.question)
    if questions:
        parts.append(
            f'<h3>{escape(say(spoken, "match_worth_asking"))}</h3><ul class="vv-match-questions">{questions}</ul>'
        )
    if report.citations:
        parts.append(sources(report.citations, said, {}))
    parts.append(
        '<p class="vv-match-buttons">'
        f'<button type="button" data-download="markdown">{escape(said("match_markdown"))}</button>'
        f'<button type="button" data-download="page">{escape(said("match_page"))}</button></p></div>'
    )
    return "".join(parts)


def _item(finding: Finding, report: Report, said: Words) -> str:
    """One requirement: the verdict in words, what was asked for, and why, with the words of the evidence."""
    verdict = escape(say(report.language, VERDICTS[finding.verdict]))
    cited = {c.n: c for c in report.citations}
    why = re.sub(
        r"\[(\d+)\]", lambda m: chip(cited[int(m[1])], said, {}) if int(m[1]) in cited else m[0], escape(finding.why)
    )
    quotes = "".join(
        f'<q class="vv-match-quote">{escape(_short(cited[n].quote))}</q>' for n in finding.citations[:2] if n in cited
    )
    return (
        f'<li class="vv-match-item" data-verdict="{finding.verdict.replace(" ", "-")}"><span class="vv-match-verdict">{verdict}</span>'
        f'<div><p class="vv-match-asked">{escape(finding.requirement.text)}</p><p class="vv-match-why">{why}</p>{quotes}</div></li>'
    )


def _short(quote: str, characters: int = 160) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= characters else f"{flat[:characters].rpartition(' ')[0] or flat[:characters]} …"
