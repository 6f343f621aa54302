"""The README's commands run and print what it shows."""

import json
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.profile import read_profile
from tests.app.web.chromium import chromium
from tests.app.web.scripted import free_port
from tests.conftest import TOP

README = (TOP / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
FIRST, SHOWN = BLOCKS[0][1].splitlines(), BLOCKS[1][1]
VERBS = re.findall(r"^\| `viva ([a-z]+(?: [a-z]+)?) ?", README, re.MULTILINE)


def run(*words: str, cwd: Path = TOP) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *words], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.fixture(scope="module")
def url(index: Path) -> Iterator[str]:
    """The address of ``vivavoce serve`` over the repository's own profiles."""
    port = free_port()
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--index", str(index)]
    with subprocess.Popen(command, cwd=TOP, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            await_health(url)
            yield url
        finally:
            server.kill()


def await_health(url: str, limit_s: float = 90.0) -> None:
    deadline = time.monotonic() + limit_s
    while True:
        try:
            assert httpx.get(f"{url}/health", timeout=2, trust_env=False).status_code == 200
        except httpx.TransportError:
            assert time.monotonic() < deadline, "the server did not come up"
            time.sleep(0.2)
        else:
            return


def test_the_first_screen_names_the_launcher_and_its_two_doors() -> None:
    assert [shlex.split(line)[:2] for line in FIRST] == [["./viva", "serve"], ["./viva", "test"], ["./viva", "ask"]]
    assert (TOP / "viva").stat().st_mode & 0o111


def test_the_question_of_the_first_screen_prints_what_is_shown(index: Path) -> None:
    answered = run(*shlex.split(FIRST[2])[1:], "--index", str(index))
    assert answered.returncode == 0, answered.stderr
    assert answered.stdout.split() == SHOWN.split()


@pytest.mark.parametrize("verb", sorted(set(VERBS)))
def test_every_verb_of_the_table_is_there(verb: str) -> None:
    shown = run(*verb.split(), "--help")
    assert shown.returncode == 0, shown.stderr
    assert "Usage" in shown.stdout


def test_the_profile_of_the_example_is_a_profile(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    example = next(text for language, text in BLOCKS if language == "toml")
    (tmp_path / "ada" / "profile.toml").write_text(example, encoding="utf-8")
    profile = read_profile(tmp_path, "ada")
    assert (profile.name, [s.path for s in profile.sources]) == ("Ada Byron", ["cv.md"])


def test_the_requests_of_the_examples_are_answered(url: str) -> None:
    commands = next(text for _, text in BLOCKS if text.startswith("curl")).replace("\\\n", " ").splitlines()
    assert len(commands) == 3
    for command in commands:
        words = shlex.split(command)
        address = next(w for w in words if w.startswith("http")).replace("http://127.0.0.1:7860", url)
        if "-d" in words:
            answer = httpx.post(address, json=json.loads(words[-1]), timeout=30, trust_env=False)
        else:
            answer = httpx.get(address, timeout=30, trust_env=False)
        assert answer.status_code == 200, answer.text
        assert "TikTok" in answer.text or "[DONE]" in answer.text


@pytest.mark.slow
def test_the_python_of_the_example_asks_as_it_says(url: str) -> None:
    program = next(text for sort, text in BLOCKS if sort == "python")
    told = subprocess.run(
        [sys.executable, "-c", program.replace("http://127.0.0.1:7860", url)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.rstrip().endswith("grounded")
    assert "url_citation" in told.stdout


@pytest.mark.browser
def test_the_page_that_serve_opens_answers_and_shows_the_quote_in_its_source(url: str) -> None:
    question = shlex.split(FIRST[2])[-1]
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"{url}/?profile=qian-liu")
        page.locator(".vv-greeting").first.wait_for(timeout=30_000)
        page.get_by_label("Your question").fill(question)
        page.get_by_label("Your question").press("Enter")
        chip = page.locator(".vv-cite").first
        chip.wait_for(timeout=30_000)
        chip.click()
        mark = page.locator("mark").first
        mark.wait_for(timeout=10_000)
        marked = " ".join(" ".join(page.locator("mark").all_inner_texts()).split())
    assert marked
    assert marked in " ".join(SHOWN.split())
