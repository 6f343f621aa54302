"""Words of one scale, of which a claim has another one than its source: seasons, levels of a language, all and almost all, what a number measures."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.answer.claim.folding import fold
from app.answer.claim.quantities import Quantity, quantities
from app.answer.claim.unit import Line, Unit
from app.answer.claim.when import durations, months_of

_SCALES = tuple(
    tuple(re.compile(step, re.IGNORECASE) for step in scale)
    for scale in [
        (r"\bspring|fruhling|fruhjahr|printemps|primavera|春", r"\bsummer|sommer(?!semester)|\bete\b|verano|夏",
         r"\bautumn|\bfall (?:term|semester|\d)|herbst|automne|otono|秋", r"\bwinter|\bhiver|invierno|冬"),
        (r"native|mother tongue|muttersprach|maternel|materna|nativ|母语",
         r"fluent|fliessend|couramment|\bcourant\b|fluid|soltura|流利|精通|熟练|proficient|verhandlungs",
         r"\bbasic|beginner|grundkenntnis|notions|nocion|基础|elementa", r"\bC2\b", r"\bC1\b", r"\bB2\b", r"\bB1\b", r"\bA2\b", r"\bA1\b"),
        (r"(?:almost|nearly|virtually) all|fast alle|presque tou|casi tod|几乎所有|most of",
         r"(?<!almost )(?<!nearly )(?<!not )(?<!virtually )\ball (?:of the |the )?(?!\d)[a-z]|(?<!fast )\balle\b(?! \d)|"
         r"(?<!presque )\btou(?:s|tes) les|(?<!casi )\btod[oa]s (?:l[oa]s|sus)|(?<!几乎)(?:所有|全部)"),
        (r"\bbachelor|\bB\. ?(?:A|E|S|Eng|Tech)\b|\bB\.?Tech|\bB\.?Sc|\blicence (?:de|en|d')|licenciat|本科|学士|undergraduate",
         r"\bmaster|\bM\. ?(?:A|E|S|Eng|Tech)\b|\bM\.?Tech|\bM\.?Sc\b|硕士|postgraduate",
         r"\bdoctor|\bph\.? ?d|promo(?:tion|vier)|\bthese\b|博士"),
        (r"(?<!un)\bpaid\b|bezahlt|remunere|remunerad", r"\bunpaid|unbezahlt|ehrenamt|benevol|no remunerad|volunt"),
        (r"keynote|plenary|hauptvortrag|pleniere|plenari|主旨|大会报告", r"\bseminar|poster|contributed|kurzvortrag|墙报|invited|eingeladen"),
        (r"\blecture course|vorlesung|cours magistral", r"hauptseminar|proseminar|\bubung\b|travaux diriges"),
        (r"\bprimary (?:outcome|endpoint)|main outcome", r"\bsecondary (?:outcome|endpoint)"),
        (r"\bmonograph", r"\((?:hrsg|hg|eds?)\b|edited|herausgegeb|sammelband"),
        (r"\bmale\b|\bmen\b|\bmanner\b|\bhommes\b|\bhombres\b|男", r"\bfemale|\bwomen\b|\bfrauen\b|\bfemmes\b|\bmujeres\b|女"),
        (r"\btown|\bcities|\bcity|\burban|\bstadt|\bville\b|\burban", r"\brural|\bvillage|\blandlich|\bdorf|\bpueblo"),
        (r"\bgranted|erteilt|delivre|concedid|授权", r"\bpending|under examination|angemeldet|en examen|en tramite|审查中|申请"),
    ]
)  # fmt: skip
_MEASURES = {
    word: unit
    for unit, words in {
        "second": "second seconds sekunde sekunden seconde secondes segundo segundos 秒",
        "minute": "minute minutes minuten minuto minutos 分钟",
        "hour": "hour hours stunde stunden heure heures hora horas 小时",
        "day": "day days tag tage tagen jour jours dia dias 天",
        "week": "week weeks woche wochen semaine semaines semana semanas 周",
        "month": "month months monat monate monaten mois mes meses 个月",
        "year": "year years jahr jahre jahren an ans annee annees ano anos 年",
        "euro": "euro euros eur", "pound": "pound pounds pfund libras livres", "dollar": "dollar dollars", "yuan": "yuan 元",
        "metre": "m metre metres meter meters metern metros metro 米", "kilometre": "km kilometre kilometres kilometer kilometers",
        "tonne": "tonne tonnes tonnen toneladas", "kilogram": "kg",
    }.items()
    for word in words.split()
}  # fmt: skip
_HEADS = ("主任", "教授", "研究员", "主编", "院长", "会长", "主席", "部长", "所长", "经理", "组长", "馆长")
"""Chinese titles, each of which 副 makes lesser."""
_RATE = re.compile(
    r"\b(?:times|mal|fois|veces) (?:an?|per|each|every|pro|par|por|al) |\b(?:every|each|per) (?:second|minute|hour|day|week|month|year)|每(?:年|月|周|天|小时)|"
    r"\b(?:annually|monthly|weekly|daily)\b|\btimes an? ",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"(?:\b(?:an?|per|each|pro|par|por|al|je|chaque|cada|jed\w+) |\ball['’])(?:second|minute|hour|day|week|month|year|quarter|sekunde|stunde|tag|woche|monat|"
    r"jahr|seconde|heure|jour|semaine|mois|an|annee|ano|mes|semana|dia|anno|fortnight|semester|term|spring|summer|autumn|winter)|"
    r"/ ?(?:s|min|h|day|week|month|year)\b|\bevery\b|\b(?:annual|month|week|dai|hour|year)\w*ly\b|\bannual|jahrlich|monatlich|wochentlich|taglich|"
    r"stundlich|mensuel|annuel|mensual|\banual|每",
    re.IGNORECASE,
)
"""What tells how much of something there is in a time, or how often it is."""
_SUM = re.compile(
    r"[€$£¥]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY|CNY|AUD|CAD)\b|万元|元|euros?\b|dollars?\b|francs?\b|Franken\b"
)
_IN_TOTAL = re.compile(
    r"\b(?:in total|altogether|all told|insgesamt|au total|en total|in totale|no total|ao todo|in tutto)\b|总共|合计|共计"
)
_FOR_EACH = re.compile(r"\b(?:each|apiece|per|jeweils|je|chacune?|cada|ciascun[oa]|ognuno)\b|各|每")
_BEHIND = re.compile(r"[\s-]{0,2}([^\W\d_]+)")
_BY = re.compile(r"\b(?:by|um|en|de)\s+(?:\w+ )?$")
_FROM = re.compile(r"\b(?:from|von|desde|to|auf|hasta)\s+(?:\w+ )?$")
_FROM_TO = re.compile(r"\b(?:from|von|de)\b[^.;,]{1,30}?\b(?:to|auf|a)\s+\d")
_A_TIME = re.compile(
    r"\b(?:for|spent|spending|lasted|during|passe|passa|pendant|paso|durante) (?:about |almost |nearly |over |around )?"
    r"(?:an?|one|une?|un) (?:whole |full )?(?P<unit>year|an\b|annee|ano)"
    r"|\b(?:ein|einem|ganzes) jahr (?:lang|dauer)|\bein jahr\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_000)
def _steps(text: str) -> tuple[frozenset[int], ...]:
    """The steps of each scale that a folded text names."""
    return tuple(frozenset(i for i, step in enumerate(scale) if step.search(text)) for scale in _SCALES)


def misscaled(text: str, window: Sequence[Line], unit: Unit) -> Iterator[str]:
    """A short reason for each word of a scale, and each measure of a number, that stands in the place of another one."""
    said, whole = fold(text), fold(f"{unit.text} \n {unit.heading}")
    if not unit.is_entry:
        whole = fold(" \n ".join(line.text for line in window))
    for here, there in zip(_steps(said), _steps(whole), strict=True):
        if here - there and there - here and not here & there:
            yield "scale"
            break
        if len(here - there) and there and len(here) > len(there):
            yield "scale.more"
            break
    for title in _HEADS:
        if title in text and not _said_alone(title, whole) and _said_alone(title, said) and f"副{title}" in whole:
            yield "scale.deputy"
    if re.search(r"博士(?!后|生?导|研究)", said) and "博士后" in whole and not re.search(r"博士(?!后)", whole):
        yield "scale.postdoc"
    if _RATE.search(said) and not _RATED.search(fold(f"{unit.text} {unit.heading}")):
        yield "scale.rate"
    if any(_remeasured(text, line) for line in window):
        yield "scale.measure"
    if any(_by_end(said, line) for line in window):
        yield "scale.by"
    if _A_TIME.search(said) and unit.is_entry and not _lasts_a_year(unit):
        yield "scale.year"


def _said_alone(title: str, text: str) -> bool:
    return re.search(rf"(?<!副){title}", text) is not None


def _measure(text: str, quantity: Quantity) -> str | None:
    behind = _BEHIND.match(fold(text)[quantity.end :])
    return _MEASURES.get(behind[1]) if behind else None


def _remeasured(text: str, line: Line) -> bool:
    """Whether a number measures another unit than it does in the line."""
    for quantity in quantities(text):
        mine = _measure(text, quantity)
        if 1900 < max(quantity.values) < 2100:
            continue
        its = [_measure(line.text, q) for q in quantities(line.text) if q.agrees(quantity)]
        if not its or mine in its or not any(its):
            continue
        if mine is not None or (
            None not in its and _BEHIND.match(fold(text)[quantity.end :]) and not _names(text, its)
        ):
            return True
    return False


def _names(text: str, units: Sequence[str | None]) -> bool:
    """Whether a text has a word for one of the ``units``."""
    said = {_MEASURES.get(w) for w in re.findall(r"[^\W\d_]+", fold(text))} - {None}
    return bool(said & set(units)) or re.search(r"[€£$¥元年月天]", text) is not None


def _by_end(said: str, line: Line) -> bool:
    """Whether "by N" names one end of "from N to M"."""
    source = fold(line.text)
    if not _FROM_TO.search(source):
        return False
    for quantity in quantities(said):
        if not _BY.search(said[: quantity.start]) or re.search(r"\bde\s+(?:\w+ )?$", said[: quantity.start]):
            continue
        its = [q for q in quantities(source) if q.agrees(quantity)]
        if its and all(_FROM.search(source[: q.start]) for q in its):
            return True
    return False


def _lasts_a_year(unit: Unit) -> bool:
    if any(9 <= d.months <= 15 for d in durations(unit.text)):
        return True
    lasting = [m for p in unit.periods if (m := months_of(p))]
    return any(m[0] <= 14 and m[1] >= 10 for m in lasting) or (not lasting and any(p.start for p in unit.periods))


def adds_rate(text: str, units: Sequence[Unit]) -> bool:
    """Whether ``text`` makes of a sum of money one for every year or month, of which the entries say nothing, or of what each got a total."""
    said, printed = fold(text), fold(" ".join(f"{u.text} {u.heading}" for u in units))
    if _IN_TOTAL.search(said) and not _IN_TOTAL.search(printed) and _FOR_EACH.search(printed):
        return True
    return _SUM.search(text) is not None and _RATED.search(said) is not None and not _RATED.search(printed)
