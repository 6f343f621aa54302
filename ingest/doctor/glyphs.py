"""What conversion and encoding leave behind: broken characters, glyphs of icon fonts, torn words, markup that is shown."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from ingest.doctor.finding import Finding, Severity, counted, finding
from ingest.domain import Document, Record, Span

_Places = list[tuple[int, int]]

_REPLACED = re.compile("\ufffd+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufff9-\ufffb]+|(?<=[\x00-\x7f])[\x80-\x9f]+")
_ORNAMENT = re.compile(r"(?<!\S)[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?(?!\S)")
_USUAL = frozenset("★☆✓✔✗✘✉☎☏✆➔➜➤➢➣⬅⬆⬇❖✦✧⭐")
_TORN = re.compile(r"(?<![\w-])(?P<left>[^\W\d_]{2,})-(?:\n| (?!\s))(?P<right>[^\W\d_]{2,})")
_COMPOUND = re.compile(
    r"(?:self|pre|post|non|multi|co|cross|semi|long|short|high|low|real|well|fine|large|small|zero|few|one|two|open|inter|intra|anti|meta|micro|macro"
    r"|sub|super|end|state|data|user|model|task|time|cost|near|all|peer|part|full|half)-.*|.*-(?:and|or|to|und|oder|bis|bzw|et|ou|y|o|e|vs|nor|based|dependent|aware|free|driven|specific"
    r"|level|like|wide|oriented|trained|order|scale|time|term|ended|source|making|art|efficient|rich|shot|guided|agnostic|friendly)",
    re.IGNORECASE,
)
"""What is written with a hyphen anyway, and what follows one in "pre- and post-war"."""
_SPACED = re.compile(r"(?m)(?<=^)[^\W\d_](?: {1,3}[^\W\d_]){4,}(?=[ :]*$)")
_COMMAND = re.compile(
    r"\\(?:[a-zA-Z]{2,}\*?\s?\{[^{}\n]*\}|(?:textbf|emph|item|href|url|cite\w*|ref|label|newline|hfill|vspace)\b)"
)
_MATH = re.compile(r"\$[^$\n]{1,300}\$|\\\(.{1,300}?\\\)")
_ENTITY = re.compile(r"&(?:amp|nbsp|lt|gt|quot|apos|ndash|mdash|#\d{2,5}|#x[\da-f]{2,5});", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{1,200}\}\}|\{%[^{}\n]{1,200}%\}|<%[^<>\n]{1,200}%>|\{[a-z:]{2,20}\}`[^`\n]{1,200}`"
)
_ODD = re.compile(r"[^\w\s]{6,}")
_LONG = re.compile(r"\S{46,}")
_RUN_TOGETHER = re.compile(r"[A-Za-z]{46,}|[^/]{200,}")
_BYTES = {bytes([n]).decode("cp1252", "ignore") or chr(n): n for n in range(128, 256)}
"""The characters that the upper half of Windows-1252 shows, and their bytes."""
_FOLLOWING = "[" + re.escape("".join(char for char, byte in _BYTES.items() if byte < 0xC0)) + "]"
_MISREAD = re.compile(f"(?:[\xc2-\xdf]{_FOLLOWING}|[\xe0-\xef]{_FOLLOWING}{{2}}|[\xf0-\xf4]{_FOLLOWING}{{3}})+")
"""UTF-8 as it looks where it was read as Windows-1252."""
_LIKELY = re.compile("[\u00a0-\u017f\u0370-\u04ff]+|[\u0800-\uffff\U00010000-\U0010ffff]+")
"""What two or more bytes of UTF-8 make in the languages of Europe and East Asia, with the signs of typography."""


def broken_characters(record: Record) -> Iterator[Finding]:
    """Characters that were lost or read in the wrong encoding."""
    anew = "convert the source anew as UTF-8"
    lost = "this character was lost when the text was converted"
    yield from _each(record, _places(_REPLACED), "lost-character", "error", lost, f"write it again, or {anew}")
    control = "a control character stands in the text"
    yield from _each(record, _places(_CONTROL), "control-character", "warning", control, "take it out")
    for document in record.documents:
        found = [(m, right) for m in _MISREAD.finditer(document.text) if (right := unscrambled(m[0]))]
        if found:
            (first, right), *more = found
            message = f"{first[0]!r} is {right!r} read in the wrong encoding, in {counted(len(found), 'place')}"
            place, *rest = (Span(document.id, m.start(), m.end()) for m in (first, *(m for m, _ in more)))
            yield finding(record, place, "mojibake", "error", message, anew, rest)


def unscrambled(text: str) -> str | None:
    """What ``text`` was before its UTF-8 was read as Windows-1252, or ``None`` where it was not: ``Ã©`` → ``é``."""
    if any(char not in _BYTES for char in text):
        return None
    try:
        right = bytes(_BYTES[char] for char in text).decode("utf-8")
    except UnicodeDecodeError:
        return None
    return right if _LIKELY.fullmatch(right) else None


def foreign_glyphs(record: Record) -> Iterator[Finding]:
    """Glyphs that only one font can show, ligatures that hide letters, and ornaments that stand where icons stood."""
    icon = "this glyph belongs to an icon font; visitors see an empty box"
    yield from _each(record, _places(_PRIVATE), "private-glyph", "warning", icon, "take it out or write the word")
    ligature = "this is one glyph for several letters, so that the word is not found by a search"
    yield from _each(record, _places(_LIGATURE), "ligature", "warning", ligature, "write the letters")
    ornament = "this ornament says nothing in running text; often it is left of an icon"
    yield from _each(record, _ornaments, "ornament", "note", ornament, "take it out, or write what the icon meant")


def torn_words(record: Record) -> Iterator[Finding]:
    """Words with a hyphen from a line end, words set letter by letter, and words that ran together."""
    torn = "this looks like one word that a line end divided"
    yield from _each(record, _torn, "torn-word", "warning", torn, "join it")
    spaced = "the letters of a word are set apart, so that it is not found by a search"
    yield from _each(record, _places(_SPACED), "spaced-letters", "warning", spaced, "write it without the blanks")
    ran = "words seem to have run together"
    yield from _each(record, _run_together, "run-together", "warning", ran, "set the blanks again")


def shown_markup(record: Record) -> Iterator[Finding]:
    """Commands of LaTeX, entities of HTML and placeholders of site generators that visitors would read."""
    command = "a command of LaTeX is shown as it stands"
    yield from _each(record, _commands, "latex-command", "warning", command, "write what it would print")
    entity = "an entity of HTML is shown as it stands"
    yield from _each(record, _places(_ENTITY), "html-entity", "warning", entity, "write the character")
    template = "code of a site generator is shown as it stands"
    yield from _each(
        record,
        _places(_TEMPLATE),
        "template-code",
        "warning",
        template,
        "use the page that the generator makes, or take it out",
    )
    odd = "a run of signs that says nothing"
    yield from _each(record, _odd_runs, "odd-signs", "warning", odd, "take it out or write what was meant")


RULES = (broken_characters, foreign_glyphs, torn_words, shown_markup)


def _each(
    record: Record, places: Callable[[Document], _Places], kind: str, severity: Severity, message: str, advice: str
) -> Iterator[Finding]:
    """One finding a document, at the first of its places."""
    for document in record.documents:
        spans = [Span(document.id, start, end) for start, end in places(document)]
        if spans:
            more = f", in {len(spans)} places" if len(spans) > 1 else ""
            yield finding(record, spans[0], kind, severity, f"{message}{more}", advice, spans[1:])


def _places(pattern: re.Pattern[str]) -> Callable[[Document], _Places]:
    return lambda document: [m.span() for m in pattern.finditer(document.text)]


def _ornaments(document: Document) -> _Places:
    """Lone ornaments; emoji only beside others, because alone they are meant."""
    found = [m for m in _ORNAMENT.finditer(document.text) if m[0][0] not in _USUAL]
    ornaments = [m for m in found if unicodedata.category(m[0][0]) == "So"]
    return [m.span() for m in ornaments] if any(m[0] < "\U0001f000" and len(m[0]) == 1 for m in ornaments) else []


def _torn(document: Document) -> _Places:
    """Words that a line end divided: the whole word stands elsewhere, or neither part does."""
    words = Counter(w.lower() for w in re.findall(r"[^\W\d_]+", document.text))
    places = []
    for match in _TORN.finditer(document.text):
        left, right = match["left"], match["right"]
        whole = f"{left}{right}".lower()
        are_scraps = words[left.lower()] == words[right.lower()] == 1 and not _COMPOUND.fullmatch(f"{left}-{right}")
        if right.islower() and not left.isupper() and (words[whole] or are_scraps):
            places.append(match.span())
    return places


def _run_together(document: Document) -> _Places:
    found = (m for m in _LONG.finditer(document.text) if m[0].isascii() and _RUN_TOGETHER.search(m[0]))
    return [m.span() for m in found if not re.search(r"://|www\.|@|([^\w])\1{5}", m[0])]


def _commands(document: Document) -> _Places:
    maths = [m.span() for m in _MATH.finditer(document.text)]
    found = (m.span() for m in _COMMAND.finditer(document.text))
    return [(a, b) for a, b in found if not any(start <= a < end for start, end in maths)]


def _odd_runs(document: Document) -> _Places:
    return [m.span() for m in _ODD.finditer(document.text) if len(set(m[0])) > 2 and m[0].isascii()]
