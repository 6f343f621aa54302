"""``/health``, ``/ready`` and ``/metrics`` as whatever watches over a server reads them."""

import re
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.library import Library
from app.model.breaker import Breaker
from app.model.budget import Budget, Caps, Price
from app.observe.ready import Readiness
from app.observe.stop import Stop
from evals.scripted import MODEL
from tests.app.observe.conftest import MIRA, Watched
from tests.app.observe.running import TOKEN, Running
from tests.conftest import Desk

TEO = "teo-lindqvist"


def metrics(watched: Watched) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by name and labels."""
    with watched.server.client(authorization=f"Bearer {TOKEN}") as client:
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_metrics_are_there_for_whoever_has_the_token(watched: Watched, failing: Running) -> None:
    with watched.server.client() as client:
        for wrong in ("", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer \xe9"):
            refused = client.get("/metrics", headers={b"authorization": wrong.encode("latin-1")})
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"] == "Bearer"
            assert "vivavoce_" not in refused.text
        assert client.get("/metrics", headers={"authorization": f"bearer {TOKEN}"}).status_code == 200
    with failing.client(authorization=f"Bearer {TOKEN}") as client:
        assert client.get("/metrics").status_code == 404, "without a token in the settings there is nothing"


def test_an_answer_is_counted_with_its_times_its_tokens_and_its_cost(watched: Watched) -> None:
    before = metrics(watched)
    with watched.server.client() as client:
        # A word that no other test uses, so that the answer is not in the model's cache.
        question = "Where did she study, and in which years was that?"
        answer = client.post("/v1/ask", json={"profile": MIRA, "question": question}).json()
    after = metrics(watched)

    def grown(name: str, **labels: str) -> float:
        key = (name, tuple(sorted(labels.items())))
        return after.get(key, 0.0) - before.get(key, 0.0)

    assert answer["mode"] == MODEL
    assert answer["usage"]["completion_tokens"] > 0
    assert grown("vivavoce_requests_total", method="POST", route="/v1/ask", status="200") == 1
    assert grown("vivavoce_answers_total", profile=MIRA, status=answer["status"], mode=MODEL) == 1
    assert grown("vivavoce_answer_seconds_count", mode=MODEL) == 1
    assert grown("vivavoce_first_sentence_seconds_count", mode=MODEL) == 1
    first, whole = (grown(f"vivavoce_{n}_seconds_sum", mode=MODEL) for n in ("first_sentence", "answer"))
    assert 0 < first <= whole
    assert grown("vivavoce_model_calls_total", outcome="ok") >= 1
    assert grown("vivavoce_model_tokens_total", kind="prompt") == answer["usage"]["prompt_tokens"]
    assert grown("vivavoce_model_tokens_total", kind="completion") == answer["usage"]["completion_tokens"]
    assert grown("vivavoce_model_cost_usd_total") == pytest.approx(answer["usage"]["cost_usd"], abs=1e-6)
    assert after["vivavoce_breaker", (("state", "closed"),)] == 1
    assert 0 < after["vivavoce_budget_left_ratio", ()] <= 1
    assert after["vivavoce_index", (("profile", MIRA), ("state", "verified"))] == 1
    made = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
    age = (datetime.now(UTC) - made).total_seconds()
    assert after["vivavoce_index_age_seconds", (("profile", MIRA),)] == pytest.approx(age, abs=60)
    assert after["process_resident_memory_bytes", ()] > 1e7


def test_a_stream_is_open_as_long_as_it_is_sent(watched: Watched) -> None:
    def open_now() -> float:
        return metrics(watched)["vivavoce_open_streams", ()]

    before = open_now()
    with watched.server.client() as client:
        with client.stream("GET", "/gradio_api/heartbeat/a-tab-of-a-test") as stream:
            beats = stream.iter_raw()
            assert next(beats)
            assert open_now() == before + 1
        until = time.monotonic() + 30
        while open_now() != before and time.monotonic() < until:
            time.sleep(0.2)
        assert open_now() == before


def test_a_server_whose_indexes_are_whole_is_ready(watched: Watched) -> None:
    with watched.server.client() as client:
        answer = client.get("/ready")
        alive = client.get("/health")
    assert alive.json() == {"status": "ok", "profiles": [MIRA, TEO]}
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["status"] == "ready"
    assert set(told["profiles"]) == {MIRA, TEO}
    for state in told["profiles"].values():
        assert state["index"] == "verified"
        assert re.fullmatch(r"gen-\d{5}", state["generation"])
    assert told["model"]["name"] == MODEL
    assert told["model"]["breaker"] == "closed"
    assert 0 < told["model"]["budget_left"] <= 1
    assert str(watched.desk.index) not in answer.text


@pytest.fixture
def library(tmp_path: Path, ingested: Desk) -> Library:
    """Of copies that a test may damage."""
    shutil.copytree(ingested.profiles, tmp_path / "profiles")
    shutil.copytree(ingested.index, tmp_path / "index")
    return Library(tmp_path / "profiles", tmp_path / "index", ingested.embedder)


def test_a_damaged_index_is_degraded_and_goes_on_answering(library: Library) -> None:
    readiness = Readiness(library, None, Stop(), "1.2.3")
    for slug in library.slugs():
        library.open(slug)
    damaged = library.open(MIRA).generation
    victim = max(
        (p for p in damaged.rglob("*") if p.is_file() and p.name != "MANIFEST.json"), key=lambda p: p.stat().st_size
    )
    victim.write_bytes(victim.read_bytes()[:-1] + b"\x00\x01")
    found = readiness.look()
    assert (found.status, found.answers) == ("degraded", True)
    assert found.profiles[MIRA].state == "degraded"
    assert found.profiles[TEO].state == "verified"
    assert found.to_json()["version"] == "1.2.3"


def test_a_server_that_can_answer_for_nobody_is_not_ready(library: Library) -> None:
    shutil.rmtree(library.index / MIRA)
    readiness = Readiness(library, None, Stop(), "1")
    assert readiness.look().status == "degraded"
    assert readiness.look().profiles[MIRA].state == "unusable"
    shutil.rmtree(library.index / TEO)
    other = Readiness(Library(library.profiles, library.index, library.embedder), None, Stop(), "1")
    assert (other.look().status, other.look().answers) == ("unavailable", False)


def test_a_server_that_stops_is_not_ready(library: Library) -> None:
    stop = Stop()
    stop.announce()
    assert Readiness(library, None, stop, "1").look().to_json()["status"] == "stopping"


def test_a_breaker_tells_its_state() -> None:
    clock = [0.0]
    breaker = Breaker(lambda: clock[0], failures=2, pause_s=30)
    states: list[str] = [breaker.state]
    breaker.failed("timeout")
    states.append(breaker.state)
    breaker.failed("timeout")
    states.append(breaker.state)
    clock[0] = 31
    states.append(breaker.state)
    breaker.succeeded()
    states.append(breaker.state)
    assert states == ["closed", "closed", "open", "half_open", "closed"]


@pytest.mark.parametrize(
    ("caps", "left"),
    [
        (Caps(), None),
        (Caps(day_tokens=1_000), 0.7),
        (Caps(day_tokens=1_000, month_tokens=400), 0.25),
        (Caps(day_tokens=1_000, day_usd=0.0006), 0.5),
        (Caps(day_tokens=0), 0.0),
        (Caps(month_tokens=100), 0.0),
    ],
)
def test_a_budget_tells_what_is_left_of_its_tightest_cap(tmp_path: Path, caps: Caps, left: float | None) -> None:
    now = datetime(2026, 1, 5, tzinfo=UTC)
    spending = Budget(tmp_path / "spent", Caps(), Price(1.0, 1.0), lambda: now)
    spending.settle(spending.reserve("m", 200, 200), 200, 100)
    found = Budget(tmp_path / "spent", caps, Price(1.0, 1.0), lambda: now).left()
    assert found == (left if left is None else pytest.approx(left))
