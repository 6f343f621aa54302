"""What ``vivavoce deploy`` prints: read with the programs that read it in earnest where they are installed, and with parsers everywhere."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import crossplane  # type: ignore[import-untyped]
import pytest
from huggingface_hub import SpaceCard

from app.access.hosts import needs_a_pass
from app.cli import run
from app.deploy.files import FILES, Kind, written
from app.deploy.place import Place
from app.errors import ConfigurationError
from app.settings import Settings, load_settings
from app.web.guard import MAX_BODY_BYTES

HOST = "cv.example.org"
PLACE = Place(HOST, 7861, profile="mira-okonjo")
SILENCE_S = 15
"""A stream says something at least that often."""


# What an owner may name


@pytest.mark.parametrize(
    "host", ["cv.example.org", "localhost", "xn--mller-kva.example", "a-1.b2.example", "me-cv.hf.space"]
)
@pytest.mark.parametrize("kind", FILES)
def test_a_host_name_stands_in_the_file_and_nothing_is_left_open(kind: Kind, host: str) -> None:
    text = written(kind, Place(host, 7861, profile="mira-okonjo"))
    assert host in text
    assert "@@" not in text
    assert kind == "space" or "7861" in text


@pytest.mark.parametrize(
    "host",
    [
        "", " ", "cv.example.org {", "cv.example.org;", "cv.example.org\n", "a b", "a\tb", "https://cv.example.org", "cv.example.org:443", "cv.example.org/x",
        "*.example.org", "$host", "{env.HOME}", "@@port", "%h", "#x", "'x'", '"x"', "x\\", "-x.org", "x-.org", "x..org", ".org", "x.", "CV.example.org",
        "müller.example", "127.0.0.1", "[::1]", "::1", "a" * 64 + ".org", ".".join(["abc"] * 70), "x.org\r\nlisten 1", "x_y.org", "<!--", "-->",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_host_name_is_refused(kind: Kind, host: str) -> None:
    with pytest.raises(ConfigurationError, match="--host"):
        written(kind, Place(host, profile="mira-okonjo"))


@pytest.mark.parametrize("user", ["", "root;", "a b", "%u", "x\nUser=root", "Ada", "$x", "0", "x" * 40])
def test_what_is_no_account_is_refused(user: str) -> None:
    with pytest.raises(ConfigurationError, match="--user"):
        Place(HOST, user=user)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "opt",
        "/a b",
        "/srv/../etc",
        "/srv/%h",
        "/srv\nUser=root",
        "/srv;",
        "/srv/$x",
        "/",
        "/srv/{x}",
        "/srv/'x'",
        "/..",
        "/.",
    ],
)
@pytest.mark.parametrize("option", ["folder", "certificates"])
def test_what_is_no_plain_path_is_refused(option: str, path: str) -> None:
    with pytest.raises(ConfigurationError, match=f"--{option}"):
        Place(HOST, **{option: path})  # type: ignore[arg-type]


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(ConfigurationError, match="--port"):
        Place(HOST, port)


@pytest.mark.parametrize("profile", ["../x", "a b", "x\n---", "-->", "", "a:b"])
def test_what_is_no_profile_is_refused(profile: str) -> None:
    with pytest.raises(ConfigurationError, match="--profile"):
        written("space", Place(HOST, profile=profile))


def test_the_verb_prints_the_file_and_a_wrong_name_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deploy", "caddy", "--host", HOST, "--port", "7861"]) == 0
    assert capsys.readouterr().out == written("caddy", PLACE)
    assert run(["deploy", "caddy", "--host", "cv.example.org {"]) == 2
    assert run(["deploy", "space", "--host", HOST]) == 2
    assert "--profile" in capsys.readouterr().err


# nginx


def directives(block: list[dict[str, Any]]) -> Iterator[tuple[str, list[str], list[dict[str, Any]]]]:
    for found in block:
        yield found["directive"], found["args"], found.get("block", [])


@pytest.fixture
def site(tmp_path: Path) -> list[dict[str, Any]]:
    """The nginx site, parsed."""
    file = tmp_path / "site"
    file.write_text(written("nginx", PLACE), encoding="utf-8")
    read = crossplane.parse(str(file), single=True, check_ctx=False)
    assert read["status"] == "ok", read["errors"]
    block: list[dict[str, Any]] = read["config"][0]["parsed"]
    return block


def test_nginx_hands_streams_on_unbuffered_and_waits_as_long_as_an_answer_takes(site: list[dict[str, Any]]) -> None:
    secure = [b for name, _, b in directives(site) if name == "server"][-1]
    (location,) = [b for name, args, b in directives(secure) if name == "location" and args == ["/"]]
    told = {name: args for name, args, _ in directives(location)}
    assert told["proxy_buffering"] == told["gzip"] == told["proxy_cache"] == ["off"]
    assert told["proxy_http_version"] == ["1.1"]
    assert int(told["proxy_read_timeout"][0].rstrip("s")) > max(Settings().answer_s, SILENCE_S)
    size = next(args[0] for name, args, _ in directives(secure) if name == "client_max_body_size")
    assert size == "1m"
    assert MAX_BODY_BYTES <= 1024 * 1024 < 2 * MAX_BODY_BYTES


def test_nginx_overwrites_or_drops_whatever_a_caller_says_of_where_it_comes_from(site: list[dict[str, Any]]) -> None:
    secure = [b for name, _, b in directives(site) if name == "server"][-1]
    (location,) = [b for name, args, b in directives(secure) if name == "location" and args == ["/"]]
    headers = {args[0].lower(): args[1] for name, args, _ in directives(location) if name == "proxy_set_header"}
    assert headers["x-forwarded-for"] == headers["x-real-ip"] == "$remote_addr"
    assert headers["x-forwarded-proto"] == "$scheme"
    assert headers["host"] == headers["x-forwarded-host"] == "$host"
    assert {headers[name] for name in ("forwarded", "x-forwarded-port", "x-forwarded-prefix", "connection")} == {""}


def test_nginx_shows_nobody_the_metrics_and_serves_nothing_unencrypted(site: list[dict[str, Any]]) -> None:
    plain, secure = ([*directives(b)] for name, _, b in directives(site) if name == "server")
    (metrics,) = [b for name, args, b in secure if name == "location" and args == ["=", "/metrics"]]
    assert [(name, args) for name, args, _ in directives(metrics)] == [("return", ["404"])]
    assert not any(inner[0] == "proxy_pass" for _, _, b in plain for inner in directives(b))
    assert all("ssl" in args for name, args, _ in secure if name == "listen")


# Caddy


def caddy_lines(text: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Each line of a Caddyfile as words, with the blocks it stands in."""
    inside: list[str] = []
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if words == ["}"]:
            inside.pop()
        elif words:
            yield tuple(inside), words
            if words[-1] == "{":
                inside.append(words[0])
    assert inside == [], "a block is left open"


def test_caddy_hands_streams_on_at_once_and_waits_as_long_as_an_answer_takes() -> None:
    told = {(*blocks, words[0]): words[1:] for blocks, words in caddy_lines(written("caddy", PLACE))}
    proxy = (HOST, "reverse_proxy")
    assert told[proxy][0] == "127.0.0.1:7861"
    assert told[*proxy, "flush_interval"] == ["-1"]
    assert int(told[*proxy, "transport", "read_timeout"][0].rstrip("s")) > max(Settings().answer_s, SILENCE_S)
    assert told[HOST, "request_body", "max_size"] == [f"{MAX_BODY_BYTES // 1_000_000}MB"]
    assert told[HOST, "respond"] == ["/metrics", "404"]
    assert not any(words[0] == "encode" for _, words in caddy_lines(written("caddy", PLACE)))


def test_caddy_overwrites_or_drops_whatever_a_caller_says_of_where_it_comes_from() -> None:
    headers = [words[1:] for _, words in caddy_lines(written("caddy", PLACE)) if words[0] == "header_up"]
    assert ["X-Forwarded-For", "{remote_host}"] in headers
    assert ["X-Real-IP", "{remote_host}"] in headers
    assert {"-Forwarded", "-X-Forwarded-Port", "-X-Forwarded-Prefix"} <= {words[0] for words in headers}


@pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed")
def test_caddy_takes_its_file(tmp_path: Path) -> None:
    file = tmp_path / "Caddyfile"
    file.write_text(written("caddy", PLACE), encoding="utf-8")
    environment = os.environ | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    validated = subprocess.run(
        ["caddy", "validate", "--config", str(file), "--adapter", "caddyfile"],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert validated.returncode == 0, validated.stderr
    formatted = subprocess.run(
        ["caddy", "fmt", str(file)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert formatted.stdout == file.read_text(encoding="utf-8")


# systemd


def unit(place: Place = PLACE) -> list[tuple[str, str]]:
    """Keys and values of the section ``Service``, in their order."""
    text = written("systemd", place)
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",))
    parser.read_string(text)
    assert parser.sections() == ["Unit", "Service", "Install"]
    service = text.partition("[Service]\n")[2].partition("[Install]")[0]
    pairs = [line.partition("=") for line in service.splitlines() if line and not line.startswith("#")]
    assert all(separator for _, separator, _ in pairs)
    return [(key, value) for key, _, value in pairs]


def test_the_service_is_given_settings_that_the_program_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    given = dict(shlex.split(value)[0].split("=", 1) for key, value in unit() if key == "Environment")
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.host, settings.port, settings.hosts) == ("127.0.0.1", 7861, (HOST,))
    assert needs_a_pass(settings)
    assert {network.partition("/")[0] for network in settings.proxies} == {"127.0.0.1", "::1"}
    assert str(settings.index_folder) == "/var/lib/vivavoce/index"


def test_the_service_may_write_to_its_own_state_and_nowhere_else() -> None:
    told = dict(unit())
    assert told["StateDirectory"] == "vivavoce"
    assert told["ProtectSystem"] == "strict"
    assert told["CapabilityBoundingSet"] == ""
    assert {
        told[key]
        for key in ("DynamicUser", "NoNewPrivileges", "PrivateTmp", "PrivateDevices", "MemoryDenyWriteExecute")
    } == {"yes"}
    assert not any(key in {"ReadWritePaths", "AmbientCapabilities"} for key, _ in unit())


def test_an_account_of_the_owner_takes_the_place_of_the_made_one() -> None:
    told = dict(unit(Place(HOST, user="ada", folder="/run/user/1000/vivavoce")))
    assert told["User"] == "ada"
    assert "DynamicUser" not in told
    assert told["ProtectHome"] == "read-only"
    assert dict(unit())["ProtectHome"] == "yes"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_service_and_finds_little_exposed(tmp_path: Path) -> None:
    program = tmp_path / "project" / ".venv" / "bin" / "vivavoce"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    file = tmp_path / "vivavoce.service"
    file.write_text(written("systemd", Place(HOST, folder=str(tmp_path / "project"))), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    offline = ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(file)]
    judged = subprocess.run(offline, capture_output=True, text=True, timeout=60, check=False)
    assert judged.returncode == 0, judged.stdout[-500:]


# Hugging Face


def test_a_space_starts_the_image_and_shows_the_embedded_chat() -> None:
    text = written("space", PLACE)
    told = SpaceCard(text).data
    assert (told["sdk"], told["app_port"], told["base_path"]) == ("docker", 7860, "/embed/mira-okonjo")
    assert len(told["short_description"]) <= 60
    dockerfile = (Path(__file__).parents[3] / "Dockerfile").read_text(encoding="utf-8")
    assert f"VIVAVOCE_PORT={told['app_port']}" in dockerfile
    assert re.findall(r"(VIVAVOCE_\w+) +\[", text) == ["VIVAVOCE_HOSTS", "VIVAVOCE_PROXIES"]
    assert "VIVAVOCE_PROFILES=/profiles" in dockerfile
    assert "COPY data/profiles /profiles" in text
