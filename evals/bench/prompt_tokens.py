"""How many prompt tokens a question costs: ours beside llama-index's ``CitationQueryEngine`` and ``CondensePlusContextChatEngine``.

    python -m evals.bench.prompt_tokens [--index DIR] [--json FILE]

All three are asked the fixed questions of the project's own profiles, over the same documents and the same embedder, and all write with the
same scripted model, which gives back the sentences nearest to the question out of whatever it is shown. A question that is answered without a
model counts as 0 for us and is reported apart. Beside the tokens stands what they buy, on the questions that have an answer: the share of the
gold quotes that the model was shown (or that the program cites itself, as it does with the rows of a list), and of the answers that are right.
The peers run with their defaults: two retrieved chunks, citations of 512 tokens. The peers' index is made from our canonical text.
"""

import argparse
import json
import re
import statistics
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.callbacks import CallbackManager
from llama_index.core.chat_engine import CondensePlusContextChatEngine
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.llms.openai_like import OpenAILike

from app.assistant import finished
from app.domain import Answer, Status, Turn
from app.library import Library
from app.settings import load_settings
from app.start import open_assistant, open_embedder
from evals.case import Case
from evals.metrics import share, why_wrong
from evals.peer import SameEmbedder
from evals.scripted import MODEL, Asked, Provider, asked_of, serving
from evals.suite import open_suite, own_questions, read_questions
from ingest.build import Progress
from ingest.domain import Record
from ingest.embed import Embedder
from ingest.lexical import tokens

SEEDS = ("baohao-liao", "qian-liu")
BAR = 0.6
"""Ours must cost at most this share of the cheaper peer's median."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_CONTEXT = re.compile(r"Below are several numbered sources of information:(?P<context>.*)Query:", re.DOTALL)
_LABEL = re.compile(r"^(?:\[\d+\]|Source \d+:|#|-)\s*(?:= )?")
_CHOSEN = 3
_LEAST = 0.5
"""Of a gold quote, so much must be shown in one piece."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one engine was sent for a question and answered."""

    tokens: int
    prompt: str
    answer: str
    status: Status = "grounded"
    cited: str = ""
    """The quotes beside the answer, where the program says rows itself."""


Ask = Callable[[str, Sequence[str]], Told]
"""The last of some questions that are asked one after another."""


def extractive(asked: Asked) -> str:
    """The sentences of whatever the engine shows that have most of the question's words: the same writer for all engines."""
    found = _CONTEXT.search(asked.user)
    shown = asked.part("record") or (found["context"] if found else asked.system)
    question = asked.question.partition("Answer:")[0].rpartition("Query:")[2]
    wanted = set(tokens(question))
    sentences = [_LABEL.sub("", part).strip() for part in _SENTENCE.split(shown)]
    shared = {s: len(wanted & set(tokens(s))) for s in dict.fromkeys(sentences) if s}
    best = sorted(shared, key=lambda s: -shared[s])[:_CHOSEN]
    return " ".join(f"{s.rstrip('.')} [1]." for s in best if shared[s]) or "NOT STATED"


def measure(index: Path | None = None, slugs: Sequence[str] = SEEDS) -> dict[str, Any]:
    """Medians of prompt tokens a question, and what the engines showed the model and answered for it."""
    with serving(extractive) as provider, TemporaryDirectory(prefix="vivavoce-tokens-") as folder:
        settings = load_settings(
            index=index or Path(folder),
            budget_file=Path(folder) / "spent.sqlite3",
            model=MODEL,
            model_url=provider.url,
            budget_day_tokens=10**9,
            budget_month_tokens=10**9,
        )
        library = Library(settings.profiles_folder, settings.index_folder, open_embedder(settings))
        suite = open_suite(library, read_questions(own_questions(), slugs, []), datetime.now(UTC), Progress())
        assistant = open_assistant(settings, library)
        engines: dict[str, Ask] = {
            "vivavoce": lambda slug, asked: _told(provider, lambda: finished(assistant.ask(slug, _turns(asked)))),
            "CitationQueryEngine": _citation_engine(suite.records, library.embedder, provider),
            "CondensePlusContextChatEngine": _chat_engine(suite.records, library.embedder, provider),
        }
        cases = [(slug, case) for slug, found in suite.cases.items() for case in found]
        told = {name: [ask(slug, case.asked) for slug, case in cases] for name, ask in engines.items()}
        assistant.close()
    rows = {name: _summary([t.tokens for t in found]) | _quality(cases, found) for name, found in told.items()}
    ours, *peers = (row["median"] for row in rows.values())
    called = [t.tokens for t in told["vivavoce"] if t.tokens]
    return {
        "questions": len(cases),
        "evidence_tokens": settings.evidence_tokens,
        "engines": rows,
        "share": ours / min(peers),
        "share_where_called": statistics.median(called) / min(peers),
        "bar": BAR,
    }


def _quality(cases: Sequence[tuple[str, Case]], told: Sequence[Told]) -> dict[str, float]:
    """Of the questions that have an answer: gold quotes in what the model was shown, the same with what the program cites itself, and right answers."""
    answerable = [(case, t) for (_, case), t in zip(cases, told, strict=True) if not case.expect.refused]
    quotes = [(gold.quote, t) for case, t in answerable for gold in case.gold]
    return {
        "gold_shown": round(share(_is_in(quote, t.prompt) for quote, t in quotes) or 0.0, 4),
        "gold_shown_or_cited": round(share(_is_in(quote, f"{t.prompt}\n{t.cited}") for quote, t in quotes) or 0.0, 4),
        "correct": round(share(why_wrong(case.expect, t.answer, t.status) is None for case, t in answerable) or 0.0, 4),
        "answerable": len(answerable),
    }


def _is_in(quote: str, text: str) -> bool:
    """Whether at least half of ``quote`` stands in ``text`` in one piece, letters and digits alone compared."""
    needle, hay = _letters(quote), _letters(text)
    size = max(1, round(len(needle) * _LEAST))
    step = max(1, size // 8)
    return any(needle[start : start + size] in hay for start in range(0, len(needle) - size + 1, step))


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _told(provider: Provider, ask: Callable[[], object]) -> Told:
    """All calls that ``ask`` makes, and what it comes to."""
    before = len(provider.requests)
    answer = ask()
    sent = [asked_of(request) for request in provider.requests[before:]]
    tokens_sent = sum(provider.prompt_tokens()[before:])
    prompt = "\n".join(f"{asked.system}\n{asked.user}" for asked in sent)
    if isinstance(answer, Answer):
        return Told(tokens_sent, prompt, answer.answer, answer.status, "\n".join(c.quote for c in answer.citations))
    text = str(answer)
    return Told(tokens_sent, prompt, text, "refused" if text in {"NOT STATED", "Empty Response"} else "grounded")


def _turns(asked: Sequence[str]) -> list[Turn]:
    turns = [Turn("user", asked[0])]
    for question in asked[1:]:
        turns += [Turn("assistant", "…"), Turn("user", question)]
    return turns


def _index(record: Record, embedder: Embedder) -> VectorStoreIndex:
    return VectorStoreIndex.from_documents(
        [Document(id_=d.id, text=d.text) for d in record.documents],
        embed_model=SameEmbedder(embedder),
        transformations=[SentenceSplitter()],
        callback_manager=CallbackManager(),
    )


def _llm(provider: Provider) -> OpenAILike:
    return OpenAILike(
        model=MODEL, api_base=provider.url, api_key="none", is_chat_model=True, context_window=128_000, temperature=0
    )


def _citation_engine(records: Mapping[str, Record], embedder: Embedder, provider: Provider) -> Ask:
    llm = _llm(provider)
    engines = {
        slug: CitationQueryEngine.from_args(_index(record, embedder), llm=llm) for slug, record in records.items()
    }
    return lambda slug, asked: _told(provider, lambda: engines[slug].query(asked[-1]))


def _chat_engine(records: Mapping[str, Record], embedder: Embedder, provider: Provider) -> Ask:
    llm = _llm(provider)
    indexes = {slug: _index(record, embedder) for slug, record in records.items()}

    def ask(slug: str, asked: Sequence[str]) -> Told:
        engine = CondensePlusContextChatEngine.from_defaults(
            retriever=indexes[slug].as_retriever(),
            llm=llm,
            memory=ChatMemoryBuffer.from_defaults(token_limit=8000, llm=llm),
        )
        for question in asked[:-1]:
            engine.chat(question)
        return _told(provider, lambda: engine.chat(asked[-1]))

    return ask


def _summary(tokens: Sequence[int]) -> dict[str, float]:
    ordered = sorted(tokens)
    return {
        "median": statistics.median(ordered),
        "p90": ordered[int(0.9 * (len(ordered) - 1))],
        "mean": round(statistics.fmean(ordered), 1),
        "without_a_call": sum(n == 0 for n in ordered),
    }


def main() -> None:
    """Prints the table; with ``--json`` also writes it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--index", type=Path, help="where to keep the indexes; the next run reuses them")
    arguments = parser.parse_args()
    result = measure(arguments.index)
    for name, row in result["engines"].items():
        print(
            f"{name:32} median {row['median']:7.1f}  p90 {row['p90']:6}  mean {row['mean']:7.1f}  no call {row['without_a_call']:3}"
            f"  gold shown {row['gold_shown']:.1%}, or cited {row['gold_shown_or_cited']:.1%}  correct {row['correct']:.1%}"
        )
    print(
        f"ours is {result['share']:.2f} of the cheaper peer (bar {BAR}); where a model was asked {result['share_where_called']:.2f}"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
