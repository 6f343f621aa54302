"""Settings, built once at the door from defaults, ``vivavoce.toml`` and ``VIVAVOCE_*``, and handed down."""

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from app.errors import ConfigurationError

FILE_NAME = "vivavoce.toml"
_PREFIX = "VIVAVOCE_"
_ELSEWHERE = {"VIVAVOCE_CHROMIUM"}


class Settings(BaseSettings):
    """Everything that may be configured; unknown keys are errors."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, toml_file=FILE_NAME, extra="forbid", frozen=True)

    data: Path = Path("data")
    """Folder with ``profiles/`` and ``index/``."""
    profiles: Path | None = None
    """Folder of profiles, where it is not ``data/profiles``."""
    index: Path | None = None
    """Folder of indexes, where it is not ``data/index``."""
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    question_chars: int = Field(default=500, ge=1, le=10_000)
    """Longest question, in characters."""
    turns: int = Field(default=12, ge=1, le=100)
    """How many of the last turns of a conversation are read."""
    concurrency: int = Field(default=8, ge=1, le=256)
    """Answers written at once."""
    queue: int = Field(default=40, ge=1, le=10_000)
    """Questions that may wait; the next one is told to come back."""
    threads: int = Field(default=2, ge=1, le=64)
    """Threads of the embedding model."""
    embedding_url: str | None = None
    """Base URL of an OpenAI-compatible endpoint; unset: the model that is installed."""
    embedding_model: str = "text-embedding-3-small"
    embedding_key: SecretStr = SecretStr("none")

    @property
    def profiles_folder(self) -> Path:
        """Where the profiles lie."""
        return self.profiles or self.data / "profiles"

    @property
    def index_folder(self) -> Path:
        """Where the indexes lie."""
        return self.index or self.data / "index"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over ``vivavoce.toml``."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**overrides: object) -> Settings:
    """The settings of this process; ``overrides`` that are not ``None`` come from the command line.

    Raises:
        ConfigurationError: an unknown key or a value out of bounds; the message names it.
    """
    known = {_PREFIX + name.upper() for name in Settings.model_fields} | _ELSEWHERE
    unknown = sorted(name for name in os.environ if name.startswith(_PREFIX) and name.upper() not in known)
    if unknown:
        raise ConfigurationError(
            f"unknown setting {unknown[0]!r} in the environment; unset it or see README.md for the names"
        )
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(
            f"setting {key!r}: {first['msg'].lower()}, got {first['input']!r}; mend it in {FILE_NAME} or {_PREFIX}{key.upper()}"
        ) from error
    except ValueError as error:
        raise ConfigurationError(f"{FILE_NAME}: {error}; mend that line and run again") from error
