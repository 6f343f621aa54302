"""Settings come from the command line, the environment and the file, in that order; what is secret is never shown."""

from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.settings import load_settings

KEY = "sk-planted-0123456789abcdef"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_nothing_is_asked_without_a_key_or_an_address() -> None:
    assert not load_settings().asks_a_model
    assert not load_settings(model="some-model").asks_a_model


def test_the_names_of_openai_are_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:1/v1")
    monkeypatch.setenv("OPENAI_MODEL", "m")
    settings = load_settings()
    assert settings.asks_a_model
    assert settings.model_key is not None
    assert (settings.model_key.get_secret_value(), settings.model_url, settings.model_name) == (
        KEY,
        "http://localhost:1/v1",
        "m",
    )
    assert not load_settings(offline=True).asks_a_model


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    assert not load_settings().asks_a_model


def test_arguments_win_over_our_names_those_over_openais_and_those_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vivavoce.toml").write_text('model = "file"\n')
    assert load_settings().model == "file"
    monkeypatch.setenv("OPENAI_MODEL", "openai")
    assert load_settings().model == "openai"
    monkeypatch.setenv("VIVAVOCE_MODEL", "ours")
    assert load_settings().model == "ours"
    assert load_settings(model="argument").model == "argument"


def test_a_key_is_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("VIVAVOCE_EMBEDDING_KEY", KEY)
    settings = load_settings(model_options={"api_key": KEY})
    for shown in (repr(settings), str(settings), settings.model_dump_json(exclude={"model_options"})):
        assert KEY not in shown


@pytest.mark.parametrize(
    "line",
    [
        f'openai_api_key = "{KEY}"',
        f'model_key = ["{KEY}"]',
        f'model_options = "{KEY}"',
        f'api_token = "{KEY}"',
        f'model_key = "{KEY}',
    ],
)
def test_a_mistake_beside_a_key_does_not_show_it(tmp_path: Path, line: str) -> None:
    (tmp_path / "vivavoce.toml").write_text(line + "\n")
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_value_out_of_bounds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_READ_S", "-1")
    with pytest.raises(ConfigurationError, match=r"'read_s'.*'-1'.*VIVAVOCE_READ_S"):
        load_settings()
