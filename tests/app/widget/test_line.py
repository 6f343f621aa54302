"""What the widget weighs, how its file and its frame are served, and the lines that an owner pastes."""

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.errors import ConfigurationError
from app.widget.line import FILE, LOOKS, Line, base_address, integrity, told, version
from tests.app.widget.backend import Backend, serving_widget
from tests.conftest import Desk, copy_people

MOST_BYTES = 12_288


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("line")
    desk = Desk(folder, folder, None)  # type: ignore[arg-type]
    desk.write("ada", "profile.toml", "name = 'Ada <b>Byron</b>'\n[embed]\norigins = ['https://ada.example']\n")
    desk.write("broken", "profile.toml", "name = \n")
    with serving_widget(folder, folder) as running:
        yield running


def get(backend: Backend, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{backend.url}{path}", headers=headers, trust_env=False)


def test_the_widget_with_all_it_needs_weighs_at_most_twelve_kilobytes() -> None:
    assert len(gzip.compress(FILE.read_bytes(), 9, mtime=0)) <= MOST_BYTES


def test_the_widget_makes_text_and_never_markup_and_asks_for_nothing_of_anybody_else() -> None:
    code = FILE.read_text(encoding="utf-8")
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment", code)
        == []
    )
    assert (
        re.findall(r"\beval\b|new Function|\bimport\b|document\.cookie|localStorage|setAttribute\(\"style", code) == []
    )
    assert set(re.findall(r"https?://[\w.]+", code)) <= {"https://HOST", "http://www.w3.org"}


def test_every_language_has_every_word() -> None:
    code = FILE.read_text(encoding="utf-8")
    keys = re.findall(r'const KEYS = "([^"]+)"', code)[0].split()
    table = code.partition("const WORDS = {")[2].partition("};")[0]
    spoken = dict(re.findall(r'(\w\w): "([^"]+)"', table))
    assert spoken.keys() == {"en", "zh", "de", "fr", "es"}
    for words in spoken.values():
        said = dict(zip(keys, words.split("|"), strict=True))
        assert all(said.values())
        assert {key for key, word in said.items() if "{x}" in word} == {"about", "source", "page", "wrong", "busy"}
    used = set(re.findall(r'(?:word|tool|attempt|fault|icon|said)\((?:[\w.]+, )?"(\w+)"', code)) - set(keys)
    assert used <= {"ask", "out", "attempt"}, used


def test_its_file_is_anybodys_and_is_not_sent_twice(backend: Backend) -> None:
    path = "/widget/v1/vivavoce.js"
    found = get(backend, path, origin="https://anybody.example")
    assert found.status_code == 200
    assert found.content == FILE.read_bytes()
    assert found.headers["content-type"].startswith("text/javascript")
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.headers["cache-control"] == "public, max-age=600"
    again = get(backend, path, **{"if-none-match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get(backend, f"{path}?v={version()}").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert get(backend, f"{path}?v=another").headers["cache-control"] == "public, max-age=600"
    assert httpx.head(f"{backend.url}{path}", trust_env=False).status_code == 200


def test_only_the_listed_pages_may_frame_it_and_only_our_own_script_runs_in_it(backend: Backend) -> None:
    found = get(backend, "/embed/ada?color=%22%3E%3Cscript%3E")
    policy = dict(part.split(" ", 1) for part in found.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self' https://ada.example"
    assert "x-frame-options" not in found.headers
    assert "<title>Ada &lt;b&gt;Byron&lt;/b&gt; · Vivavoce</title>" in found.text
    assert 'color="&quot;&gt;&lt;script&gt;"' in found.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/nobody", 404),
        ("/embed/%3Cscript%3E", 404),
        ("/embed/broken", 503),
        ("/embed/ada?prompt=x", 422),
        ("/embed/ada?mode=x", 422),
    ],
)
def test_a_frame_of_nobody_is_a_sentence_that_nobody_else_may_frame(backend: Backend, path: str, status: int) -> None:
    found = get(backend, path)
    assert found.status_code == status
    assert "<script>" not in found.text
    if status != 422:
        assert found.headers["content-security-policy"].endswith("frame-ancestors 'self'")
        assert found.text.count("</p>") == 1


class _Tags(HTMLParser):
    """The tags of a line with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


LINE = Line(
    "https://ask.example.org/viva", "ada", "Ada Byron", {"heading": 'Say "hi" & <go>', "language": "fr", "open": ""}
)


def test_the_lines_are_markup_that_says_what_was_chosen() -> None:
    ((tag, given),) = _Tags(LINE.script).found
    assert (tag, given["src"], given["async"]) == ("script", "https://ask.example.org/viva/widget/v1/vivavoce.js", None)
    assert (given["data-profile"], given["data-heading"], given["data-open"]) == ("ada", 'Say "hi" & <go>', None)
    (_, (tag, given), (link, to)) = _Tags(LINE.element).found
    assert (tag, given["api"], given["profile"], given["language"]) == ("vivavoce-chat", LINE.base, "ada", "fr")
    assert (link, to["href"]) == ("a", "https://ask.example.org/viva/?profile=ada")
    ((tag, given),) = _Tags(LINE.frame).found
    assert given["src"] == "https://ask.example.org/viva/embed/ada?heading=Say+%22hi%22+%26+%3Cgo%3E&language=fr&open="
    assert LINE.policy == "script-src https://ask.example.org; connect-src https://ask.example.org"


def test_the_pinned_line_names_the_hash_of_the_file() -> None:
    ((_, given),) = _Tags(LINE.pinned).found
    expected = base64.b64encode(hashlib.sha384(FILE.read_bytes()).digest()).decode()
    assert given["integrity"] == integrity() == f"sha384-{expected}"
    assert given["crossorigin"] == "anonymous"
    assert str(given["src"]).endswith(f"?v={version()}")


@pytest.mark.parametrize("text", ["https://ask.example.org/", " http://[::1]:7860 ", "https://example.org/viva"])
def test_an_address_of_a_server_is_taken_without_its_last_slash(text: str) -> None:
    assert base_address(text) == text.strip().rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "ask.example.org",
        "ftp://example.org",
        "https://",
        "https://a.example?x",
        "https://a b",
        'https://a"onload',
        "https://a:99999",
        "https://u@a",
    ],
)
def test_what_is_no_address_of_a_server_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(ConfigurationError, match="write it as https://"):
        base_address(text)


def test_what_is_printed_says_where_to_list_the_page() -> None:
    assert 'origins = ["https://your-homepage.example"]' in told(LINE, ())
    assert (
        'it lists these already; add yours; nobody else may show it):\n  [embed]\n  origins = ["https://ada.example"]'
        in told(LINE, ("https://ada.example",))
    )


def test_the_shell_prints_the_lines_and_serves_nothing(tmp_path: Path) -> None:
    copy_people(tmp_path)
    command = ["serve", "--print-embed", "--profiles", str(tmp_path)]
    refused = CliRunner().invoke(cli, command)
    assert refused.exit_code == 2
    assert "mira-okonjo" in refused.output
    command += ["--profile", "mira-okonjo"]
    printed = CliRunner().invoke(cli, [*command, "--base-url", "https://ask.example.org"]).output
    line = '<script async src="https://ask.example.org/widget/v1/vivavoce.js" data-profile="mira-okonjo"></script>'
    assert line in printed
    assert f'integrity="{integrity()}"' in printed
    assert "script-src https://ask.example.org; connect-src https://ask.example.org" in printed
    assert "--base-url" not in printed
    local = CliRunner().invoke(cli, [*command, "--port", "7999"]).output
    assert "http://127.0.0.1:7999/widget" in local
    assert "--base-url" in local, "such an address is nobody else's"
    assert CliRunner().invoke(cli, [*command[:-1], "nobody"]).exit_code != 0


def test_the_page_may_choose_looks_and_never_prompt_model_or_temperature() -> None:
    assert not set(LOOKS) & {"prompt", "model", "temperature", "system"}
    code = FILE.read_text(encoding="utf-8")
    sent = re.findall(r'"v1/ask", (\{.*?\}), busy', code)
    assert sent == ['{ profile: this.profile, turns: [...turns, { role: "user", text: q }], stream: true }']
