"""Sums of money as they are written: "£1.2 million", "420.000 Euro", "58万元"."""

import re

_CURRENCY = {
    "EUR": r"€|euros?\b|eur\b|欧元",
    "GBP": r"£|gbp\b|pounds?\b|英镑",
    "USD": r"us\$|\$|usd\b|dollars?\b|美元",
    "CNY": r"¥|元(?!年)|rmb\b|cny\b|yuan\b|人民币",
    "CHF": r"chf\b|francs?\b|franken\b",
    "other": r"\b(?:sek|nok|dkk|cad|aud|inr|jpy|krw|brl)\b",
}
_ANY = "|".join(_CURRENCY.values())
_NUMBER = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_SCALE = {1e9: r"billions?\b|bn\b|milliarden?\b|milliards?\b|亿", 1e6: r"millions?\b|mio\.?|mn\b|m\b|millionen\b|millones\b|百万",
          1e4: r"万", 1e3: r"k\b|thousand\b|tausend\b|mille\b|mil\b|千"}  # fmt: skip
_WORTH = "|".join(f"(?:{one})" for one in _SCALE.values())
AMOUNT = re.compile(
    rf"(?P<before>{_ANY})\s?(?P<n>{_NUMBER})\s?(?P<scale>{_WORTH})?|(?P<n2>{_NUMBER})\s?(?P<scale2>{_WORTH})?\s?(?P<behind>{_ANY})",
    re.IGNORECASE,
)
ABOVE = re.compile(r"\b(?:more than|over|above|exceeding|mehr als|über|plus de|más de)\b|超过", re.IGNORECASE)


def amounts(text: str) -> list[tuple[float, str]]:
    """The sums of money that ``text`` names, each with its currency."""
    found = []
    for match in AMOUNT.finditer(text):
        number, scale = match["n"] or match["n2"], (match["scale"] or match["scale2"] or "").lower()
        whole = re.fullmatch(r"\d{1,3}(?:[^\d]\d{3})+", number)
        value = float(re.sub(r"\D", "", number) if whole else number.replace(",", "."))
        times = next((worth for worth, one in _SCALE.items() if scale and re.fullmatch(one, scale)), 1.0)
        sign = (match["before"] or match["behind"]).lower()
        currency = next((name for name, one in _CURRENCY.items() if re.fullmatch(one, sign)), "other")
        found.append((value * times, sign if currency == "other" else currency))
    return found


def reaches(text: str, asked: str) -> bool:
    """Whether ``text`` names every sum that ``asked`` does, or more, in the same currency."""
    sums, above = amounts(asked), ABOVE.search(asked) is not None
    return all(
        any(c == currency and (a > value if above else a >= value) for a, c in amounts(text))
        for value, currency in sums
    )
