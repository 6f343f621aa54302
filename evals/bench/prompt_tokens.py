"""How many prompt tokens a question costs: ours beside llama-index's ``CitationQueryEngine`` and ``CondensePlusContextChatEngine``.

    python -m evals.bench.prompt_tokens [--json FILE]

All three are asked the fixed questions of the project's own profiles, over the same documents and the same embedder, and all write with the
same scripted model, which counts what it is sent. A question that is answered without a model counts as 0 for us and is reported apart.
The peers run with their defaults: two retrieved chunks, citations of 512 tokens. The peers' index is made from our canonical text.
"""

import argparse
import json
import statistics
from collections.abc import Callable, Mapping, Sequence
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
from app.domain import Turn
from app.library import Library
from app.settings import load_settings
from app.start import open_assistant, open_embedder
from evals.peer import SameEmbedder
from evals.scripted import MODEL, Provider, faithful, serving
from evals.suite import open_suite, own_questions, read_questions
from ingest.build import Progress
from ingest.domain import Record
from ingest.embed import Embedder

SEEDS = ("baohao-liao", "qian-liu")
BAR = 0.6
"""Ours must cost at most this share of the cheaper peer's median."""
Ask = Callable[[str, Sequence[str]], int]
"""The prompt tokens of the last of some questions that are asked one after another."""


def measure() -> dict[str, Any]:
    """Medians of prompt tokens a question, and the share of the cheaper peer's that ours is."""
    with serving(faithful) as provider, TemporaryDirectory(prefix="vivavoce-tokens-") as folder:
        settings = load_settings(
            index=Path(folder), model=MODEL, model_url=provider.url, budget_day_tokens=10**9, budget_month_tokens=10**9
        )
        library = Library(settings.profiles_folder, settings.index_folder, open_embedder(settings))
        suite = open_suite(library, read_questions(own_questions(), SEEDS, []), datetime.now(UTC), Progress())
        assistant = open_assistant(settings, library)
        engines: dict[str, Ask] = {
            "vivavoce": lambda slug, asked: _tokens(provider, lambda: finished(assistant.ask(slug, _turns(asked)))),
            "CitationQueryEngine": _citation_engine(suite.records, library.embedder, provider),
            "CondensePlusContextChatEngine": _chat_engine(suite.records, library.embedder, provider),
        }
        asked = [(slug, case.asked) for slug, cases in suite.cases.items() for case in cases]
        counted = {name: [ask(slug, questions) for slug, questions in asked] for name, ask in engines.items()}
        assistant.close()
    rows = {name: _summary(tokens) for name, tokens in counted.items()}
    ours, *peers = (row["median"] for row in rows.values())
    called = [n for n in counted["vivavoce"] if n]
    share_called = statistics.median(called) / min(peers)
    return {
        "questions": len(called),
        "engines": rows,
        "share": ours / min(peers),
        "share_where_called": share_called,
        "bar": BAR,
    }


def _tokens(provider: Provider, ask: Callable[[], object]) -> int:
    """The prompt tokens of all calls that ``ask`` makes."""
    before = len(provider.requests)
    ask()
    return sum(provider.prompt_tokens()[before:])


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
    return lambda slug, asked: _tokens(provider, lambda: engines[slug].query(asked[-1]))


def _chat_engine(records: Mapping[str, Record], embedder: Embedder, provider: Provider) -> Ask:
    llm = _llm(provider)
    indexes = {slug: _index(record, embedder) for slug, record in records.items()}

    def ask(slug: str, asked: Sequence[str]) -> int:
        engine = CondensePlusContextChatEngine.from_defaults(
            retriever=indexes[slug].as_retriever(),
            llm=llm,
            memory=ChatMemoryBuffer.from_defaults(token_limit=8000, llm=llm),
        )
        for question in asked[:-1]:
            engine.chat(question)
        return _tokens(provider, lambda: engine.chat(asked[-1]))

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
    arguments = parser.parse_args()
    result = measure()
    for name, row in result["engines"].items():
        print(
            f"{name:32} median {row['median']:7.1f}  p90 {row['p90']:6}  mean {row['mean']:7.1f}  no call {row['without_a_call']}"
        )
    print(
        f"ours is {result['share']:.2f} of the cheaper peer (bar {BAR}); where a model was asked {result['share_where_called']:.2f}"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
