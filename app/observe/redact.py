"""Takes keys, tokens, e-mail addresses and telephone numbers out of what is about to be written down."""

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any

GONE = "[redacted]"
_LEAST_DIGITS, _MOST_DIGITS = 9, 15
"""Of a telephone number with its area (E.164 allows 15)."""
_SHORTEST_SECRET = 6
_PATTERNS = (
    re.compile(r"\b(?:bearer|basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE),
    # Keys of model providers and of this server, GitHub, Hugging Face, AWS, Slack, Google; JSON Web Tokens.
    re.compile(r"(?<![A-Za-z0-9])(?:sk|pk|rk|vvk?|hf|gh[a-z]|glpat|xox[a-z])[-_](?=[A-Za-z_-]*\d)[\w-]{8,}"),
    re.compile(r"\bvvs\d*\.[\w.-]{8,}"),
    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bAIza[\w-]{20,}"),
    re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]+){1,2}"),
    re.compile(r"(?<=://)[^\s/@:]+:[^\s/@]+(?=@)"),
    re.compile(r"(?<![\w.+-])[\w.+-]++(?:@|%40)[\w-]+(?:\.[\w-]+)+"),
)
_NUMBER = re.compile(r"(?<![\w.-])\(?(?:\+|\b00)?\d[\d ()./\u00a0\u2011-]{6,}\d(?![\w-])")
_DATED = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


def redacted(text: str) -> str:
    """``text`` with ``[redacted]`` in the place of each such thing."""
    for pattern in _PATTERNS:
        text = pattern.sub(GONE, text)
    return _NUMBER.sub(_unless_no_phone, text)


def _unless_no_phone(match: re.Match[str]) -> str:
    number = match.group()
    digits = sum(c.isdigit() for c in number)
    return GONE if _LEAST_DIGITS <= digits <= _MOST_DIGITS and not _DATED.match(number) else number


class Redactor:
    """The same for whole records, and for values that are secret here whatever they look like."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        known = sorted((re.escape(s) for s in secrets if len(s) >= _SHORTEST_SECRET), key=len, reverse=True)
        self._known = re.compile("|".join(known)) if known else None

    def text(self, text: str) -> str:
        """``text`` without them."""
        return redacted(self._known.sub(GONE, text) if self._known else text)

    def value(self, value: Any) -> Any:
        """Strings anywhere in ``value`` without them; what is neither text, number, list nor mapping becomes its class's name."""
        match value:
            case str():
                return self.text(value)
            case None | bool() | int() | float():
                return value
            case Mapping():
                return {self.text(str(name)): self.value(held) for name, held in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self.value(held) for held in value]
        return f"<{type(value).__name__}>"

    def __call__(self, logger: Any, method: str, record: MutableMapping[str, Any]) -> Mapping[str, Any]:
        """A processor of structlog's."""
        clean: Callable[[Any], Any] = self.value
        return {name: held if name.startswith("_") else clean(held) for name, held in record.items()}
