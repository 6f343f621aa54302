"""Writes the vectors of the router's examples beside them, so that no first question waits for them.

python -m app.question.pack        after every change of prompts/intents.yaml
"""

from pathlib import Path

import numpy as np

import prompts
from app.question.route import EXAMPLES, PACKED, Router, key_of
from ingest.embed import Embedder, MiniLM


def pack(embedder: Embedder, file: Path) -> None:
    """Embeds the examples and writes them to ``file``, rows of float16.

    Half precision (IEEE 754 binary16) has 11 bits, so a cosine moves by less than 5e-4.
    """
    vectors = Router(prompts.load_examples(EXAMPLES), embedder).vectors
    np.savez(file, key=np.array(key_of(embedder)), vectors=vectors.astype(np.float16))


if __name__ == "__main__":
    pack(MiniLM.installed(), Path(prompts.__file__).with_name(PACKED))
