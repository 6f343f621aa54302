"""What can be read without a question: profiles, documents, exact spans, search; and nothing that is withheld."""

import json
from typing import Any

import httpx
import pytest

from ingest.private import MASK
from tests.app.api.asking import MIRA, TEO, refusal


def test_profiles_are_listed_with_those_that_cannot_answer(http: httpx.Client) -> None:
    listed = {p["slug"]: p for p in http.get("/v1/profiles").json()["profiles"]}
    assert list(listed) == ["broken", MIRA, TEO]
    assert [slug for slug, p in listed.items() if p["ready"]] == [MIRA, TEO]
    assert listed["broken"]["name"] is None
    assert listed[MIRA]["name"] == "Mira Okonjo"
    assert listed[MIRA]["role"].startswith("Senior Researcher")


def test_a_profile_says_who_it_is_and_what_can_be_asked(http: httpx.Client) -> None:
    profile = http.get(f"/v1/profiles/{MIRA}").json()
    assert (profile["slug"], profile["name"], profile["language"]) == (MIRA, "Mira Okonjo", "en")
    assert profile["read"] == "2026-01-05"
    assert profile["counts"]["publications"] == 3
    assert profile["counts"]["degrees"] == 1
    assert [d["id"] for d in profile["documents"]] == ["cv.md"]
    assert set(profile["documents"][0]) == {"id", "title", "media_type", "characters", "pages", "url"}
    assert all("?" in suggestion for suggestion in profile["suggestions"])
    assert "origins" not in profile


def test_suggestions_come_in_the_language_that_is_asked_for(http: httpx.Client) -> None:
    chinese = http.get(f"/v1/profiles/{MIRA}", params={"language": "zh"}).json()
    assert all(any("\u4e00" <= c <= "\u9fff" for c in s) for s in chinese["suggestions"])
    assert refusal(http.get(f"/v1/profiles/{MIRA}", params={"language": "tlh"}))[:2] == (422, "invalid_query")


def test_a_span_is_exactly_what_was_cited(http: httpx.Client) -> None:
    answer = http.post("/v1/ask", json={"profile": MIRA, "question": "List her publications"}).json()
    assert len(answer["citations"]) == 3
    for cited in answer["citations"]:
        where = {"start": cited["start"], "end": cited["end"]}
        found = http.get(f"/v1/profiles/{MIRA}/documents/{cited['document']}", params=where).json()
        assert found["text"] == cited["quote"]
        assert found["fingerprint"] == answer["fingerprint"]


def test_a_document_is_its_canonical_text(http: httpx.Client) -> None:
    whole = http.get(f"/v1/profiles/{MIRA}/documents/cv.md").json()
    assert (whole["start"], whole["end"]) == (0, whole["characters"])
    assert len(whole["text"]) == whole["characters"]
    assert "#" not in whole["text"]
    ends = [
        http.get(f"/v1/profiles/{MIRA}/documents/cv.md", params=q).json()["text"] for q in ({"end": 5}, {"start": 5})
    ]
    assert "".join(ends) == whole["text"]
    at = whole["characters"]
    assert http.get(f"/v1/profiles/{MIRA}/documents/cv.md", params={"start": at, "end": at}).json()["text"] == ""
    listed = http.get(f"/v1/profiles/{MIRA}/documents").json()
    assert listed["documents"] == [{k: whole[k] for k in listed["documents"][0]}]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("start=0&end=99999999", 416, "span_out_of_range"),
        ("start=9&end=3", 416, "span_out_of_range"),
        ("start=99999999", 416, "span_out_of_range"),
        ("start=-1", 422, "invalid_query"),
        ("start=one", 422, "invalid_query"),
        ("end=1.5", 422, "invalid_query"),
        (f"start={'9' * 5000}", 422, "invalid_query"),
    ],
)
def test_a_span_that_is_none_says_why(http: httpx.Client, query: str, status: int, code: str) -> None:
    assert refusal(http.get(f"/v1/profiles/{MIRA}/documents/cv.md?{query}"))[:2] == (status, code)


@pytest.mark.parametrize(
    ("path", "status", "code", "words"),
    [
        ("profiles/mira-okonja", 404, "unknown_profile", "did you mean: mira-okonjo"),
        ("profiles/..%2f..%2fetc", 404, "not_found", ""),
        ("profiles/%00", 404, "unknown_profile", "there are"),
        ("profiles/broken", 503, "index_unusable", "run 'vivavoce ingest broken'"),
        ("profiles/nobody/documents", 404, "unknown_profile", "there are"),
        (f"profiles/{MIRA}/documents/cv.mdx", 404, "unknown_document", "did you mean: cv.md"),
        (f"profiles/{MIRA}/documents/../../../etc/passwd", 404, "not_found", ""),
        (f"profiles/{MIRA}/documents/..%2Fprofile.toml", 404, "unknown_document", "there are: cv.md"),
        (f"profiles/{MIRA}/documents/profile.toml", 404, "unknown_document", ""),
        (f"profiles/{MIRA}/documents/papers.txt", 404, "unknown_document", ""),
        ("models/nobody", 404, "unknown_profile", "there are"),
    ],
)
def test_what_is_not_there_names_the_near_ones(
    http: httpx.Client, path: str, status: int, code: str, words: str
) -> None:
    found = refusal(http.get(f"/v1/{path}"))
    assert found[0] == status
    assert found[1] in {code, "unknown_profile"} if code == "not_found" else found[1] == code
    assert words in found[2]


def test_search_finds_passages_and_facts_with_exact_spans(http: httpx.Client) -> None:
    found = http.post("/v1/search", json={"profile": MIRA, "query": "whale calls in harbours", "limit": 3}).json()
    assert len(found["passages"]) == 3
    assert 1 <= len(found["facts"]) <= 3
    text = http.get(f"/v1/profiles/{MIRA}/documents/cv.md").json()["text"]
    for hits in (found["passages"], found["facts"]):
        assert all(text[hit["start"] : hit["end"]] == hit["quote"] for hit in hits)
        scores = [hit["score"] for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
    assert "Whale song" in found["passages"][0]["quote"]
    assert found["facts"][0]["kind"] == "publication"
    assert found["facts"][0]["values"]["title"] in " ".join(found["facts"][0]["quote"].split())


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"profile": MIRA, "query": "  "}, 400, "query_refused"),
        ({"profile": MIRA, "query": "x" * 501}, 413, "query_too_long"),
        ({"profile": MIRA, "query": "a", "limit": 0}, 422, "invalid_body"),
        ({"profile": MIRA, "query": "a", "limit": 51}, 422, "invalid_body"),
        ({"profile": MIRA, "query": "a", "limit": "5"}, 422, "invalid_body"),
        ({"profile": MIRA}, 422, "invalid_body"),
        ({"profile": MIRA, "query": "a", "k": 5}, 422, "invalid_body"),
        ({"profile": "nobody", "query": "a"}, 404, "unknown_profile"),
        ({"profile": "broken", "query": "a"}, 503, "index_unusable"),
    ],
)
def test_a_search_that_cannot_be_made_says_why(http: httpx.Client, body: Any, status: int, code: str) -> None:
    assert refusal(http.post("/v1/search", json=body))[:2] == (status, code)


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\u202e\U0010ffff", "🦑" * 400, "İ" * 300])
def test_odd_characters_are_never_a_fault_of_the_server(http: httpx.Client, odd: str) -> None:
    for path, body in (
        ("ask", {"profile": MIRA, "question": odd}),
        ("ask", {"profile": odd, "question": "Who?"}),
        ("search", {"profile": MIRA, "query": odd}),
        ("chat/completions", {"model": MIRA, "messages": [{"role": "user", "content": odd}]}),
        ("chat/completions", {"model": odd, "messages": [{"role": "user", "content": "Who?"}]}),
    ):
        reply = http.post(f"/v1/{path}", content=json.dumps(body), headers={"content-type": "application/json"})
        assert reply.status_code in {200, 400, 404, 422}, (path, reply.text)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":1' + b"0" * 9_000 + b"}", b"", b"null"])
@pytest.mark.parametrize("path", ["ask", "search", "chat/completions", "match", "feedback"])
def test_what_is_no_object_is_refused(http: httpx.Client, path: str, content: bytes) -> None:
    reply = http.post(f"/v1/{path}", content=content, headers={"content-type": "application/json"})
    status, code, _ = refusal(reply)
    assert status in {400, 422}
    assert code == "invalid_body"


def test_what_the_owner_does_not_share_is_at_no_route(http: httpx.Client) -> None:
    text = http.get(f"/v1/profiles/{MIRA}/documents/cv.md").json()["text"]
    assert MASK * 3 in text
    asked = {"profile": MIRA, "question": "What is her phone number?"}
    messages = [{"role": "user", "content": "What is her phone number?"}]
    replies = [
        http.get(f"/v1/profiles/{MIRA}"),
        http.get(f"/v1/profiles/{MIRA}/documents"),
        http.get(f"/v1/profiles/{MIRA}/documents/cv.md"),
        http.post("/v1/ask", json=asked),
        http.post("/v1/ask", json=asked | {"stream": True}),
        http.post("/v1/chat/completions", json={"model": MIRA, "messages": messages}),
        http.post("/v1/search", json={"profile": MIRA, "query": "phone +351 912 345 678", "limit": 50}),
        http.post("/v1/match", json={"profile": MIRA, "text": "Requirements:\n- Phone 912 345 678 and acoustics"}),
    ]
    for reply in replies:
        assert reply.status_code == 200
        said = reply.json() if "json" in reply.headers["content-type"] else {"stream": reply.text}
        said.pop("requirements", None)  # the posting's own words come back
        assert "912" not in json.dumps(said), reply.url
