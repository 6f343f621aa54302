"""A model that judges answers beside the metrics: it is pinned apart from the one that answers, and its word decides nothing."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from app.answer.model import Connection, Message
from app.domain import Answer, Citation, Fallback, Sentence
from app.errors import ConfigurationError
from app.model.bounded import Limits
from app.model.call import Line
from app.model.fault import ModelFailed
from app.model.prompt import fenced
from app.model.start import NO_KEY, line_to
from app.settings import Settings
from evals.case import Case
from evals.run import Outcome
from evals.suite import Suite
from ingest.build import Progress
from ingest.embed import shown_address
from prompts import fill, prompt_hash

PROMPT = "judge.md"
_REPLY_TOKENS = 400
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "correct": {"type": "boolean"},
        "unsupported": {"type": "array", "items": {"type": "integer"}},
        "why": {"type": "string"},
    },
    "required": ["correct", "unsupported", "why"],
    "additionalProperties": False,
}


class Reply(BaseModel):
    """What the judge gives back."""

    model_config = ConfigDict(extra="forbid", strict=True)

    correct: bool
    unsupported: list[int]
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge finds of one answer, beside what the metrics find."""

    id: str
    question: str
    is_correct: bool
    was_correct: bool
    """What the string metric says."""
    sentences: tuple[tuple[str, bool, bool], ...]
    """Every sentence that cites: its text, whether the judge and whether the span metric takes it as borne out."""
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of all answers of a run."""

    model: str
    url: str
    prompt: str
    verdicts: tuple[Verdict, ...]
    failures: tuple[tuple[str, Fallback | None], ...] = ()
    """Answers without a verdict, and why the call failed; ``None`` where the reply was none."""
    usage: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judge:
    """The judge at the end of ``line``."""

    line: Line
    url: str
    """As it may be shown."""

    def judge(self, suite: Suite, outcomes: Sequence[Outcome], progress: Progress) -> Judged:
        """The verdicts on the answers that there are; where the judge fails, there is one less."""
        cases = {(slug, case.id): case for slug, found in suite.cases.items() for case in found}
        asked = [(cases[o.profile, o.id], o, o.given) for o in outcomes if o.given is not None]
        progress.begin("judge", len(asked))
        verdicts: list[Verdict] = []
        failures: list[tuple[str, Fallback | None]] = []
        used = {"prompt_tokens": 0, "completion_tokens": 0}
        for case, outcome, answer in asked:
            call = self.line.call(_messages(case, answer), _REPLY_TOKENS, answer.fingerprint, _SCHEMA, self.prompt)
            text = ""
            try:
                with closing(iter(call)) as pieces:
                    text = "".join(piece for piece in pieces if piece)
                verdicts.append(_verdict(_read(text, answer), outcome, answer))
            except ModelFailed as error:
                failures.append((case.id, error.kind))
            except ValueError:
                failures.append((case.id, None))
            used["prompt_tokens"] += call.usage.prompt_tokens
            used["completion_tokens"] += call.usage.completion_tokens
            progress.advance()
        return Judged(self.line.model.name, self.url, self.prompt, tuple(verdicts), tuple(failures), used)

    @property
    def prompt(self) -> str:
        """The hash of the prompt file."""
        return prompt_hash(PROMPT)


def open_judge(settings: Settings, name: str) -> Judge:
    """The judge ``name`` at its own address, or at the model's where it has none.

    Raises:
        ConfigurationError: it would judge itself, or there is nobody to ask.
    """
    url = settings.judge_url or settings.model_url
    key = settings.judge_key or (settings.model_key if url == settings.model_url else None)
    if url is None and key is None:
        raise ConfigurationError(f"--judge {name}: no endpoint is configured; set VIVAVOCE_JUDGE_URL")
    if settings.asks_a_model and (name, _same(url)) == (settings.model_name, _same(settings.model_url)):
        raise ConfigurationError(
            f"--judge {name}: the model that answers may not judge itself; name another, or set VIVAVOCE_JUDGE_URL"
        )
    limits = Limits(settings.connect_s, settings.read_s, settings.answer_s)
    connection = Connection(name, url, key.get_secret_value() if key else NO_KEY, None, {}, limits)
    return Judge(line_to(connection, settings), shown_address(url) if url else "")


def _same(url: str | None) -> str:
    return (url or "").rstrip("/").casefold()


def judged_sentences(answer: Answer) -> tuple[Sentence, ...]:
    """The sentences that a judge is asked of: those that cite."""
    return tuple(sentence for sentence in answer.sentences if sentence.citations)


def _messages(case: Case, answer: Answer) -> tuple[Message, Message]:
    sources = {citation.n: citation for citation in answer.citations}
    lines = [f"<question>{fenced(' / '.join(case.asked))}</question>", f"<reference>{fenced(case.answer)}</reference>"]
    lines.append("<answer>")
    number = 0
    for sentence in answer.sentences:
        number += bool(sentence.citations)
        lines.append(f"({number}) {fenced(sentence.text)}" if sentence.citations else fenced(sentence.text))
        lines += [f"  source: {_source(sources[n])}" for n in sentence.citations if n in sources]
    return Message("system", fill(PROMPT)), Message("user", "\n".join([*lines, "</answer>"]))


def _source(citation: Citation) -> str:
    """A quote below the headings that it stands under."""
    heading = f"{fenced(citation.section)}: " if citation.section else ""
    return f"{heading}{fenced(citation.quote)}"


def _read(text: str, answer: Answer) -> Reply:
    """The reply.

    Raises:
        ValueError: it is none.
    """
    try:
        reply = Reply.model_validate_json(text.strip().removeprefix("```json").strip("`\n "))
    except ValidationError as error:
        raise ValueError("no verdict") from error
    if not set(reply.unsupported) <= set(range(1, len(judged_sentences(answer)) + 1)):
        raise ValueError("a verdict on a sentence that is not there")
    return reply


def _verdict(reply: Reply, outcome: Outcome, answer: Answer) -> Verdict:
    failed = {text for text, _ in outcome.unsupported}
    sentences = tuple(
        (sentence.text, number not in reply.unsupported, sentence.text not in failed)
        for number, sentence in enumerate(judged_sentences(answer), start=1)
    )
    return Verdict(outcome.id, outcome.question, reply.correct, outcome.why is None, sentences, reply.why)
