"""The log is one line a record, of us and of every library, and nobody's words are in it."""

import io
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest

from app.observe.foreign import UNTOLD
from app.observe.incident import report
from app.observe.logs import Format, Level, set_up_logs
from app.observe.redact import GONE
from evals.scripted import MODEL, faithful, serving
from ingest.errors import IndexDamaged
from tests.conftest import TOP

QUESTION = "Has the heron of Avalon ever paid for lunch?"
OURS, THEIRS = logging.getLogger("app.example"), logging.getLogger("library.of.somebody")

pytestmark = pytest.mark.usefixtures("logging_as_before")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def logged(level: Level = "debug", form: Format | None = None, secrets: tuple[str, ...] = ()) -> io.StringIO:
    stream = io.StringIO()
    set_up_logs(level, form, secrets, stream)
    return stream


def records(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_record_of_ours_is_a_line_of_json_with_its_time_its_level_and_what_it_carries() -> None:
    stream = logged()
    OURS.warning("%d of %s", 3, "ten", extra={"told": {"route": "/v1/ask", "status": 200}})
    (record,) = records(stream)
    assert record.pop("time").endswith("+00:00")
    assert record == {
        "level": "warning",
        "logger": "app.example",
        "event": "3 of ten",
        "route": "/v1/ask",
        "status": 200,
    }


def test_a_terminal_gets_a_line_for_people_and_a_pipe_json() -> None:
    terminal = Terminal()
    set_up_logs("info", None, (), terminal)
    OURS.info("request", extra={"told": {"route": "/v1/ask", "ms": 12.5}})
    assert not terminal.getvalue().startswith("{")
    assert "request" in terminal.getvalue()
    assert "route=/v1/ask ms=12.5" in terminal.getvalue()
    assert terminal.getvalue().count("\n") == 1


@pytest.mark.parametrize("form", ["json", "text"])
def test_nothing_begins_another_line_or_moves_the_cursor(form: Format) -> None:
    stream = logged(form=form)
    evil = 'a\r\n{"event": "forged"}\u2028\u2029\x85\x1b[2J\x00\u202eb'
    OURS.error("%s", evil, extra={"told": {"note": evil}})
    THEIRS.error(evil)
    assert len(stream.getvalue().splitlines()) == 2
    assert all(c.isprintable() for c in stream.getvalue().replace("\n", ""))


@pytest.mark.parametrize("form", ["json", "text"])
def test_secrets_are_taken_out_of_every_record(form: Format) -> None:
    stream = logged(form=form, secrets=("the-word-of-this-server",))
    OURS.error(
        "key %s",
        "sk-planted-0123456789",
        extra={"told": {"mail": "mara@example.org", "deep": [{"x": "+351 912 345 678"}]}},
    )
    OURS.error("the-word-of-this-server")
    for secret in ("sk-planted", "mara@", "912 345", "the-word-of"):
        assert secret not in stream.getvalue()
    assert stream.getvalue().count(GONE) == 4


def test_of_a_library_only_what_its_source_says_is_told() -> None:
    stream = logged()
    THEIRS.debug("asking for %s with %s", QUESTION, {"n": 1})
    THEIRS.warning(f"asking for {QUESTION}")
    THEIRS.error("it is broken")
    told = [record["event"] for record in records(stream)]
    assert told == ["asking for %s with %s", UNTOLD, "it is broken"]
    assert {record["where"].partition(":")[0] for record in records(stream)} == {"test_logs"}


@pytest.mark.parametrize(("level", "heard"), [("debug", 3), ("info", 1), ("warning", 1), ("error", 0)])
def test_libraries_are_heard_when_something_is_wrong_or_at_debug(level: Level, heard: int) -> None:
    stream = logged(level)
    THEIRS.debug("reading")
    THEIRS.info("reading")
    THEIRS.warning("odd")
    assert len(records(stream)) == heard


def test_openai_and_httpx_at_debug_do_not_tell_the_question_or_the_key() -> None:
    stream = logged()
    before = {name: logging.getLogger(name).level for name in ("openai", "httpx", "httpcore")}
    for name in before:
        logging.getLogger(name).setLevel(logging.DEBUG)
    key = "a-key-without-a-telling-form"
    with (
        serving(faithful) as provider,
        httpx.Client(trust_env=False) as http,
        openai.OpenAI(base_url=provider.url, api_key=key, http_client=http, max_retries=0) as client,
    ):
        client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": QUESTION}])
        (asked,) = provider.requests
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
    assert QUESTION in json.dumps(asked)
    loggers = {record["logger"].partition(".")[0] for record in records(stream)}
    assert loggers >= {"openai", "httpx", "httpcore"}
    assert "heron" not in stream.getvalue()
    assert key not in stream.getvalue()


def test_an_exception_is_told_by_its_kind_and_its_place_and_its_words_only_where_they_are_of_this_machine() -> None:
    stream = logged()
    try:
        try:
            raise OSError(28, "No space left on device", "/data/index")
        except OSError as error:
            raise ValueError(f"cannot read {QUESTION!r}") from error
    except ValueError as error:
        THEIRS.error("it is broken", exc_info=error)
        number, again = report(error, "http"), report(error, "mcp")
    assert again == number, "one failure has one number"
    theirs, ours = records(stream)
    assert ours["incident"] == number
    assert (ours["event"], ours["door"], ours["error"]) == (f"incident {number}", "http", "ValueError")
    for record in (theirs, ours):
        first, place, cause, *_ = record["stack"]
        assert first == "ValueError"
        assert place.startswith(f"  {__file__}:")
        assert cause == "OSError: [Errno 28] No space left on device: '/data/index'"
    assert "heron" not in stream.getvalue()


def test_what_is_wrong_with_an_index_is_told_in_words() -> None:
    stream = logged()
    report(IndexDamaged("the index is damaged; run 'vivavoce ingest mira'"), "page")
    assert records(stream)[0]["stack"][0].endswith("IndexDamaged: the index is damaged; run 'vivavoce ingest mira'")


def test_a_record_that_cannot_be_written_is_not_printed_as_it_is(tmp_path: Path) -> None:
    program = (
        "import logging, sys\n"
        "from app.observe.logs import set_up_logs\n"
        "set_up_logs('debug', 'json')\n"
        "logging.getLogger('app.x').error('%d', 'the heron')\n"
        "sys.stdout.close()\n"
        "logging.getLogger('app.x').error('the heron')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=False)
    assert "heron" not in done.stdout + done.stderr
