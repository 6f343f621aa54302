"""The page that a LaTeX document prints: expanded tokens in, blocks of visible text out."""

import re
from collections.abc import Callable, Sequence

from ingest.domain import BlockKind
from ingest.readers.tex import grammar
from ingest.readers.tex.arguments import drop, in_columns, texts
from ingest.readers.tex.expand import expanded
from ingest.readers.tex.grammar import PARAGRAPH, source_of
from ingest.readers.tex.gullet import Gullet, text_of
from ingest.readers.tex.hiding import PALE, TINY
from ingest.readers.tex.references import References
from ingest.readers.tex.sheet import Frame, Piece, Sheet, Table, set_box, settled
from ingest.readers.tex.vocabulary import GERMAN, SIGNS, UMLAUTS, is_icon, is_layout, is_setting, names, shape, symbols

_NUMBERING = re.compile(r"[\W_]*(?:[A-Z]{0,2}[.-]?\d{1,3})?[\W_]*")
_DEEPEST = 250
"""Groups and environments that may stand open."""
_LABELLED = re.compile(r"[^:\n]{2,40}:\s+\S")


Command = Callable[["Page", str], None]


class Page:
    """Sets what ``gullet`` holds; ``commands`` are the macros and environments that do more than print or drop their arguments."""

    def __init__(self, gullet: Gullet, commands: dict[str, Command], environments: dict[str, Command]) -> None:
        self.gullet = gullet
        self.colours: dict[str, bool] = {}
        """The document's own colours, and whether they are too pale to see."""
        self.front: dict[str, list[str]] = {}
        r"""What ``\maketitle`` will print."""
        self.heads: list[tuple[bool, list[str]]] = []
        """Personal data out of the preamble, and whether it is the name."""
        self.frames = [Frame("\\viva@page")]
        self.sheets = [Sheet()]
        self.notes: list[str] = []
        self.references = References(gullet.folder, gullet.main, gullet.options)
        self._commands = commands
        self._environments = environments

    def pieces(self) -> list[Piece]:
        """The blocks of the whole document.

        Raises:
            SourceUnreadable: macros or files that never end, or a file outside of the profile's folder.
        """
        self._run()
        while len(self.frames) > 1:
            self.close(self.frames[-1].name)
        self.end()
        return self.sheet.pieces

    @property
    def sheet(self) -> Sheet:
        """The sheet that is being set."""
        return self.sheets[-1]

    @property
    def frame(self) -> Frame:
        """The innermost open group or environment."""
        return self.frames[-1]

    def say(self, text: str) -> None:
        """Prints ``text`` where nothing hides it."""
        if self.gullet.began and not self.frame.hidden and (self.frame.dark or not self.frame.pale):
            self.sheet.say(text)
        elif self.gullet.began and text.strip():
            self.gullet.unseen[TINY if self.frame.hidden else PALE] += len(text)

    def end(self, kind: BlockKind | None = None) -> None:
        """Ends the block that is being set; footnotes follow it."""
        if kind is None and self.sheet.kind is BlockKind.ITEM:
            kind = self._end_item()
        self.sheet.end(kind)
        if len(self.sheets) == 1 and self.notes:
            self.sheet.pieces += [(BlockKind.PARAGRAPH, note, None) for note in self.notes if note]
            self.notes.clear()

    def _end_item(self) -> BlockKind:
        """What the item that is being set turned out to be; lines with a label each become items of their own."""
        text = settled(self.sheet.parts)
        lines = text.split("\n")
        if len(lines) > 1 and all(map(_LABELLED.match, lines)):
            self.sheet.parts.clear()
            self.sheet.pieces += [(BlockKind.ITEM, line, None) for line in lines]
        return BlockKind.PARAGRAPH if self.list_depth() <= 1 and _is_head(text) else BlockKind.ITEM

    def paragraph(self) -> None:
        """Begins a paragraph: a block of its own, or a line of an item or a cell."""
        if self.sheet.kind is BlockKind.ITEM or self.in_table():
            self.say("\n")
        else:
            self.end()

    def inline(self, found: Sequence[str]) -> str:
        """``found`` as lines of text."""
        frames, sheets = self.frames, self.sheets
        self.frames = [Frame("\\viva@page", frames[-1].hidden, frames[-1].pale, frames[-1].dark)]
        self.sheets = [Sheet()]
        with self.gullet.only(found):
            self._run()
        sheet = self.sheets[0]
        for box in self.sheets[1:]:
            set_box(box, sheet)
        self.frames, self.sheets = frames, sheets
        return sheet.text

    def open(self, frame: Frame) -> None:
        """Opens a group or environment; what hides the one around it hides it too."""
        if len(self.frames) >= _DEEPEST:
            raise self.gullet.unreadable(
                f"more than {_DEEPEST} groups and environments stand open; close them where they end"
            )
        outer = self.frame
        frame.hidden |= outer.hidden
        frame.pale |= outer.pale
        frame.dark |= outer.dark
        self.frames.append(frame)

    def close(self, name: str) -> None:
        """Closes the environment or group ``name`` and all that is open inside of it; nothing where it is not open."""
        if self.frame.name != name and (name == "{" or not any(frame.name == name for frame in self.frames)):
            return
        while True:
            frame = self.frames.pop()
            if frame.table is not None:
                self._end_table(frame.table)
            elif frame.is_box and len(self.sheets) > 1:
                set_box(self.sheets.pop(), self.sheet)
            if frame.is_list:
                self.end()
                self.sheet.kind = BlockKind.ITEM if self.list_depth() else BlockKind.PARAGRAPH
            if frame.name == name:
                return

    def list_depth(self) -> int:
        """How many lists are open on this sheet."""
        depth = 0
        for frame in reversed(self.frames):
            if frame.table is not None or frame.is_box:
                break
            depth += frame.is_list
        return depth

    def in_table(self) -> bool:
        """Whether what is being set is a cell, no group and no environment inside of it aside."""
        return next((f.table is not None for f in reversed(self.frames) if f.name != "{"), False)

    def column(self) -> None:
        """Goes to the next cell or column."""
        table = self.frame.table
        if table is None or len(self.sheets) < 2:
            self.say("\t")
        else:
            table.end_cell(self.sheets.pop())
            self.sheets.append(Sheet())

    def line(self, *, is_row: bool = False) -> None:
        """Goes to the next line or row."""
        table = next((f.table for f in reversed(self.frames) if f.name != "{"), None) if is_row else self.frame.table
        if table is None or len(self.sheets) < 2:
            self.say("\n")
        else:
            table.end_cell(self.sheets.pop())
            table.end_row()
            self.sheets.append(Sheet())

    def begin_table(self, name: str) -> None:
        """Opens a table; its cells are sheets of their own."""
        self.open(Frame(name, table=Table()))
        self.sheets.append(Sheet())

    def item(self, label: str) -> None:
        """Begins an item."""
        if not any(frame.is_list for frame in self.frames if frame.name != "{"):
            frame = next((f for f in reversed(self.frames) if f.name != "{"), self.frames[0])
            frame.is_list = frame is not self.frames[0] and frame.table is None and not frame.is_box
        self.end()
        self.sheet.kind = BlockKind.ITEM
        if label and not _NUMBERING.fullmatch(label):
            self.say(f"{label}\t")

    def drop(self, arguments: str) -> None:
        """Drops the arguments that come next, of that shape."""
        drop(self.gullet, arguments)

    def head(self, level: int, title: str) -> None:
        """Prints a heading where nothing hides it."""
        self.end()
        if self.gullet.began and not self.frame.hidden:
            self.sheet.head(title, level)

    def begin_unknown(self, name: str) -> None:
        """Opens an environment nobody foresaw: its settings are dropped, its texts stand above what it holds."""
        given = texts(self.gullet)
        self.paragraph()
        self.open(Frame(name))
        kept = [t for t in given if not is_setting(source_of(t))]
        if kept and re.search(r"section|rubric", name):
            self.sheet.head(self.inline(kept.pop(0)), 2)
        if kept:
            self.gullet.push([*in_columns(kept), "\\par"])

    def _run(self) -> None:
        for token in expanded(self.gullet):
            if token[0] == "\\":
                self._macro(token)
            elif token == "{":
                self.open(Frame("{"))
            elif token == "}":
                self.close("{")
            elif token == "&":
                self.column()
            elif token in {"$", "$$"}:
                self._formula(token)
            elif token == PARAGRAPH:
                self.paragraph()
            elif token == '"' and self.gullet.options & GERMAN:
                self._shorthand()
            else:
                self.say(SIGNS.get(token, token))

    def _macro(self, token: str) -> None:
        if token in self._commands:
            self._commands[token](self, token)
        elif token in {"\\begin", "\\end"}:
            name = text_of(self.gullet.argument())
            if token == "\\begin":
                self._environments.get(name, Page.begin_unknown)(self, name)
            elif name == "document":
                self.gullet.clear()
            elif any(frame.name == name for frame in self.frames):
                self.close(name)
                self.paragraph() if shape("tables", name) is None and name not in names("boxes") else None
        elif (shown := symbols().get(token)) is not None:
            self.say(shown)
        elif (arguments := shape("silent", token)) is not None or (
            arguments := shape("bibliography", token)
        ) is not None:
            self.drop(arguments)
        elif grammar.is_accent(token[1:]):
            letters = self.inline(self.gullet.argument())
            self.say(grammar.accented(token[1:], letters[:1]) + letters[1:])
        elif (sign := grammar.symbol(token[1:])) is not None:
            self.say(sign)
        elif is_icon(token):
            self.drop("*[{" if token in {"\\faIcon", "\\aiIcon"} else "*[")
        else:
            self._unknown(token)

    def _unknown(self, token: str) -> None:
        """A macro nobody foresaw shows the texts it is given: several in columns of a line of their own."""
        kept = [text for text in texts(self.gullet) if not is_layout(source_of(text))]
        if len(kept) > 1:
            before = "\\par" if "section" in token or "entry" in token else "\\newline"
            self.gullet.push([before, *in_columns(kept), "\\newline"])
        elif kept:
            self.gullet.push(["{", *kept[0], "}"])

    def _formula(self, opening: str) -> None:
        closing = {"\\(": "\\)", "\\[": "\\]"}.get(opening, opening)
        taken: list[str] = []
        for token in expanded(self.gullet):
            if token in {closing, "$$"}:
                break
            if token == PARAGRAPH or token == "\\end":
                self.gullet.push([*taken, token])
                return
            taken.append(token)
        if closing == "$" and not taken:
            return
        self.say(grammar.formula(taken, self.sheet.last_sign))

    def formula(self, opening: str) -> None:
        """Prints a formula that ``opening`` begins."""
        self._formula(opening)

    def _shorthand(self) -> None:
        following = self.gullet.peek() or ""
        if following[:1] in UMLAUTS:
            self.gullet.next()
            self.gullet.push([following[1:]] if following[1:] else [])
            self.say(UMLAUTS[following[0]])
        else:
            self.say('"')

    def _end_table(self, table: Table) -> None:
        if len(self.sheets) > 1:
            table.end_cell(self.sheets.pop())
            table.into(self.sheet)


def _is_head(text: str) -> bool:
    """Whether an item's text is laid out like the head of an entry: several lines, the first in columns."""
    first, _, rest = text.strip().partition("\n")
    return "\t" in first.strip() and rest.strip() != ""
