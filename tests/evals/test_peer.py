"""The naive peer: plain llama-index over Chroma on the same documents, beside our row of a run."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from llama_index.core import Settings

from app.cli import run
from app.domain import Answer, Turn
from evals.peer import SameEmbedder, open_peer
from evals.report import compare
from evals.run import Ask
from evals.support import is_verbatim
from ingest.build import Progress, read_record
from ingest.domain import Record
from ingest.embed import MiniLM
from ingest.profile import read_profile
from tests.conftest import INVENTED, Desk

MIRA = ["eval", "run", "mira-okonjo", "--profiles", str(INVENTED)]


def records_of(desk: Desk, *slugs: str) -> dict[str, Record]:
    return {slug: read_record(desk.profiles / slug, read_profile(desk.profiles, slug), Progress()) for slug in slugs}


def ask(peer: Ask, slug: str, *said: str) -> Answer:
    """What the peer answers to the last of ``said``, the visitor's turns."""
    return peer(slug, [Turn("user", text) for text in said])


@pytest.fixture(scope="module")
def records(ingested: Desk) -> dict[str, Record]:
    return records_of(ingested, "mira-okonjo", "teo-lindqvist")


@pytest.fixture(scope="module")
def peer(records: dict[str, Record], minilm: MiniLM) -> Iterator[Ask]:
    with open_peer(records, minilm, Progress()) as asked:
        yield asked


@pytest.mark.parametrize(
    ("slug", "question", "answer"),
    [
        ("teo-lindqvist", "What is SoftClasp?", "We present SoftClasp, a gripper that feels its own pressure."),
        ("mira-okonjo", "Who was her Ph.D. supervisor?", "Ph.D. Supervisor: Ingrid Solheim"),
    ],
)
def test_it_answers_with_the_nearest_sentence(peer: Ask, slug: str, question: str, answer: str) -> None:
    assert ask(peer, slug, question).answer == f"{answer} [1]"


@pytest.mark.parametrize("slug", ["mira-okonjo", "teo-lindqvist"])
@pytest.mark.parametrize("question", ["What is SoftClasp?", "What is her shoe size?", "她在哪里工作？", "?"])
def test_every_answer_is_one_verbatim_sentence_and_none_is_a_refusal(
    peer: Ask, records: dict[str, Record], slug: str, question: str
) -> None:
    answer = ask(peer, slug, question)
    (citation,) = answer.citations
    assert is_verbatim(citation, records[slug])
    assert answer.answer == f"{citation.quote} [1]"
    assert [(s.text, s.citations) for s in answer.sentences] == [(answer.answer, (1,))]
    assert (answer.status, answer.profile) == ("grounded", slug)


def test_it_hears_the_last_turn_only(peer: Ask) -> None:
    before, last = "What is SoftClasp?", "Where was it published?"
    assert ask(peer, "teo-lindqvist", before, last) == ask(peer, "teo-lindqvist", last)
    assert ask(peer, "teo-lindqvist", before) != ask(peer, "teo-lindqvist", last)


@contextmanager
def peer_on(desk: Desk, text: str) -> Iterator[tuple[Ask, Record]]:
    desk.write("mira-okonjo", "cv.md", text)
    found = records_of(desk, "mira-okonjo")
    with open_peer(found, desk.embedder, Progress()) as asked:
        yield asked, found["mira-okonjo"]


WHALES = (
    "Whales were heard from the cliff all morning, and the whale boats stayed in the harbour until the evening. " * 300
)
BREAD = "The oven of the bakery was repaired by the baker, and the bread was sold in the market square. " * 80
NINETEEN = "Nineteen whales were counted."


def test_spans_are_exact_in_a_document_of_many_chunks(desk: Desk) -> None:
    with peer_on(desk, f"{WHALES}\n\n{BREAD}") as (asked, record):
        (citation,) = ask(asked, "mira-okonjo", "Who repaired the oven of the bakery?").citations
    assert citation.quote == BREAD.partition(".")[0] + "."
    assert citation.start >= len(WHALES)
    assert is_verbatim(citation, record)


def test_only_what_stands_in_the_four_nearest_chunks_is_said(desk: Desk) -> None:
    question = "How many whales were counted?"
    with peer_on(desk, f"{BREAD}{NINETEEN} {BREAD}") as (asked, _):
        assert ask(asked, "mira-okonjo", question).answer == f"{NINETEEN} [1]"
    with peer_on(desk, f"{WHALES}\n\n{BREAD}{NINETEEN} {BREAD}") as (asked, _):
        assert ask(asked, "mira-okonjo", question).answer.startswith("Whales were heard")


def test_it_embeds_with_our_embedder(minilm: MiniLM) -> None:
    same, text = SameEmbedder(minilm), "Whale song"
    ours: list[float] = minilm.embed([text])[0].tolist()
    assert same.get_text_embedding(text) == same.get_query_embedding(text) == ours


def test_the_global_settings_of_llama_index_stay_as_they_were(
    records: dict[str, Record], minilm: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    unset = dict.fromkeys(vars(Settings), None)
    assert {"_llm", "_embed_model", "_callback_manager", "_node_parser", "_transformations"} <= unset.keys()
    for name in unset:
        monkeypatch.setattr(Settings, name, None)
    with open_peer(records, minilm, Progress()) as asked:
        ask(asked, "mira-okonjo", "Where does she work now?")
    assert vars(Settings) == unset


def test_nothing_is_left_on_disk(
    records: dict[str, Record], minilm: MiniLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with open_peer(records, minilm, Progress()):
        assert len(list(tmp_path.glob("*/chroma.sqlite3"))) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_run_with_the_peer_holds_its_rows_beside_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--index", str(tmp_path / "index")]
    assert run([*MIRA, *options, "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert run([*MIRA, *options, "--peer", "--json"]) == 0
    both = json.loads(capsys.readouterr().out)
    peer = both["peer"]
    assert "peer" not in alone
    assert peer.keys() - {"profiles", "kinds"} == both["overall"].keys() - {"refusal_precision"}
    assert (peer["questions"], peer["refusal_recall"], peer["citation_precision"]) == (3, 0, 1)
    assert peer["profiles"].keys() == both["profiles"].keys()
    assert peer["kinds"].keys() == both["kinds"].keys()
    assert peer["kinds"]["unanswerable"]["correct"] == 0
    assert compare(both, alone) == compare(alone, both) == ()


def test_the_table_has_the_peer_below_us(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*MIRA, "--index", str(tmp_path / "index"), "--peer"]) == 0
    *_, ours, peer, all_ours, all_peers, note = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in (ours, peer, all_ours, all_peers)] == [
        ["mira-okonjo", "3"],
        ["peer", "3"],
        ["overall", "3"],
        ["peer", "3"],
    ]
    assert note.endswith("never refuses")
