"""What may be told of the records of other people's libraries, which put into their words whatever they work on.

The openai client, for instance, logs each request at DEBUG, question and documents included. Of such a record only what stands in the
library's own source is told, the template; never what was put into it.
"""

import ast
import logging
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

OURS = ("app", "ingest", "prompts", "evals", "tests", "__main__")
UNTOLD = "(its words are left out)"


def is_ours(name: str) -> bool:
    """Whether a logger of this name belongs to the project, which puts no question into its records."""
    return name.partition(".")[0] in OURS


def templated(logger: Any, method: str, record: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """A processor of structlog's: the event of somebody else's record as its source has it, and where that is."""
    origin: logging.LogRecord = record["_record"]
    arguments, template = record.pop("positional_args", ()), str(origin.msg)
    if is_ours(origin.name):
        return {**record, "event": template % arguments if arguments else template}
    told = template if template in _constants(origin.pathname) else UNTOLD
    return {**record, "event": told, "where": f"{origin.module}:{origin.lineno}"}


@lru_cache(maxsize=256)
def _constants(path: str) -> frozenset[str]:
    """The strings that a source file spells out, parts of f-strings excepted; none where there is no source."""
    try:
        tree = ast.parse(Path(path).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in parts)
    return frozenset(n.value for n in nodes if isinstance(n.value, str))
