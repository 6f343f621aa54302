"""What hides text on a page: white on white, and type too small to see."""

import re

PALE, TINY = "of the colour behind them", "too small to read, or not painted"
"""How text hides, as a report says it."""
_SMALLEST_PT = 2.0
_PALE = 0.95
"""The least share of red, green and blue in a colour that nobody sees on paper."""


def is_pale(colour: str, named: dict[str, bool]) -> bool:
    """Whether a colour of xcolor (``white``, ``white!98``, ``black!0``) is not seen on paper; ``named`` are the document's own."""
    name, *mix = [part.strip() for part in colour.split("!")]
    share = float(mix[0]) if mix and re.fullmatch(r"\d+(?:\.\d+)?", mix[0]) else 100.0
    is_white = name.lower() == "white" or named.get(name, False)
    with_white = len(mix) < 2 or mix[1].lower() == "white"
    return (
        share >= 100 * _PALE
        if is_white and len(mix) > 1 and not with_white
        else is_white or (with_white and share <= 100 * (1 - _PALE))
    )


def is_pale_value(model: str, value: str) -> bool:
    """Whether a colour given by its numbers is not seen on paper."""
    if model == "HTML":
        digits = re.findall(r"[0-9A-Fa-f]{2}", value)
        shares = [int(pair, 16) / 255 for pair in digits]
    else:
        numbers = [float(n) for n in re.findall(r"\d*\.?\d+", value)]
        shares = (
            [n / 255 for n in numbers] if model == "RGB" else [1 - n for n in numbers] if model == "cmyk" else numbers
        )
    return bool(shares) and min(shares) >= _PALE


def is_tiny(size: str) -> bool:
    """Whether type of that size cannot be seen: ``0``, ``0.1pt``."""
    match = re.match(r"\s*(\d*\.?\d+)\s*(pt|em|ex|mm|cm|in)?", size)
    unit = {"em": 10.0, "ex": 5.0, "mm": 2.85, "cm": 28.5, "in": 72.3}.get(match[2] or "pt", 1.0) if match else 1.0
    return match is not None and float(match[1]) * unit < _SMALLEST_PT
