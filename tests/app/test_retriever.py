"""Our search as people use it who build on llama-index."""

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import NodeWithScore, TextNode

from app.retriever import ProfileRetriever
from ingest.errors import ProfileNotFound
from tests.app.conftest import Asking

SLUGS = ["mira-okonjo", "teo-lindqvist", "qian-liu", "baohao-liao"]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(
    "query", ["Where does this person work?", "language models", "ripe fruit at night", "研究方向", "?"]
)
def test_every_node_is_verbatim_the_text_of_its_span(ask: Asking, slug: str, query: str) -> None:
    record = ask.index(slug).record
    nodes = ProfileRetriever(ask.assistant.library, slug).retrieve(query)
    assert nodes
    for found in nodes:
        node = found.node
        assert isinstance(node, TextNode)
        document = record.document(node.metadata["document"])
        assert node.text == document.text[node.start_char_idx : node.end_char_idx]
        assert (node.metadata["start"], node.metadata["end"]) == (node.start_char_idx, node.end_char_idx)


def test_scores_lie_between_nothing_and_one_best_first(ask: Asking) -> None:
    nodes = ProfileRetriever(ask.assistant.library, "qian-liu").retrieve("table pre-training")
    scores = [found.score or 0.0 for found in nodes]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("limit", [1, 3, 100])
def test_as_many_nodes_come_as_were_asked_for_and_no_more(ask: Asking, limit: int) -> None:
    nodes = ProfileRetriever(ask.assistant.library, "mira-okonjo", limit).retrieve("whales")
    assert len(nodes) == min(limit, len(ask.index("mira-okonjo").record.passages))
    assert len({found.node.node_id for found in nodes}) == len(nodes)


def test_a_node_names_the_headings_that_it_stands_under(ask: Asking) -> None:
    (node,) = ProfileRetriever(ask.assistant.library, "mira-okonjo", 1).retrieve("open archive of harbour recordings")
    assert node.node.metadata["path"] == "Projects > Hydrophone Commons"


def test_a_retriever_of_one_person_finds_nothing_of_another(ask: Asking) -> None:
    nodes: list[NodeWithScore] = ProfileRetriever(ask.assistant.library, "mira-okonjo", 50).retrieve(
        "SoftClasp gripper"
    )
    assert not any("SoftClasp" in found.node.get_content() for found in nodes)


def test_it_fits_into_a_query_engine_of_theirs(ask: Asking) -> None:
    retriever = ProfileRetriever(ask.assistant.library, "mira-okonjo", 2)
    synthesizer = get_response_synthesizer(llm=MockLLM(), response_mode=ResponseMode.COMPACT)
    response = RetrieverQueryEngine(retriever=retriever, response_synthesizer=synthesizer).query(
        "researcher, underwater listening"
    )
    assert len(response.source_nodes) == 2
    assert "Harbour Institute of Acoustics" in response.source_nodes[0].node.get_content()


def test_a_profile_that_is_not_there_raises_our_error(ask: Asking) -> None:
    with pytest.raises(ProfileNotFound):
        ProfileRetriever(ask.assistant.library, "nobody").retrieve("whales")
