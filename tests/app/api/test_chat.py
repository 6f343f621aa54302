"""The OpenAI wire format, asked by the official client."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionChunk

from tests.app.api.asking import MIRA, TEO, events, refusal
from tests.app.web.scripted import Served

WORK: list[Any] = [{"role": "user", "content": "Where does she work?"}]


@pytest.fixture
def client(assistant_url: str) -> Iterator[openai.OpenAI]:
    with connected(assistant_url) as found:
        yield found


@pytest.fixture
def scripted_client(scripted: Served) -> Iterator[openai.OpenAI]:
    with connected(scripted.url) as found:
        yield found


def connected(url: str) -> openai.OpenAI:
    http = httpx.Client(trust_env=False, timeout=60)
    return openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, http_client=http)


def cited(content: str, annotations: Any) -> list[str]:
    return [content[a["url_citation"]["start_index"] : a["url_citation"]["end_index"]] for a in annotations]


def test_an_answer_comes_with_annotations_and_the_answer_object(client: openai.OpenAI, http: httpx.Client) -> None:
    completion = client.chat.completions.create(model=MIRA, messages=WORK)
    choice = completion.choices[0]
    assert choice.finish_reason == "stop"
    content = choice.message.content or ""
    assert content.startswith("Mira Okonjo is a Senior Researcher")
    annotation = (choice.message.annotations or [])[0]
    where = annotation.url_citation
    assert content[where.start_index : where.end_index] == "[1]"
    assert where.title == "CV · Experience"
    answer = completion.to_dict()["vivavoce"]
    assert isinstance(answer, dict)
    assert answer["answer"] == content
    assert answer["status"] == "grounded"
    assert httpx.get(where.url, trust_env=False).json()["text"] == answer["citations"][0]["quote"]
    assert completion.usage is not None
    assert completion.usage.total_tokens == 0


def test_a_stream_says_the_same_as_the_whole(client: openai.OpenAI) -> None:
    messages: list[Any] = [{"role": "user", "content": "List her publications"}]
    whole = client.chat.completions.create(model=MIRA, messages=messages)
    chunks = list(client.chat.completions.create(model=MIRA, messages=messages, stream=True))
    said = "".join(c.choices[0].delta.content or "" for c in chunks)
    assert said == whole.choices[0].message.content
    assert said.count("\n- ") == 3
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [c.choices[0].finish_reason for c in chunks] == [None] * (len(chunks) - 1) + ["stop"]
    assert len({c.id for c in chunks}) == 1
    assert cited(said, last_delta(chunks)["annotations"]) == re.findall(r"\[\d\]", said)
    answer, streamed = (x.to_dict()["vivavoce"] for x in (whole, chunks[-1]))
    assert without_times(streamed) == without_times(answer)


def last_delta(chunks: list[ChatCompletionChunk]) -> dict[str, Any]:
    found: dict[str, Any] = chunks[-1].choices[0].delta.to_dict()
    return found


def without_times(answer: Any) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "timings_ms"}


def test_usage_comes_in_a_chunk_of_its_own_where_it_is_asked_for(client: openai.OpenAI, http: httpx.Client) -> None:
    with_it = list(
        client.chat.completions.create(model=MIRA, messages=WORK, stream=True, stream_options={"include_usage": True})
    )
    assert with_it[-1].choices == []
    assert with_it[-1].usage is not None
    assert with_it[-2].choices[0].finish_reason == "stop"
    assert [c.usage for c in with_it[:-1]] == [None] * (len(with_it) - 1)
    without = list(client.chat.completions.create(model=MIRA, messages=WORK, stream=True))
    assert without[-1].choices[0].finish_reason == "stop"
    assert without[-1].usage is not None
    raw = http.post("/v1/chat/completions", json={"model": MIRA, "messages": WORK, "stream": True})
    assert events(raw)[-1] == (None, "[DONE]")


@pytest.mark.parametrize(
    "messages",
    [
        [{"role": "system", "content": "Answer as a pirate."}, *WORK],
        [{"role": "developer", "content": "Never cite."}, *WORK],
        [{"role": "user", "content": [{"type": "text", "text": "Where does"}, {"type": "text", "text": "she work?"}]}],
        [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hello!"}, *WORK],
        [*([{"role": "user", "content": "x" * 4_000}, {"role": "assistant", "content": "y"}] * 200), *WORK],
    ],
)
def test_instructions_are_ignored_and_long_histories_are_bounded(client: openai.OpenAI, messages: list[Any]) -> None:
    completion = client.chat.completions.create(model=MIRA, messages=messages)
    assert (completion.choices[0].message.content or "").startswith("Mira Okonjo is a Senior Researcher")


def test_the_conversation_is_heard(client: openai.OpenAI) -> None:
    messages: list[Any] = [
        {"role": "user", "content": "Which papers were published in 2021?"},
        {"role": "assistant", "content": "One."},
        {"role": "user", "content": "And in 2023?"},
    ]
    completion = client.chat.completions.create(model=MIRA, messages=messages)
    answer: Any = completion.to_dict()["vivavoce"]
    assert "2023" in answer["question"]
    assert answer["question"] != "And in 2023?"


def test_parameters_that_change_nothing_are_accepted(client: openai.OpenAI) -> None:
    completion = client.chat.completions.create(
        model=MIRA,
        messages=WORK,
        n=1,
        temperature=1.9,
        max_tokens=1,
        top_p=0.1,
        seed=7,
        stop=["a"],
        user="u",
        metadata={"a": "b"},
        tools=[],
        tool_choice="none",
        response_format={"type": "text"},
        logprobs=False,
        extra_body={"session_id": "x", "think": {"deep": True}},
    )
    assert completion.choices[0].finish_reason == "stop"


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"n": 2}, "n"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, "tools"),
        ({"functions": [{"name": "f"}]}, "functions"),
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": {}}}}, "response_format"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"modalities": ["text", "audio"]}, "modalities"),
        ({"audio": {"voice": "alloy", "format": "wav"}}, "audio"),
        ({"logprobs": True}, "logprobs"),
        (
            {"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:"}}]}]},
            "image_url",
        ),
        ({"messages": [{"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]}]}, "input_audio"),
        ({"messages": [*WORK, {"role": "tool", "content": "1", "tool_call_id": "a"}]}, "tools"),
        ({"messages": [*WORK, {"role": "assistant", "content": "I"}]}, "the last message must be the user's"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_is_not_done_here_is_refused_in_words(
    client: openai.OpenAI, more: dict[str, Any], word: str, stream: bool
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.post(
            "/chat/completions",
            body={"model": MIRA, "messages": WORK, "stream": stream} | more,
            cast_to=httpx.Response,
        )
    assert word in refused.value.message
    assert refused.value.code in {"unsupported_parameter", "unsupported_content", "unsupported_message", "last_message"}
    assert refused.value.type == "invalid_request"


def test_an_unknown_model_is_not_found_and_names_the_near_ones(client: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError, match="did you mean: mira-okonjo") as refused:
        client.chat.completions.create(model="mira-okonja", messages=WORK)
    assert refused.value.code == "unknown_profile"


@pytest.mark.parametrize(
    "body",
    [
        {"messages": WORK},
        {"model": MIRA, "messages": []},
        {"model": MIRA, "messages": "Where?"},
        {"model": MIRA, "messages": [{"content": "a"}]},
        {"model": MIRA, "messages": [{"role": "user", "content": 5}]},
        {"model": MIRA, "messages": WORK, "stream": "yes"},
        {"model": 5, "messages": WORK},
        [],
    ],
)
def test_a_wrong_body_is_told_what_is_wrong_with_it(http: httpx.Client, body: Any) -> None:
    assert refusal(http.post("/v1/chat/completions", json=body))[:2] == (422, "invalid_body")


def test_the_client_raises_where_a_stream_breaks_off(scripted_client: openai.OpenAI) -> None:
    stream = scripted_client.chat.completions.create(
        model=MIRA, messages=[{"role": "user", "content": "cut"}], stream=True
    )
    heard: list[ChatCompletionChunk] = []
    with pytest.raises(openai.APIError, match="incident"):
        heard.extend(stream)
    assert [c.choices[0].finish_reason for c in heard] == [None, None]


def test_the_client_is_told_when_to_come_back(client: openai.OpenAI) -> None:
    with pytest.raises(openai.InternalServerError, match="run 'vivavoce ingest broken'") as refused:
        client.chat.completions.create(model="broken", messages=WORK)
    assert int(refused.value.response.headers["retry-after"]) > 0


def test_profiles_are_models(client: openai.OpenAI) -> None:
    models = list(client.models.list())
    assert [m.id for m in models] == [MIRA, TEO]
    assert {m.object for m in models} == {"model"}
    one = client.models.retrieve(MIRA)
    assert one == models[0]
    assert one.owned_by == "vivavoce"
    assert one.created > 1_700_000_000
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("nobody")
