"""The environments that do more than hold what stands inside of them."""

import re

from ingest.domain import BlockKind
from ingest.readers.tex import grammar
from ingest.readers.tex.expand import expanded_tokens
from ingest.readers.tex.grammar import source_of
from ingest.readers.tex.page import Command, Page
from ingest.readers.tex.sheet import Frame, Sheet
from ingest.readers.tex.vocabulary import names, shape, shaped


def _document(page: Page, name: str) -> None:
    page.gullet.began = True
    heads = sorted(page.heads, key=lambda head: not head[0])
    page.heads = []
    page.gullet.push(
        [t for is_name, text in heads for t in (*(["\\viva@name"] if is_name else []), "{", *text, "}")] + ["\\par"]
    )


def _list(page: Page, name: str) -> None:
    page.drop(shape("environments", name) or "")
    page.end(BlockKind.PARAGRAPH if page.list_depth() == 1 and page.sheet.kind is BlockKind.ITEM else None)
    page.open(Frame(name, is_list=True))


def _bibliography(page: Page, name: str) -> None:
    page.gullet.argument()
    page.end()
    if not page.sheet.pieces or page.sheet.pieces[-1][0] is not BlockKind.HEADING:
        own = next((n for n in ("\\refname", "\\bibname") if n in page.gullet.macros), None)
        page.head(2, page.inline([own]) if own else "References")
    page.open(Frame(name, is_list=True))


def _table(page: Page, name: str) -> None:
    page.drop(shape("tables", name) or "")
    page.begin_table(name)


def _box(page: Page, name: str) -> None:
    page.drop(shape("environments", name) or "")
    page.open(Frame(name, is_box=True))
    page.sheets.append(Sheet())


def _formula_block(page: Page, name: str) -> None:
    page.paragraph()
    page.say(grammar.formula(expanded_tokens(page.gullet, page.gullet.environment(name)), ""))


def _hidden(page: Page, name: str) -> None:
    page.gullet.environment(name)


def _plain(page: Page, name: str) -> None:
    page.drop(shape("environments", name) or "")
    page.paragraph()
    page.open(Frame(name, dark=name in {"tcolorbox", "mdframed"}))


def _picture(page: Page, name: str) -> None:
    """A drawing shows the texts of its nodes."""
    found = page.gullet.environment(name)
    page.open(Frame(name, dark=True))
    with page.gullet.only(found):
        texts: list[list[str]] = []
        while (token := page.gullet.next()) is not None:
            if token not in {"\\node", "node"}:
                continue
            before = page.gullet.until(["{"])
            page.gullet.push(["{"])
            if ";" not in before and not re.search(r"opacity\s*=\s*0?\.?0*\b(?!\.?\d)", source_of(before)):
                texts.append(page.gullet.argument())
    for text in texts:
        page.say(f"\t{page.inline(text)}\t")


ENVIRONMENTS: dict[str, Command] = {
    **dict.fromkeys(shaped("environments"), _plain),
    **dict.fromkeys(shaped("tables"), _table),
    "document": _document,
    **dict.fromkeys(names("lists"), _list),
    "thebibliography": _bibliography,
    **dict.fromkeys(names("formulas"), _formula_block),
    **dict.fromkeys(names("hidden"), _hidden),
    **dict.fromkeys(names("boxes"), _box),
    "tikzpicture": _picture,
}
