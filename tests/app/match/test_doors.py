"""The doors of the desk: ``vivavoce match`` and ``POST /v1/match``."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.cli import run
from app.match.desk import LONGEST
from tests.app.match.served import serving_matches
from tests.app.web.scripted import Served
from tests.conftest import Desk

JOB = "Requirements:\n- PhD in physics\n- Experience with hydrophones\n- Beekeeping\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("doors")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    with serving_matches(folder / "profiles", folder / "index") as served:
        yield served


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as http:
        yield http


def test_a_match_over_http_is_the_report(client: httpx.Client) -> None:
    answer = client.post("/v1/match", json={"profile": "mira-okonjo", "text": JOB})
    assert answer.status_code == 200
    body = answer.json()
    assert [r["verdict"] for r in body["requirements"]] == ["stated", "stated", "not stated"]
    assert body["counts"] == {"stated": 2, "related": 0, "not_stated": 1}
    assert {"summary", "notice", "citations", "not_evaluated", "fingerprint", "mode"} <= set(body)
    assert not {"score", "rank", "fit"} & set(body)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"profile": "nobody", "text": JOB}, 404, "unknown_profile"),
        ({"profile": "mira-okonjo", "text": ""}, 400, "job_refused"),
        ({"profile": "mira-okonjo", "text": "x" * (LONGEST + 1)}, 413, "job_refused"),
        ({"profile": "mira-okonjo"}, 422, "invalid_body"),
        ({"profile": "mira-okonjo", "text": JOB, "rank": True}, 422, "invalid_body"),
        ({"profile": "mira-okonjo", "text": "x" * 2_000_000}, 413, "too_large"),
    ],
)
def test_what_cannot_be_matched_is_refused_in_the_one_shape(
    client: httpx.Client, body: dict[str, object], status: int, code: str
) -> None:
    answer = client.post("/v1/match", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_file_that_did_not_arrive_whole_is_refused(client: httpx.Client) -> None:
    body = {"profile": "mira-okonjo", "file": {"name": "job.pdf", "base64": "%%%"}}
    answer = client.post("/v1/match/view", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "job_refused")


@pytest.fixture
def job(tmp_path: Path) -> Path:
    path = tmp_path / "job.md"
    path.write_text(JOB, encoding="utf-8")
    return path


def test_the_shell_prints_the_report_as_json(capsys: pytest.CaptureFixture[str], ingested: Desk, job: Path) -> None:
    assert run(["match", "mira-okonjo", str(job), "--json", *ingested.options]) == 0
    assert [r["verdict"] for r in json.loads(capsys.readouterr().out)["requirements"]] == [
        "stated",
        "stated",
        "not stated",
    ]


@pytest.mark.parametrize(("form", "begins"), [("markdown", "# Job description"), ("html", "<!doctype html>")])
def test_the_shell_writes_the_report_to_a_file(
    ingested: Desk, job: Path, tmp_path: Path, form: str, begins: str
) -> None:
    out = tmp_path / "report"
    assert run(["match", "mira-okonjo", str(job), "--format", form, "--out", str(out), *ingested.options]) == 0
    assert out.read_text(encoding="utf-8").startswith(begins)


def test_the_shell_shows_verdicts_evidence_and_questions(
    capsys: pytest.CaptureFixture[str], ingested: Desk, job: Path
) -> None:
    assert run(["match", "mira-okonjo", str(job), *ingested.options]) == 0
    shown = capsys.readouterr().out
    assert "Not stated   Beekeeping" in shown
    assert "Worth asking" in shown
    assert "Ph.D. in Marine Physics" in shown


def test_a_job_file_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str], ingested: Desk) -> None:
    assert run(["match", "mira-okonjo", "nowhere.md", *ingested.options]) == 2
    error = capsys.readouterr().err
    assert error.startswith("vivavoce: nowhere.md: no such file; give")
    assert error.count("\n") == 1
