"""A model server as a child: it is ours alone, it ends with us, and what keeps it from coming up is one line."""

import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from app.errors import ConfigurationError
from app.model.check import check_model
from app.model.local import Served, installed, local_model, serving
from app.settings import Settings
from app.start import open_assistant
from evals.support import unsupported
from tests.app.conftest import Asking
from tests.app.model.standin import NAME
from tests.conftest import TOP

STANDIN = str(Path(__file__).with_name("standin.py"))


def is_there(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as asked:
        return asked.connect_ex((parts.hostname or "", parts.port or 0)) == 0


def goes(url: str, within_s: float = 5.0) -> bool:
    until = time.monotonic() + within_s
    while is_there(url) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_there(url)


def models(served: Served, key: str) -> Any:
    return httpx.get(f"{served.url}/models", headers={"Authorization": f"Bearer {key}"}, trust_env=False)


def test_a_server_runs_as_long_as_it_is_needed() -> None:
    with serving(STANDIN, NAME, ["willing"]) as served:
        assert is_there(served.url)
        assert served.url.startswith("http://127.0.0.1:")
    assert not is_there(served.url)


def test_it_ends_with_its_parent_even_where_that_is_killed() -> None:
    parent = (
        "import sys, time; from app.model.local import serving\n"
        "with serving(sys.argv[1], sys.argv[2], ['willing']) as served: print(served.url, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", parent, STANDIN, NAME]
    with subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        was_there = is_there(url)
        process.send_signal(signal.SIGKILL)
    assert was_there
    assert goes(url)


def test_only_we_can_use_it_and_it_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serving(STANDIN, NAME, ["willing"]) as served:
        assert models(served, "sk-planted").status_code == 401
        names = {m["id"] for m in models(served, served.key).json()["data"]}
    assert names - {NAME, "LC_CTYPE"} == {"API_KEY"}
    assert served.key not in repr(served)


def test_what_it_says_is_not_for_the_console(capfd: pytest.CaptureFixture[str]) -> None:
    with serving(STANDIN, NAME, ["willing"]):
        pass
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("how", "words"),
    [("broken", "ended by itself (no room for the tensors)"), ("silent", "did not answer in time"), ("nameless", "did not answer in time")],
)  # fmt: skip
def test_a_server_that_does_not_come_up_is_one_line(how: str, words: str) -> None:
    started = time.monotonic()
    with pytest.raises(ConfigurationError) as failed, serving(STANDIN, NAME, [how], ready_s=2.0):
        pass
    assert time.monotonic() - started < 10
    assert words in str(failed.value)
    assert str(failed.value).endswith("leave --local-model out, or free memory and processor and try again")
    assert "\n" not in str(failed.value)


def test_settings_name_it_in_the_place_of_any_other_model() -> None:
    other = Settings(model="gpt-x", model_key="sk-other", model_class="a.B", offline=True, budget_day_usd=1.0)  # type: ignore[arg-type]
    found = Served("http://127.0.0.1:1/v1", NAME, "secret", 1).settings(other)
    assert (found.asks_a_model, found.model_name, found.model_url) == (True, NAME, "http://127.0.0.1:1/v1")
    assert (found.model_class, found.budget_day_usd, found.budget_day_tokens) == (None, None, None)
    assert found.model_key is not None
    assert found.model_key.get_secret_value() == "secret"
    assert found.answer_tokens < other.answer_tokens
    assert Served("u", NAME, "k", 1).settings(Settings(answer_tokens=40)).answer_tokens == 40


def test_without_the_extra_a_line_says_how_to_install_it() -> None:
    with pytest.raises(ConfigurationError) as failed:
        installed(("json", "not_to_be_found_anywhere"))
    assert "not_to_be_found_anywhere is missing" in str(failed.value)
    assert str(failed.value).endswith("-r requirements-local.txt")
    assert sys.executable in str(failed.value)


# With the extra


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(find_spec("llama_cpp") is None, reason="the extra 'local' is not installed: requirements-local.txt")
def test_the_real_model_gets_nothing_through_that_the_record_does_not_say(ask: Asking, tmp_path: Path) -> None:
    questions = ["Where does she work now?", "What is her phone number?", "What has she written about whales?"]
    with local_model(Settings(budget_file=tmp_path / "spent.sqlite3", index=ask.assistant.library.index)) as settings:
        assert check_model(settings).is_fine
        assistant = open_assistant(settings, ask.assistant.library)
        answers = [Asking(assistant)("mira-okonjo", question) for question in questions]
        assistant.close()
    record = ask.index("mira-okonjo").record
    for answer in answers:
        assert unsupported(answer, record, is_count=False)[1] == ()
    assert "Harbour Institute of Acoustics" in answers[0].answer
    assert answers[0].model is not None
    assert answers[0].model.name == installed().stem
    assert answers[0].usage["completion_tokens"] > 0
    assert answers[0].model.fallback not in {
        "connect",
        "auth",
        "unknown_model",
        "malformed",
        "cut",
        "server",
        "timeout",
    }
    assert (answers[1].status, answers[1].model) == ("refused", None)
