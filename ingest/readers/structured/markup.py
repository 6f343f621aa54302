"""The text of one field as a person would read it: Markdown, HTML and LaTeX that authors put into values are gone."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

from ingest.domain import BlockKind
from ingest.readers.screen import Screen

_TAG_NAMES = (
    r"a|abbr|b|big|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|script"
    r"|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|time|tr|tt|u|ul"
)
_NO_TAG = re.compile(rf"<(?!(?:/?(?:{_TAG_NAMES})\b[^<>]*>|!--))", re.IGNORECASE)
"""An angle bracket that opens no tag, as in ``List<T>`` or ``p < 0.05``."""
_BLOCK_TAG = re.compile(r"<(?:p|br|ul|ol|li|div|table|h[1-6]|blockquote|dl|hr|style|script)\b[^<>]*>", re.IGNORECASE)
_LATEX = re.compile(
    r"\\[a-zA-Z]+\s*[{\\$]|\{\\[a-zA-Z&%$#_]|\\[\"'`^~=.][a-zA-Z{\\]|\$[^$\n]*[\\^_][^$\n]*\$|\w\.~\w|\\(?:ss|o|O|l|L|ae|AE|aa|AA)\b"
)
_MARKDOWN = re.compile(r"[*_`\[<&\\]")
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*(?=\{)")
_URL = re.compile(r"\\(?:url|nolinkurl)\s*\{([^{}]*)\}")
_BULLET = re.compile(r"^\s*(?:[-*+•‣▪◦·–]|\\item)\s+")
_TO_TEXT = LatexNodes2Text(math_mode="text", keep_comments=True)
_INLINE = MarkdownIt("commonmark", {"html": True})


def shown(text: str) -> str:
    """``text`` on one line, without markup."""
    if _LATEX.search(text):
        return latex_text(text)
    if _BLOCK_TAG.search(text):
        return " ".join(" ".join(piece.split()) for _, piece, _ in Screen().html(text))
    return _line(text)


def pieces(text: str) -> Iterator[tuple[BlockKind, str]]:
    """The paragraphs and items of a value of several lines, without markup."""
    if _BLOCK_TAG.search(text) and not _LATEX.search(text):
        for kind, piece, _ in Screen().html(text):
            yield BlockKind.ITEM if kind is BlockKind.ITEM else BlockKind.PARAGRAPH, " ".join(piece.split())
        return
    for paragraph in re.split(r"\n[ \t]*\n", text):
        kind, held = BlockKind.PARAGRAPH, list[str]()
        for line in paragraph.split("\n"):
            bullet = _BULLET.match(line)
            if bullet:
                yield kind, shown(" ".join(held))
                kind, held = BlockKind.ITEM, []
            held.append(re.sub(r"^\s*#{1,6}\s+", "", line[bullet.end() if bullet else 0 :]))
        yield kind, shown(" ".join(held))


def latex_text(text: str) -> str:
    """LaTeX of a field as Unicode text on one line: accents, braces, formulas and commands resolved, a link by its words."""
    bare = _URL.sub(r"\1", _HREF.sub("", text))
    bare = re.sub(r"(?<!\\)([&%#])", r"\\\1", bare)
    bare = re.sub(r"\\text(?:less|greater)\b\s*(?:\{\})?", lambda m: "<" if "less" in m[0] else ">", bare)
    try:
        plain = _TO_TEXT.latex_to_text(bare, tolerant_parsing=True)
    except (LatexWalkerError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # The converter trips over commands without their arguments; then the commands go and their words stay.
        plain = re.sub(r"\\[a-zA-Z]+\*?|[{}$\\]", " ", bare)
    return _line(plain) if re.search(r"<[a-zA-Z/]", plain) else " ".join(plain.split())


def _line(text: str) -> str:
    text = re.sub(r"(?<=[\w.])--(?=\w)", "–", text)
    if not _MARKDOWN.search(text):
        return " ".join(text.split())
    tokens = _INLINE.parseInline(_NO_TAG.sub("&lt;", text))
    return " ".join(Screen().inline(tokens[0].children or []).split() if tokens else "")
