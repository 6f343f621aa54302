"""The macros and environments that do more than print a sign or drop their arguments."""

import re

from ingest.domain import BlockKind
from ingest.readers.tex.citing import CITING
from ingest.readers.tex.expand import expanded_tokens
from ingest.readers.tex.grammar import source_of
from ingest.readers.tex.gullet import text_of
from ingest.readers.tex.ink import INK
from ingest.readers.tex.macro import Macro
from ingest.readers.tex.page import Command, Page
from ingest.readers.tex.sheet import Frame, settled
from ingest.readers.tex.vocabulary import names, titles

_ESCAPED = re.compile(
    r"\\(?:textasciitilde|~)\s*(?:\{\})?|\\([%#&_$])|[{}]|\\(?:-|allowbreak\s?|linebreak\s?|slash\s?)"
)
_HEADING_TEXT = re.compile(r"[^\d@:|•·]{3,60}")
_DIMENSION = re.compile(r"\s*[-+]?[\d.,]+\s*(?:\\?\w+)?\s*|\s*[-+]?\s*\\\w+\s*")


def _address(page: Page) -> str:
    """Takes the address of a link."""
    found = source_of(expanded_tokens(page.gullet, page.gullet.argument()))
    return _ESCAPED.sub(lambda m: m[1] or ("~" if "tilde" in m[0] or "~" in m[0] else ""), found).strip()


def _href(page: Page, token: str) -> None:
    page.gullet.optional()
    address = _address(page)
    text = page.inline(page.gullet.argument())
    scheme, _, rest = address.partition(":")
    bare = rest.partition("?")[0] if scheme in {"mailto", "tel"} else address
    if not re.search(r"\w", text):
        page.say(bare if not text else f"{text} {bare}")
    elif scheme == "mailto" and "@" not in text:
        page.say(f"{text} {bare}")
    else:
        page.say(text)


def _url(page: Page, token: str) -> None:
    page.gullet.star()
    page.say(_address(page))


def _section(page: Page, token: str) -> None:
    page.gullet.star()
    page.gullet.optional()
    page.head(titles()[token], page.inline(page.gullet.argument()))


def _run_in(page: Page, token: str) -> None:
    page.gullet.star()
    page.gullet.optional()
    title = page.inline(page.gullet.argument())
    page.end()
    page.say(f"{title}\t")


def _item(page: Page, token: str) -> None:
    label = page.gullet.optional()
    page.item(page.inline(label).replace("\n", " ") if label else "")


def _bibitem(page: Page, token: str) -> None:
    page.gullet.optional()
    key = text_of(page.gullet.argument())
    page.item("")
    if page.references.whole.cited.get(key) is False:
        # Cited by the text: a work of somebody else's, none of a list whose heading was lost.
        page.sheet.kind = BlockKind.PARAGRAPH


def _line(page: Page, token: str) -> None:
    page.gullet.star()
    if (
        page.gullet.peek() == "["
        and (option := page.gullet.optional()) is not None
        and not _DIMENSION.fullmatch(source_of(option))
    ):
        page.gullet.push(["[", *option, "]"])
    page.line(is_row=token == "\\tabularnewline")


def _paragraph(page: Page, token: str) -> None:
    page.drop("[" if token == "\\pagebreak" else "")
    page.paragraph()


def _rule(page: Page, token: str) -> None:
    width = ""
    if token == "\\rule":
        page.gullet.optional()
        width = text_of(page.gullet.argument())
        page.gullet.argument()
    elif token != "\\hrulefill":
        page.drop("=")
    if re.match(r"\s*0(?!\.\d*[1-9])", width) or page.in_table() or page.sheet.kind is BlockKind.ITEM:
        return
    text = settled(page.sheet.parts)
    if (
        _HEADING_TEXT.fullmatch(text)
        and not {"\n", "\t"} & set(text)
        and len(text.split()) <= 5
        and page.sheets[0].pieces
    ):
        page.sheet.parts.clear()
        page.sheet.head(text, 2)
    elif token != "\\hrulefill":
        page.end()


def _column(page: Page, token: str) -> None:
    page.say("\t")


def _space(page: Page, token: str) -> None:
    page.gullet.star()
    width = source_of(page.gullet.argument())
    page.say("\t" if "fill" in width else " ")


def _vertical_space(page: Page, token: str) -> None:
    page.gullet.star()
    if not text_of(page.gullet.argument()).startswith("-") and settled(page.sheet.parts) and page.sheet.begins_line:
        page.paragraph()


def _note(page: Page, token: str) -> None:
    page.gullet.optional()
    page.notes.append(page.inline(page.gullet.argument()))


def _margin(page: Page, token: str) -> None:
    """A note in the margin leads the line it stands beside, which is an entry of its own where it begins one."""
    page.gullet.optional()
    note = page.inline(page.gullet.argument())
    if page.sheet.begins_line:
        page.paragraph()
    page.say(f"{note}\t")


def _capitals(page: Page, token: str) -> None:
    page.say(page.inline(page.gullet.argument()).upper())


def _quote(page: Page, token: str) -> None:
    page.gullet.star()
    page.gullet.push(["{", "“", *page.gullet.argument(), "”", "}"])


def _formula(page: Page, token: str) -> None:
    page.formula(token)


def _as_formula(page: Page, token: str) -> None:
    page.gullet.push(["$", *page.gullet.argument(), "$"])


def _stored(page: Page, token: str) -> None:
    page.gullet.optional()
    text = page.gullet.argument()
    page.gullet.macros["\\@" + token[1:]] = Macro((), tuple(text))
    if page.gullet.began:
        page.gullet.push(_front(token[1:], text))
    else:
        page.front[token[1:]] = text


def _make_title(page: Page, token: str) -> None:
    front, page.front = page.front, {}
    order = sorted(front, key=["title", "subtitle", "author", "affil", "institute", "affiliation", "date"].index)
    page.gullet.push([t for name in order for t in _front(name, front[name])])


def _front(name: str, text: list[str]) -> list[str]:
    return ["\\viva@heading", "{", "1", "}", "{", *text, "}"] if name == "title" else ["\\par", *text, "\\par"]


def _heading(page: Page, token: str) -> None:
    level = text_of(page.gullet.argument())
    page.head(int(level) if level.isdigit() else 2, page.inline(page.gullet.argument()))


def _name(page: Page, token: str) -> None:
    text = page.gullet.argument()
    if not page.gullet.began:
        page.heads.append((True, text))
        return
    name = page.inline(text)
    pieces = page.sheet.pieces
    page.end()
    if pieces and pieces[-1][0] is BlockKind.HEADING and pieces[-1][2] == 1 and name:
        name = f"{pieces.pop()[1]} {name}"
    page.head(1, name)


def _personal(page: Page, token: str) -> None:
    text = page.gullet.argument()
    if page.gullet.began:
        page.gullet.push(["{", *text, "}", "\\hfill"])
    else:
        page.heads.append((False, [*text, "\\newline"]))


def _loose_item(page: Page, token: str) -> None:
    text = page.gullet.argument()
    page.gullet.push(["\\item", "{", *text, "}", "\\viva@enditem"])


def _end_loose_item(page: Page, token: str) -> None:
    page.end()
    page.sheet.kind = BlockKind.ITEM if page.list_depth() else BlockKind.PARAGRAPH


def _group(page: Page, token: str) -> None:
    page.open(Frame("begingroup")) if token in {"\\begingroup", "\\bgroup"} else page.close("begingroup")


def _loop(page: Page, token: str) -> None:
    page.gullet.until(["\\repeat"] if token == "\\loop" else ["\\in"])
    if token == "\\foreach":
        page.drop("{{")


COMMANDS: dict[str, Command] = {
    **INK,
    **CITING,
    "\\href": _href,
    **dict.fromkeys(["\\url", "\\nolinkurl", "\\path"], _url),
    **dict.fromkeys(titles(), _section),
    **dict.fromkeys(["\\paragraph", "\\subparagraph"], _run_in),
    "\\item": _item,
    "\\bibitem": _bibitem,
    **dict.fromkeys(["\\\\", "\\tabularnewline", *names("line")], _line),
    **dict.fromkeys(names("paragraph"), _paragraph),
    **dict.fromkeys(names("rule"), _rule),
    **dict.fromkeys(names("column"), _column),
    "\\hspace": _space,
    **dict.fromkeys(["\\vspace", "\\addvspace"], _vertical_space),
    **dict.fromkeys(["\\footnote", "\\footnotetext", "\\thanks"], _note),
    **dict.fromkeys(["\\marginpar", "\\marginnote", "\\sidenote"], _margin),
    **dict.fromkeys(["\\MakeUppercase", "\\uppercase", "\\MakeTextUppercase"], _capitals),
    "\\enquote": _quote,
    **dict.fromkeys(["\\(", "\\["], _formula),
    "\\ensuremath": _as_formula,
    **dict.fromkeys(
        ["\\title", "\\subtitle", "\\author", "\\date", "\\affil", "\\institute", "\\affiliation"], _stored
    ),
    "\\maketitle": _make_title,
    "\\viva@heading": _heading,
    "\\viva@name": _name,
    "\\viva@personal": _personal,
    "\\viva@item": _loose_item,
    "\\viva@enditem": _end_loose_item,
    **dict.fromkeys(["\\begingroup", "\\endgroup", "\\bgroup", "\\egroup"], _group),
    **dict.fromkeys(["\\loop", "\\foreach"], _loop),
}
