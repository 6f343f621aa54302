"""The macros that cite out of bibliographies and print them: BibTeX's, BibLaTeX's, and those of multibib, bibunits and bibentry."""

from collections.abc import Sequence

from ingest.domain import BlockKind
from ingest.readers.tex.files import ready_made
from ingest.readers.tex.grammar import source_of
from ingest.readers.tex.gullet import text_of
from ingest.readers.tex.macro import Macro, filled
from ingest.readers.tex.page import Command, Page
from ingest.readers.tex.references import Request
from ingest.readers.tex.vocabulary import shaped

_TESTS = {"type", "nottype", "keyword", "notkeyword", "category", "notcategory", "filter"}
_FORMS = {"\\citeauthor": "author", "\\Citeauthor": "author", "\\citeyear": "year", "\\citeyearpar": "year"}
_IN_TEXT = {"\\citet", "\\Citet", "\\textcite", "\\Textcite", "\\citealt", *_FORMS}
_WHOLE = {"\\bibentry", "\\fullcite", "\\footfullcite"}


def _files(page: Page, token: str) -> None:
    page.gullet.star()
    page.gullet.optional()
    names = text_of(page.gullet.argument()) if page.gullet.has_group() else ""
    page.references.whole.files += [name.strip() for name in names.split(",") if name.strip()]


def _cite(page: Page, token: str) -> None:
    page.gullet.star()
    for _ in range(2):
        page.gullet.optional()
    keys = text_of(page.gullet.argument())
    form = "entry" if token in _WHOLE else _FORMS.get(token, "text") if token in _IN_TEXT else None
    page.references.cite(keys, to_list=form == "entry")
    if form is not None:
        keyed = tuple(key.strip() for key in keys.split(","))
        page.say(page.references.request(Request(page.references.part, keyed, form=form)))


def _nocite(page: Page, token: str) -> None:
    page.references.cite(text_of(page.gullet.argument()), to_list=True)


def _bibliography(page: Page, token: str) -> None:
    r"""BibTeX's ``\bibliography``, and the ``\putbib`` of bibunits: the list under its heading, or the ``.bbl`` that BibTeX made of it."""
    given = page.gullet.optional() if token == "\\putbib" else page.gullet.argument()
    references = page.references
    part = references.whole if token == "\\bibliography" else references.part
    part.files += [name.strip() for name in text_of(given or []).split(",") if name.strip()]
    made = ready_made(page.gullet.folder, page.gullet.main)
    if made is not None and page.gullet.began and not references.is_found(part):
        page.gullet.push(["\\input", "{", made.name, "}"])
    else:
        _list(page, Request(part), None)


def _named_list(page: Page, token: str) -> None:
    name, title = text_of(page.gullet.argument()), page.gullet.argument()
    part = page.references.named(name)
    part.files += [n.strip() for n in text_of(page.gullet.argument()).split(",") if n.strip()]
    _list(page, Request(part), title)


def _named_nocite(page: Page, token: str) -> None:
    part = page.references.named(text_of(page.gullet.argument()))
    page.references.cite(text_of(page.gullet.argument()), to_list=token == "\\viva@nocite", part=part)


def _new_cites(page: Page, token: str) -> None:
    """Defines multibib's macros for every list that it names."""
    names = [name.strip() for name in text_of(page.gullet.argument()).split(",")]
    macros = page.gullet.macros
    for name, title in zip(names, _titles(page, len(names)), strict=False):
        named = ("{", name, "}")
        macros[f"\\nocite{name}"] = Macro((), ("\\viva@nocite", *named))
        macros[f"\\cite{name}"] = Macro((), ("\\viva@cite", *named))
        macros[f"\\bibliography{name}"] = Macro((), ("\\viva@bibliography", *named, "{", *title, "}"))
        macros[f"\\bibliographystyle{name}"] = Macro((), ("\\bibliographystyle",))


def _titles(page: Page, count: int) -> list[list[str]]:
    """The titles of ``count`` lists, each in braces; a single one stands without."""
    titles = page.gullet.argument()
    if count == 1:
        return [titles]
    found: list[list[str]] = []
    with page.gullet.only(titles):
        while (token := page.gullet.peek()) is not None:
            if token == "{":
                found.append(page.gullet.argument())
            else:
                page.gullet.next()
    return found


def _print(page: Page, token: str) -> None:
    options = _options(page.gullet.optional() or [])
    tests = tuple(_test(name, source_of(value).strip("{} ")) for name, value in options if name in _TESTS)
    chosen = dict(options)
    if token == "\\printbibheading":
        _head(page, chosen)
        return
    _list(page, Request(page.references.part, tests=tests), None, chosen)


def _test(name: str, value: str) -> str:
    return (
        value if name == "filter" else f"{'not ' if name.startswith('not') else ''}{name.removeprefix('not')}={value}"
    )


def _list(
    page: Page, request: Request, title: Sequence[str] | None, options: dict[str, list[str]] | None = None
) -> None:
    """Prints a heading, where none stands above, and a mark for the list."""
    if not page.gullet.began or page.frame.hidden:
        return
    page.end()
    number = page.references.request(request)
    page.gullet.push(["\\viva@references", "{", number, "}"])
    if title is not None:
        page.head(2, page.inline(title))
    else:
        _head(page, options or {})


def _set_list(page: Page, token: str) -> None:
    page.end()
    page.sheet.pieces.append((BlockKind.PARAGRAPH, text_of(page.gullet.argument()), None))


def _head(page: Page, options: dict[str, list[str]]) -> None:
    """The heading that the options ask for; the usual one, where no other heading stands right above."""
    name, title = text_of(options.get("heading", [])), options.get("title")
    defined = page.references.headings.get(name)
    if name == "none":
        return
    if defined is not None:
        usual, body = defined
        page.gullet.push(filled(body, [title or usual]))
    elif title:
        page.head(3 if name.startswith("sub") else 2, page.inline(title))
    elif not page.sheet.pieces or page.sheet.pieces[-1][0] is not BlockKind.HEADING:
        macro = next((n for n in ("\\refname", "\\bibname") if n in page.gullet.macros), None)
        page.head(2, page.inline([macro]) if macro else "References")


def _options(found: Sequence[str]) -> list[tuple[str, list[str]]]:
    """``name=value`` pairs; braces around a value are gone."""
    pairs: list[tuple[str, list[str]]] = []
    depth = 0
    taken: list[str] = []
    for token in [*found, ","]:
        depth += (token == "{") - (token == "}")
        if token == "," and depth == 0:
            at = taken.index("=") if "=" in taken else len(taken)
            value = taken[at + 1 :]
            inner = value[value.index("{") + 1 : -1] if value and "{" in value and value[-1] == "}" else value
            pairs.append((text_of(taken[:at]), inner))
            taken = []
        else:
            taken.append(token)
    return [pair for pair in pairs if pair[0]]


def _define_heading(page: Page, token: str) -> None:
    name = text_of(page.gullet.argument())
    usual = page.gullet.optional() or ["\\refname"]
    page.references.headings[name] = (usual, page.gullet.argument())


def _define_words(page: Page, token: str) -> None:
    page.gullet.argument()
    words = dict(_options(page.gullet.argument()))
    for word, macro in (("references", "\\refname"), ("bibliography", "\\bibname")):
        if word in words:
            page.gullet.macros[macro] = Macro((), tuple(words[word]))


def _add_to(page: Page, token: str) -> None:
    r"""What a document adds to babel's words for a language is taken to be for its own: ``\addto\captionsenglish{…}``."""
    page.gullet.argument()
    page.gullet.push(page.gullet.argument())


def _define_filter(page: Page, token: str) -> None:
    name = text_of(page.gullet.argument())
    page.references.filters[name] = text_of(page.gullet.argument())


def _categorise(page: Page, token: str) -> None:
    name, keys = text_of(page.gullet.argument()), text_of(page.gullet.argument())
    page.references.categories.setdefault(name, set()).update(key.strip() for key in keys.split(","))


def _settings(page: Page, token: str) -> None:
    given = page.gullet.argument() if token == "\\ExecuteBibliographyOptions" else page.gullet.optional() or []
    page.gullet.options |= {option.strip() for option in text_of(given).split(",")}


def _begin_part(page: Page, token: str) -> None:
    given = page.gullet.optional() if token == "\\newrefsection" else page.gullet.argument()
    page.references.begin(n.strip() for n in text_of(given or []).split(",") if n.strip())


def _end_part(page: Page, token: str) -> None:
    page.references.part = page.references.whole


CITING: dict[str, Command] = {
    **dict.fromkeys(shaped("cites"), _cite),
    **dict.fromkeys(["\\addbibresource", "\\addglobalbib", "\\addsectionbib", "\\nobibliography"], _files),
    "\\nocite": _nocite,
    **dict.fromkeys(["\\bibliography", "\\putbib"], _bibliography),
    **dict.fromkeys(["\\printbibliography", "\\printbibheading", "\\bibbysection", "\\bibbytype"], _print),
    "\\defbibheading": _define_heading,
    "\\defbibfilter": _define_filter,
    "\\addtocategory": _categorise,
    **dict.fromkeys(["\\ExecuteBibliographyOptions", "\\newrefcontext"], _settings),
    **dict.fromkeys(["\\newrefsection", "\\viva@beginpart"], _begin_part),
    **dict.fromkeys(["\\endrefsection", "\\viva@endpart"], _end_part),
    "\\viva@references": _set_list,
    "\\DefineBibliographyStrings": _define_words,
    "\\addto": _add_to,
    "\\newcites": _new_cites,
    "\\viva@bibliography": _named_list,
    **dict.fromkeys(["\\viva@nocite", "\\viva@cite"], _named_nocite),
}
