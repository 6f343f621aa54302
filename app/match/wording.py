"""A language model's words for what was found; the verdicts, the evidence and the counts stay the program's."""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from app.answer.model import Message
from app.answer.support import Shown, Support
from app.domain import Citation, ModelUse
from app.match.domain import Finding, Report
from app.model.call import Line
from app.model.fault import ModelFailed
from app.model.prompt import LANGUAGES
from ingest.domain import Record, Span
from ingest.embed import Embedder
from prompts import fill, prompt_hash

PROMPT = "match.md"
_MOST = 24
"""Requirements that are put into one prompt."""
_ENTRY_CHARS = 400
_LINE = re.compile(r"^\W{0,3}R(\d+)\s*[:：]\s*(.+?)\s*$", re.MULTILINE)
_MARK = re.compile(r"\[(\d+)\]")
_VERDICT = re.compile(
    r"\b(?:fit|fits|match(?:es)?|meets?|satisf\w+|fulfil\w*|qualif\w+|suitable|ideal|hire|recommend\w*|score|rank\w*|erfüllt|geeignet|remplit|cumple|soddisfa|atende)\b|符合|满足|适合|推荐",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """Asks the model at the end of ``line`` once a report."""

    line: Line
    answer_tokens: int = 400

    def improve(self, report: Report, record: Record, embedder: Embedder) -> Report:
        """``report`` with the model's sentence wherever it cites no other entries than the program and they bear it out."""
        asked = [(n, f) for n, f in enumerate(report.findings, 1) if f.citations][:_MOST]
        if not asked:
            return report
        messages = _messages(report, asked)
        call = self.line.call(messages, max(self.answer_tokens, 40 * len(asked)), record.fingerprint)
        try:
            with closing(iter(call)) as stream:
                for _ in stream:
                    pass
        except ModelFailed as error:
            # Half a report in the model's words would read as two reports.
            use = ModelUse(self.line.model.name, prompt_hash(PROMPT), 0, error.kind)
            return replace(report, mode="offline", model=use)
        said = {int(n): text for n, text in _LINE.findall(call.text)}
        judge = Support([_shown(c, record) for c in report.citations], record, embedder)
        findings, dropped = list(report.findings), 0
        for n, finding in asked:
            sentence = said.get(n)
            if sentence is None:
                continue
            if _holds(sentence, finding, judge):
                findings[n - 1] = replace(finding, why=sentence)
            else:
                dropped += 1
        use = ModelUse(self.line.model.name, prompt_hash(PROMPT), dropped, None)
        changed = findings != list(report.findings)
        return replace(report, findings=tuple(findings), mode=self.line.model.name if changed else "offline", model=use)


def _messages(report: Report, asked: Sequence[tuple[int, Finding]]) -> tuple[Message, ...]:
    cited = {c.n: c for c in report.citations}
    parts = []
    for n, finding in asked:
        entries = "\n".join(f"[{c}] {_fenced(cited[c].quote)}" for c in finding.citations)
        parts.append(f"R{n} ({finding.verdict}): {_fenced(finding.requirement.text)}\n{entries}")
    system = fill(PROMPT, name=report.name, language=LANGUAGES[report.language])
    return Message("system", system), Message("user", "\n\n".join(parts))


def _fenced(text: str) -> str:
    """Untrusted words on one line and bounded, without what looks like a mark of ours."""
    flat = " ".join(text.split())[:_ENTRY_CHARS]
    return _MARK.sub(r"(\1)", flat)


def _shown(citation: Citation, record: Record) -> Shown:
    span = Span(citation.document, citation.start, citation.end)
    section = (citation.section,) if citation.section else ()
    return Shown(citation.n, span, record.quote(span), section)


def _holds(sentence: str, finding: Finding, judge: Support) -> bool:
    """Whether a sentence cites only what the program found, judges nobody, and is borne out."""
    cited = {int(n) for n in _MARK.findall(sentence)}
    if not cited or not cited <= set(finding.citations) or _VERDICT.search(sentence):
        return False
    return judge.judge(sentence).passed
