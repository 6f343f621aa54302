"""Small pieces that every part of the page needs."""

from collections.abc import Sequence
from html import escape

QUOTE_CHARS = 220


def notice(message: str) -> str:
    """One friendly sentence; empty where there is nothing to say."""
    text = message.strip()
    if text and text[-1] not in ".?!…。？！":
        text += "."
    return escape(text[:1].upper() + text[1:])


def chips(label: str, questions: Sequence[str]) -> str:
    """Questions that can be asked with a click."""
    items = "".join(
        f'<li><button type="button" class="vv-chip" data-ask="{escape(q)}">{escape(q)}</button></li>' for q in questions
    )
    return f'<ul class="vv-chips" aria-label="{escape(label)}">{items}</ul>' if items else ""


def short(quote: str) -> str:
    """A quote in one line, cut where it is long."""
    text = " ".join(quote.split())
    return text if len(text) <= QUOTE_CHARS else text[:QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def flag(value: bool) -> str:
    """As attributes have it."""
    return "true" if value else "false"
