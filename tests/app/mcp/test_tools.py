"""The tools as an agent meets them, through the official client, at every door."""

import json
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from tests.app.mcp.asking import Agent, ask_over_mcp, text
from tests.app.web.scripted import Served
from tests.conftest import TOP, Desk

JOB = "Requirements:\n- PhD in physics\n- Experience with hydrophones\n- Beekeeping\n- at most 35 years old\n"
MIRA = {"profile": "mira-okonjo"}
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("list_profiles", {}),
    ("ask_profile", {**MIRA, "question": "Where does she work now?"}),
    ("ask_profile", {**MIRA, "question": "What is her shoe size?"}),
    ("search_profile", {**MIRA, "query": "recordings of whales", "limit": 3}),
    ("list_publications", {**MIRA}),
    ("list_publications", {"profile": "teo-lindqvist", "author_position": "first"}),
    ("get_source", {**MIRA, "document": "cv.md"}),
    ("check_requirements", {**MIRA, "job_description": JOB}),
]


def test_there_are_six_tools_that_only_read(agent: Agent) -> None:
    tools = agent.portal.call(agent.client.list_tools).tools
    assert {tool.name for tool in tools} == {name for name, _ in CALLS}
    for tool in tools:
        assert tool.title
        assert tool.description
        hints = tool.annotations
        assert hints is not None
        assert (hints.read_only_hint, hints.destructive_hint) == (True, False)
        assert (hints.idempotent_hint, hints.open_world_hint) == (True, False)
        assert tool.input_schema["additionalProperties"] is False
        assert all(one["description"] for one in tool.input_schema["properties"].values())
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)


def test_an_agent_is_told_how_to_begin(agent: Agent) -> None:
    assert "list_profiles" in (agent.client.instructions or "")


@pytest.mark.parametrize(("tool", "arguments"), CALLS)
def test_what_a_tool_gives_fits_its_schema_and_is_said_in_words(
    agent: Agent, people: Desk, tool: str, arguments: dict[str, Any]
) -> None:
    schemas = {t.name: t.output_schema for t in agent.portal.call(agent.client.list_tools).tools}
    result = agent.call(tool, **arguments)
    assert not result.is_error
    Draft202012Validator(schemas[tool] or {}).validate(result.structured_content)
    assert len(text(result)) > 20
    said = json.dumps(result.structured_content) + text(result)
    for place in (TOP, people.profiles, people.index):
        assert str(place) not in said


def test_an_answer_cites_and_the_source_has_the_words(agent: Agent) -> None:
    answer = agent.told("ask_profile", **MIRA, question="Where does she work now?")
    assert answer["status"] == "grounded"
    assert "Harbour Institute of Acoustics" in answer["answer"]
    assert answer["citations"]
    for cited in answer["citations"]:
        where = {"document": cited["document"], "start": cited["start"], "end": cited["end"]}
        assert agent.told("get_source", **MIRA, **where)["text"] == cited["quote"]


def test_the_words_of_an_answer_hold_its_sources(agent: Agent) -> None:
    result = agent.call("ask_profile", **MIRA, question="Where did she work before?")
    said = text(result)
    assert result.structured_content is not None
    for cited in result.structured_content["citations"]:
        assert f"[{cited['n']}] " in said
        assert f"({cited['document']} {cited['start']}-{cited['end']})" in said


def test_what_is_not_stated_is_refused_and_said_to_be(agent: Agent) -> None:
    result = agent.call("ask_profile", **MIRA, question="What is her shoe size?")
    assert result.structured_content is not None
    assert (result.structured_content["status"], result.structured_content["reason"]) == ("refused", "not_in_sources")
    assert "status: refused, not_in_sources" in text(result)


@pytest.mark.parametrize("wrapped", [False, True], ids=["a list", "a list in a string, as some clients send it"])
def test_a_question_refers_to_the_history(agent: Agent, wrapped: bool) -> None:
    history = [{"role": "user", "text": "Where does she work now?"}, {"role": "assistant", "text": "At the Institute."}]
    given = json.dumps(history) if wrapped else history
    answer = agent.told("ask_profile", **MIRA, question="And before that?", history=given)
    assert "Northlight Labs" in answer["answer"]


@pytest.mark.parametrize(
    "questions",
    [
        ("Where does she work now?",),
        ("Where does she work now?", "And before that?"),
        ("How many papers did she write?",),
        ("她的论文有哪些？",),
        ("What is her shoe size?",),
    ],
)
def test_the_answer_is_the_one_of_the_api(server: Served, questions: tuple[str, ...]) -> None:
    turns = []
    for question in questions:
        turns += [{"role": "user", "text": question}, {"role": "assistant", "text": "An answer that nobody reads."}]
    body = {"profile": "mira-okonjo", "turns": turns[:-1]}
    asked = httpx.post(f"{server.url}/v1/ask", json=body, timeout=30, trust_env=False).json()
    told = ask_over_mcp(server.url, "mira-okonjo", *questions)
    assert told.pop("timings_ms").keys() == asked.pop("timings_ms").keys()
    assert told == asked


def test_the_report_is_the_one_of_the_api(agent: Agent, server: Served) -> None:
    body = {"profile": "mira-okonjo", "text": JOB}
    report = httpx.post(f"{server.url}/v1/match", json=body, timeout=30, trust_env=False).json()
    assert agent.told("check_requirements", **MIRA, job_description=JOB) == report


def test_a_search_gives_exact_places(agent: Agent) -> None:
    found = agent.told("search_profile", **MIRA, query="open archive of harbour recordings", limit=2)
    assert len(found["passages"]) == len(found["facts"]) == 2
    assert "open archive" in found["passages"][0]["quote"]
    for one in (*found["passages"], *found["facts"]):
        where = {name: one[name] for name in ("document", "start", "end")}
        assert agent.told("get_source", **MIRA, **where)["text"] == one["quote"]


UNKNOWN = "no profile 'mira-okonja'; did you mean: mira-okonjo; list_profiles names everybody"


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask_profile", {"profile": "mira-okonja", "question": "Who?"}, UNKNOWN),
        ("search_profile", {"profile": "mira-okonja", "query": "x"}, UNKNOWN),
        ("list_publications", {"profile": "mira-okonja"}, UNKNOWN),
        ("get_source", {"profile": "mira-okonja", "document": "cv.md"}, UNKNOWN),
        ("check_requirements", {"profile": "mira-okonja", "job_description": JOB}, UNKNOWN),
        ("ask_profile", {**MIRA, "question": " "}, "the question is empty"),
        ("ask_profile", {**MIRA, "question": "x" * 501}, "at most 500 are read; ask it more shortly"),
        ("ask_profile", {**MIRA}, "question: field required; see the input schema of ask_profile"),
        ("ask_profile", {**MIRA, "question": "x", "history": "[["}, "history: "),
        ("search_profile", {**MIRA, "query": " "}, "query: is empty, say what to look for"),
        ("search_profile", {**MIRA, "query": "x", "limit": 51}, "limit: "),
        ("search_profile", {**MIRA, "query": "x", "model": "y"}, "model: extra inputs are not permitted"),
        ("list_publications", {**MIRA, "year": "soon"}, "year: 'soon' is no year; give 2024, 2019-2024"),
        ("list_publications", {**MIRA, "author_position": "second"}, "author_position: input should be 'first', "),
        ("get_source", {**MIRA, "document": "cw.md"}, "no document 'cw.md'; did you mean: cv.md; list_profiles"),
        ("get_source", {**MIRA, "document": "../profile.toml"}, "no document "),
        (
            "get_source",
            {**MIRA, "document": "cv.md", "start": 5, "end": 5},
            "5 to 5 holds no character; give 0 <= start < end <= 1227",
        ),
        ("get_source", {**MIRA, "document": "cv.md", "end": 10**9}, "give 0 <= start < end <= 1227"),
        ("get_source", {**MIRA, "document": "cv.md", "start": 10**9}, "give 0 <= start < end <= 1227"),
        ("get_source", {**MIRA, "document": "cv.md", "start": -1}, "start: input should be greater"),
        ("check_requirements", {**MIRA, "job_description": ""}, "the job description is empty"),
        ("check_requirements", {**MIRA, "job_description": "x" * 900_000}, "at most 60000 are read"),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_says_what_to_do(
    agent: Agent, tool: str, arguments: dict[str, Any], words: str
) -> None:
    refusal = agent.refusal(tool, **arguments)
    assert words in refusal
    assert "Traceback" not in refusal
    assert "\n" not in refusal
    assert len(refusal) < 400


def test_every_document_is_a_resource(agent: Agent) -> None:
    listed = agent.portal.call(agent.client.list_resources).resources
    assert [str(one.uri) for one in listed] == [
        "vivavoce://mira-okonjo/documents/cv.md",
        "vivavoce://teo-lindqvist/documents/papers.txt",
    ]
    (content,) = agent.portal.call(agent.client.read_resource, str(listed[0].uri)).contents
    whole = agent.told("get_source", **MIRA, document="cv.md")["text"]
    assert content.model_dump()["text"] == whole
