"""Settings, built once at the door from defaults, ``vivavoce.toml`` and ``VIVAVOCE_*``, and handed down."""

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from app.errors import ConfigurationError

FILE_NAME = "vivavoce.toml"
_PREFIX = "VIVAVOCE_"
_ELSEWHERE = {"VIVAVOCE_CHROMIUM"}
_DEFAULT_MODEL = "gpt-4.1-mini"
"""Where there is a key and no name; one that takes a temperature."""
_NAMES_OF_OTHERS = {
    "model_key": "OPENAI_API_KEY",
    "model_url": "OPENAI_BASE_URL",
    "model": "OPENAI_MODEL",
    "otlp_endpoint": "OTEL_EXPORTER_OTLP_ENDPOINT",
    "otlp_protocol": "OTEL_EXPORTER_OTLP_PROTOCOL",
}
_SECRET = re.compile(r"key|secret|token$|password|options|redis", re.IGNORECASE)
"""Names of settings whose values are never shown, also where somebody misspelt them."""


def _network(text: str) -> str:
    """An address or a network as CIDR; raises ``ValueError`` for what is none."""
    return str(ip_network(text))


class Settings(BaseSettings):
    """Everything that may be configured; unknown keys are errors."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, toml_file=FILE_NAME, extra="forbid", frozen=True, protected_namespaces=()
    )

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
    queue: int = Field(default=120, ge=1, le=10_000)
    """Questions that may wait; the next one is told to come back."""
    hosts: tuple[str, ...] = ()
    """Names under which this server is reached besides loopback and ``host``, such as the one that a proxy hands on."""
    proxies: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    """Addresses or networks (CIDR) of the proxies in front, whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed."""
    api_keys_required: bool | None = None
    """Whether programs need a key and pages a session to ask questions; unset: where the server can be reached from elsewhere."""
    session_secret: SecretStr | None = Field(default=None, min_length=32)
    """What session tokens are signed with; unset: made once and kept beside the indexes."""
    session_s: int = Field(default=86_400, ge=60, le=2_592_000)
    """How long a session token is good for, in seconds."""
    redis_url: SecretStr | None = None
    """Where questions are counted for several servers together; unset: in a file beside the indexes."""
    limit_address_minute: int = Field(default=10, ge=0)
    limit_address_day: int = Field(default=100, ge=0)
    limit_session_hour: int = Field(default=20, ge=0)
    limit_session_day: int = Field(default=60, ge=0)
    limit_key_minute: int = Field(default=60, ge=0)
    limit_key_day: int = Field(default=5_000, ge=0)
    limit_profile_day: int = Field(default=1_000, ge=0)
    """Questions of one address, session or key, and of all visitors to one profile; 0 sets no bound."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What ``serve`` writes to standard output; pictures, scripts and probes only at ``debug``. No level shows what visitors ask."""
    log_format: Literal["json", "text"] | None = None
    """Unset: text on a terminal, JSON elsewhere."""
    metrics_token: SecretStr | None = Field(default=None, min_length=16)
    """Who sends it as a bearer token may read ``/metrics``; unset: nobody."""
    otlp_endpoint: str | None = None
    """Where spans are sent (OpenTelemetry); also ``OTEL_EXPORTER_OTLP_ENDPOINT``. Unset: none are made."""
    otlp_protocol: Literal["grpc", "http/protobuf"] = "grpc"
    """Also ``OTEL_EXPORTER_OTLP_PROTOCOL``; the second needs ``vivavoce[otel]``."""
    feedback_days: int = Field(default=180, ge=0, le=3_650)
    """How long what visitors say of answers is kept; 0 keeps none and takes none."""
    threads: int = Field(default=2, ge=1, le=64)
    """Threads of the embedding model."""
    embedding_url: str | None = None
    """Base URL of an OpenAI-compatible endpoint; unset: the model that is installed."""
    embedding_model: str = "text-embedding-3-small"
    embedding_key: SecretStr | None = None
    """Unset: the model's, where both are at the same address."""
    offline: bool = False
    """Whether no language model is asked, whatever else is configured."""
    model: str | None = None
    """Name of the language model; also ``OPENAI_MODEL``."""
    model_url: str | None = None
    """Base URL of an OpenAI-compatible endpoint; also ``OPENAI_BASE_URL``. Unset: OpenAI's, where there is a key."""
    model_key: SecretStr | None = None
    """Also ``OPENAI_API_KEY``."""
    model_class: str | None = None
    """Dotted name of another llama-index LLM class; ``model_options`` are then all that it is given."""
    model_options: dict[str, Any] = Field(default={}, repr=False)
    """Arguments of the LLM class."""
    judge_url: str | None = None
    """Base URL of the model that ``eval run --judge`` asks; unset: the model's."""
    judge_key: SecretStr | None = None
    """Unset: the model's, where both are at the same address."""
    model_price_prompt: float = Field(default=0.0, ge=0)
    model_price_completion: float = Field(default=0.0, ge=0)
    """US dollars for a million tokens; what money budgets count with."""
    connect_s: float = Field(default=3.0, gt=0, le=60)
    read_s: float = Field(default=15.0, gt=0, le=300)
    """Longest silence of the model, in seconds."""
    answer_s: float = Field(default=45.0, gt=0, le=900)
    """Longest time for a whole answer of the model, in seconds."""
    evidence_tokens: int = Field(default=900, ge=50, le=20_000)
    """What the model is shown of the record for one question."""
    answer_tokens: int = Field(default=400, ge=16, le=8_000)
    extract_with_model: bool = False
    """Whether an ingest asks the language model about what its rules do not understand."""
    extract_calls: int = Field(default=40, ge=1, le=10_000)
    extract_tokens: int = Field(default=100_000, ge=2_000, le=10_000_000)
    """The most calls and tokens for one ingest of one profile, within the budget."""
    budget_day_tokens: int | None = Field(default=1_000_000, ge=0)
    budget_month_tokens: int | None = Field(default=10_000_000, ge=0)
    budget_day_usd: float | None = Field(default=None, ge=0)
    budget_month_usd: float | None = Field(default=None, ge=0)
    """Unset: no bound in money."""
    budget_file: Path | None = None
    """SQLite file of what was spent, where it is not beside the indexes."""

    @property
    def profiles_folder(self) -> Path:
        """Where the profiles lie."""
        return self.profiles or self.data / "profiles"

    @property
    def index_folder(self) -> Path:
        """Where the indexes lie."""
        return self.index or self.data / "index"

    @property
    def spent_file(self) -> Path:
        """Where it is kept what the model has cost."""
        return self.budget_file or self.index_folder / ".spent.sqlite3"

    @property
    def keys_file(self) -> Path:
        """Where the keys of programs are kept, hashed."""
        return self.index_folder / ".keys.sqlite3"

    @property
    def counts_file(self) -> Path:
        """Where the questions of the last day are counted."""
        return self.index_folder / ".asked.sqlite3"

    @property
    def secret_file(self) -> Path:
        """Where the secret of session tokens is kept, if it is not set."""
        return self.index_folder / ".session-secret"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must not be written down anywhere."""
        held = (getattr(self, name) for name in type(self).model_fields)
        plain = [value.get_secret_value() for value in held if isinstance(value, SecretStr)]
        return (*plain, *(str(v) for name, v in self.model_options.items() if _SECRET.search(name)))

    @property
    def asks_a_model(self) -> bool:
        """Whether a language model is configured."""
        return not self.offline and bool(self.model_key or self.model_url or self.model_class)

    @property
    def model_name(self) -> str:
        """What the language model is called."""
        return self.model or (self.model_class.rpartition(".")[2] if self.model_class else _DEFAULT_MODEL)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over ``VIVAVOCE_*``, that over the names of others, that over ``vivavoce.toml``."""
        known = {
            field: os.environ[name] for field, name in _NAMES_OF_OTHERS.items() if os.environ.get(name, "").strip()
        }
        return (
            init_settings,
            env_settings,
            InitSettingsSource(settings_cls, init_kwargs=known),
            TomlConfigSettingsSource(settings_cls),
        )


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
        got = "" if _SECRET.search(key) else f", got {first['input']!r}"
        # Without its cause, which quotes what was given, keys included.
        raise ConfigurationError(
            f"setting {key!r}: {first['msg'].lower()}{got}; mend it in {FILE_NAME} or {_PREFIX}{key.upper()}"
        ) from None
    except ValueError as error:
        raise ConfigurationError(f"{FILE_NAME}: {error}; mend that line and run again") from None
