"""The pieces of an entry's head lines: where a line is cut, what is a remark, a place, an employer."""

import re
from collections.abc import Iterator, Sequence

from ingest.dates import MONTH
from ingest.extract.words import fold, has_word, pattern_of, words_of

SENTENCE_END = (
    r"(?<!Prof)(?<!prof)(?<!Univ)(?<!Inst)(?<!Dipl)(?<!Priv)(?<!Dept)(?<=[^\W\d_]{4})\.\s+(?=[^\W\d_a-z«“\"])"
    r"|(?<=\))\.\s+(?=[^\W\d_a-z])|(?<=[^\W\d_]{3})\.\s+(?=[«“„\"])|(?<=[»“”\"])\.\s+(?=[^\W\d_a-z])"
)
_SEPARATOR = re.compile(rf"\s*\t+\s*|\s*,\s+|[，；]|\s+[–—|·-]\s+|{SENTENCE_END}")
_COMPANY_FORM = re.compile(
    r"(?:Inc|Ltd|LLC|L\.L\.C|Corp|Co|GmbH|AG|SE|KG|S\.?A|S\.?r\.?l|B\.?V|plc|PLC|Pty)\.?(?: Ltd\.?)?"
)
"""What belongs to the company's name before the comma: "Looms, Inc."."""
_PARTICLES = (
    "a al an and at au aux com con d da das de dei del della delle den der des di do dos du e el en et for für fur i im in la las le les lo los "
    "nach no of on op och og para por pour sur the til to u und van vom von voor vor y zu zum zur & +"
)
PARTICLES = frozenset(re.findall(r"\S+", _PARTICLES))
"""Words that a name keeps in small letters."""
_ENGLISH_KIND = re.compile(
    r"\b(?i:labs?|laborator(?:y|ies)|research|school|company|bank|library|agency|council|society|college|clinic|museum|institute|academy|university)"
    r"\s+(?P<next>[a-zà-ÿ]\w*)"
)
_TOLD = re.compile(r"\s*(?:[(（].*[)）]\W*$|(?:The|This|That|These|Our|My|Its|His|Her)\s+[a-zà-ÿ])")
"""What names nothing: a parenthesis, or how a sentence begins that tells of an employer: "The company closed"."""
_SUCCEEDED = re.compile(
    r"(?:and |und |et |y |e )?(?:then|later|subsequently|afterwards|dann|später|danach|puis|ensuite|luego|después|depois|poi|daarna)\s",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s*[(（](?P<words>[^()（）]*)[)）]$")
_HOUSE = re.compile(
    r"(?:[^\W\d_a-z][\w’'-]*\s+){1,3}(?:Cent(?:re|er)|School|Faculty|Laboratory|College)\s+(?:for|of|on|in)\s+(?=[^\W\d_a-z])"
)
_DITTO = re.compile(
    r"(?:ebenda|ebd\.?|ebenso|ditto|dto\.?|ibid(?:em)?\.?|[ií]dem|id\.|同上|〃|同一?(?:大学|学校|单位|公司|机构|医院|校)"
    r"|(?:the )?same(?: (?:institution|employer|company|place|lab|group|university|institute|school|hospital|college))?"
    r"|(?:d(?:ie|er|as|em|en) ?)?(?:selbe|gleiche)[mnrs]? (?:Universität|Hochschule|Einrichtung|Institution|Firma|Klinik|Institut|Schule|Arbeitgeber(?:in)?)"
    r"|(?:l[ae] |l['’])?même (?:université|établissement|institution|institut|employeur|entreprise|hôpital|école|laboratoire)"
    r"|(?:la |el |a |o )?m(?:ism|esm)[ao] (?:universidade?|institución|instituição|instituto|empresa|centro|hospital|entidade?|escuela|escola|lugar)"
    r"|(?:la |lo )?stess[ao] (?:università|istituzione|istituto|azienda|ente|ospedale|scuola|luogo|struttura))"
    r"(?=$|[\s,;(])",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"^\W*\d+(?:[.,]\d+)?\s*(?:%|h\b|hrs?\b|hours?\b|Std\b|Stunden\b|heures\b|horas\b|ore\b|SWS\b|ECTS\b|(?:FTE|WTE|ETP|VZÄ)\b)"
    r"|^\W*(?:(?:part|full)[- ]time|half[- ]time|Teilzeit|Vollzeit|halbtags|(?:à )?temps (?:partiel|plein)|a tiempo (?:parcial|completo))\b[^,]{0,20}$",
    re.IGNORECASE,
)
_REMOTE = re.compile(rf"\W*(?:(?:fully|mostly|partly|100 ?%) ?)?(?:{pattern_of('remote')})\W*")
_SHARE = re.compile(r"(?<=\w)[\s,]+\d+(?:[.,]\d+)?\s*(?:%|(?:FTE|WTE|ETP|VZÄ)\b)\s*$")
_WITHIN = re.compile(
    r"\s+(?:pour(?: la| le| les)?|for(?: the)?|für(?: die| das)?|para(?: el| la| o| a)?|per(?: il| la)?"
    r"|am|an der|an dem|im|in der|beim|at the|at|à l['’]|à la|à|au|de l['’]|dell['’]|della|alla|en la|en el|na|no|pela|aan de)\s*(?=[^\W\d_a-z])"
)
_STATED = re.compile(
    r"^[\s,:–-]*(?:I|he|she|ich|je|yo|io)\s+(?:(?:have|has|had)\s+)?(?:also\s+|now\s+|currently\s+|auch\s+|aussi\s+)?"
    r"(?:been|am|is|was|work(?:ed|s)?|serve[sd]?|bin|war|arbeite(?:te)?|suis|étais|travaille|soy|fui|trabajo|sono|lavoro)\s+"
    r"(?:also\s+|auch\s+|aussi\s+)?(?:as\s+|als\s+|comme\s+|como\s+|come\s+)?(?:(?:an?|the|eine?|une?|una?)\s+)?(?=\w)",
    re.IGNORECASE,
)
"""How a sentence begins that states a post."""
_BEFORE = re.compile(rf"^\s*[(（](?=[^()（）]*\d|[a-zà-ÿ]|(?i:{MONTH})\b)[^()（）]*[)）][\s,:–-]*(?=[^\W\d_])")
"""A remark between a date and the role: "(ten weeks) Trainee weaver"."""
_TELLING = re.compile(r"(?:I|we|ich|wir|je|nous|j['’]\w+|yo|nosotros|io|noi|eu|nós)\s", re.IGNORECASE)
_BESIDE = re.compile(
    r"^\s*(?:(?:in parallel|at the same time|in addition|en parallèle|parallel(?: dazu)?|daneben|zugleich|en paralelo|em paralelo|in parallelo)\b[\s,:]*"
    r"|:\s+)+",
    re.IGNORECASE,
)
"""How a line begins that sets a post beside the one above, and the colon behind a date."""


def pieces_of(line: str) -> list[str]:
    """``line`` cut at its commas, dashes, tabs and full stops, but not inside of brackets; a company keeps its form: "Looms, Inc."."""
    found: list[str] = []
    for piece in (re.sub(r"^\.\s+", "", p.strip(" ,;，；")) for p in _cut(line)):
        if found and _COMPANY_FORM.fullmatch(piece):
            found[-1] = f"{found[-1]}, {piece}"
        elif piece and not is_remote(piece):
            found += _before_employer(piece)
    return found


def without_statement(line: str) -> str:
    """A line from the role on that states a post in a sentence, "ich bin Dozent an …", or has a remark before it: "(part-time) Tutor"."""
    line = _BESIDE.sub("", _BEFORE.sub("", line))
    stated = _STATED.match(line)
    return re.sub(r"(?<=\bat )the (?=[A-Z])", "", line[stated.end() :]) if stated else line


def is_sentence(line: str) -> bool:
    """Whether a line tells of what its writer does, and states no post: "I look after the tools of …"."""
    return _TELLING.match(line) is not None


def without_prose(line: str) -> str:
    """A line that names role and employer up to its first full stop behind them: what follows tells of the work."""
    for match in re.finditer(SENTENCE_END, line):
        before = pieces_of(line[: match.start()])
        if len(before) > 2 or (len(before) > 1 and any(map(is_employer, before))):
            return line[: match.start()]
    return line


def _cut(line: str) -> Iterator[str]:
    balanced = len(re.findall("[(（]", line)) == len(re.findall("[)）]", line))
    start = 0
    for match in _SEPARATOR.finditer(line):
        before = line[: match.start()]
        if balanced and len(re.findall("[(（]", before)) > len(re.findall("[)）]", before)):
            continue
        yield line[start : match.start()]
        start = match.end()
    yield line[start:]


def _before_employer(piece: str) -> list[str]:
    """A piece cut where a full stop stands before the name of an employer: "… vía MIR. Hospital X"."""
    for match in re.finditer(r"\.\s+", piece):
        if has_word("organisation", piece[match.end() :].split(" ")[0]):
            return [piece[: match.start()], piece[match.end() :]]
    return [piece]


def is_employer(piece: str) -> bool:
    """Whether a piece names the kind of employer that it is, and no part of one."""
    bare = re.sub(r"(?<=.)[(（][^()（）]*[)）]", "", piece)
    return not is_told(piece) and has_word("organisation", bare) and not has_word("group", bare)


def is_told(piece: str) -> bool:
    """Whether a piece is a parenthesis, or a sentence about the employer, and no name."""
    return _TOLD.match(piece) is not None


def is_remote(piece: str) -> bool:
    """Whether a piece says from where one worked, which is no employer: "remote", "Home-Office", "à distance", "en remoto"."""
    return _REMOTE.fullmatch(fold(piece)) is not None


def is_aside(line: str) -> bool:
    """Whether a line beside a role says how it was worked and names nothing: "60 %", "about one day a month", "remote, office in Lin"."""
    if is_remote(line.split(",")[0]) and not is_employer(line):
        return True
    is_small = line.islower() and len(line.split()) > 1 and not is_employer(line)
    return is_told(line) or is_hours(line) or is_small


def with_successions(pieces: Sequence[str]) -> list[str]:
    """``pieces`` in which a role and the one that came after it are one: "Loom Operative, then Pattern Assistant"."""
    found: list[str] = []
    for piece in pieces:
        if found and _SUCCEEDED.match(piece) and has_word("role", piece):
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return found


def is_house(piece: str) -> bool:
    """Whether a centre or a school has a name of its own before its kind, as what is no part of another does: "Harbour Centre for Looms"."""
    return _HOUSE.match(piece) is not None


def is_ditto(piece: str) -> bool:
    """Whether a piece says that the employer is the one above: "ebenda", "ibid."."""
    return _DITTO.match(piece) is not None


def is_hours(piece: str) -> bool:
    """Whether a piece says how much was worked: "8 h/Woche", "50 %"."""
    return _HOURS.match(piece) is not None


def without_share(text: str) -> str:
    """``text`` without the share of a full post at its end: "Loom Hospice 0.3 WTE"."""
    return _SHARE.sub("", text)


def is_name(piece: str, longest: int = 8) -> bool:
    """Whether a piece is set as a name is: a capital first, no digits, small letters only in particles and what follows them."""
    bare = re.sub(r"\s*[(（][^()（）]*[)）]", "", piece)
    words = bare.split()
    if not words or len(words) > longest or re.search(r"\d|[;:!?]", bare) or not re.match(r"[^\W_]", bare):
        return False
    return all(
        w[0].isupper() or not w[0].isalpha() or w.split("’")[0].split("'")[0] in PARTICLES or _is_cjk(w) for w in words
    )


def is_place(piece: str) -> bool:
    """Whether a piece can be a town, a state or a country: a short name."""
    return is_name(piece, 5) and not is_hours(piece) and not has_word("role", piece)


def is_town(piece: str) -> bool:
    """Whether a piece has no more words than the name of most towns."""
    return is_place(piece) and len(piece.split()) <= 2


def _is_cjk(word: str) -> bool:
    return re.match(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", word) is not None


def names_employer(piece: str) -> bool:
    """Whether a line of the body is an employer's name: "Lab coordination" tells what was done in one."""
    told = _ENGLISH_KIND.search(piece)
    kinds = words_of("organisation", piece)
    return any(not kind[0].islower() for kind in kinds) and not (told and told["next"] not in PARTICLES)


def without_remark(piece: str) -> tuple[str, str | None]:
    """A name without the remark in brackets behind it, and the remark: "Loom Works (with A. Byron on weaving)"; another name stays: "(TU)"."""
    open_bracket = re.search(r"\s*[(（][^()（）]*$", piece)
    if open_bracket:
        return piece[: open_bracket.start()] or piece, piece[open_bracket.start() :].strip(" (（")
    match = _REMARK.search(piece)
    if match is None or not match.start():
        return piece, None
    words = match["words"].split()
    is_remark = (
        any(c.isdigit() for c in match["words"])
        or is_remote(match["words"])
        or any(w[0].islower() and w not in PARTICLES for w in words)
        or words[:1] == ["with"]
    )
    return (piece[: match.start()], match["words"]) if is_remark else (piece, None)


def within(piece: str) -> tuple[str, str] | None:
    """A piece that says where by itself, in two: "Hilfskraft am Institut für Tiefsee"; ``None`` where it names no employer."""
    for match in _WITHIN.finditer(piece):
        behind = piece[match.end() :]
        if has_word("organisation", " ".join(behind.split()[:2])):
            return piece[: match.start()], behind
    return None


def employer_among(pieces: Sequence[str]) -> str | None:
    """The employer: the first piece that names its kind, or the university behind that where the first is a part of it."""
    known = [p for p in pieces if is_employer(p)]
    if not known:
        return None
    above = next((p for p in known[1:] if has_word("university", p)), None)
    return above if above and has_word("inner", known[0]) and not has_word("university", known[0]) else known[0]


def whole_among(groups: Sequence[str], named: Sequence[str]) -> str | None:
    """The last of ``groups`` that has a name of its own, where only places stand beside it: "Reed Centre for Loom Research, Lin"."""
    last = groups[-1] if groups else ""
    kinds = words_of("group", last)
    has_name = bool(kinds) and 0 < last.find(kinds[0]) < len(last) - len(kinds[0]) and has_word("organisation", last)
    return last if has_name and named and all(map(is_place, named)) else None
