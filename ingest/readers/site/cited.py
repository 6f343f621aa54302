"""The bibliography of a Markdown page (Pandoc, Quarto, MyST): what its citations show, and the list of references that it prints."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ingest.domain import BlockKind
from ingest.errors import SourceUnreadable
from ingest.readers.bibliography import SUFFIXES, Printed, family_names, mark, references_in, year
from ingest.readers.screen import Piece
from ingest.readers.structured.keys import find, get, leaves
from ingest.readers.structured.load import Row
from ingest.readers.structured.works import exports
from ingest.readers.structured.works.work import Reference

_MOST_FILES = 20
_MOST_LISTS = 50
"""Lists of one page; no page has as many."""
_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})(?!\{bibliography).*?^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<![`}])(`+)(?!`)[^`\n]*?(?<!`)\1(?!`)")
_ROLE = re.compile(r"\{cite(?::(?P<form>\w+))?\}`(?P<keys>[^`\n]*)`")
_KEY = r"@(?:\{(?P<braced>[^{}\s]+)\}|(?P<bare>[\w](?:[\w:.#$%&+?<>~/-]*[\w/])?))"
_GROUP = re.compile(r"\[(?P<held>[^\[\]\n@]*-?@[^\[\]\n]*)\](?![(\[{:])")
_IN_TEXT = re.compile(rf"(?<![\w@`/.\\-]){_KEY}(?:[ \t]*\[[^\[\]\n@]*\])?")
_LIST = re.compile(
    r"^[ \t]*(?P<colons>:{3,})[ \t]*\{[^}\n]*#refs(?:-(?P<name>[\w-]+))?[^}\n]*\}[^\n]*\n(?P<inside>(?:(?!^[ \t]*(?P=colons)).*\n)*?)[ \t]*(?P=colons)[ \t]*$"
    r"|^[ \t]*(?P<fence>`{3,}|:{3,})\{bibliography\}(?P<options>[^\n]*\n(?:(?!^[ \t]*(?P=fence)).*\n)*?)[ \t]*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_FILTER = re.compile(
    r"\b(?P<field>author|key|title|type|keywords?|year)\s*(?P<how>%|==)\s*[\"'](?P<value>[^\"']*)[\"']"
)


class Cited:
    """What one page takes out of its bibliography; marks stand for its references until the page is set."""

    def __init__(self, front: Row, page: Path, folder: Path) -> None:
        """``front`` is the page's front matter, ``folder`` the profile's, in which bibliographies are looked for and nowhere else."""
        self._front = front
        self._known: dict[str, Reference] = {}
        self._of_list: dict[str, set[str]] = {}
        self._marks: list[Printed] = []
        self._cited: dict[str, None] = {}
        listed = exports.references_in(find(front, "references"))
        for name, path in [("", None), *_files(front, page, folder)]:
            with suppress(SourceUnreadable):
                found = listed if path is None else references_in(path)
                self._of_list.setdefault(name, set()).update(r.key for r in found)
                for reference in found:
                    self._known.setdefault(reference.key, reference)
        self._by_doi = {
            link[4:].lower(): r for r in self._known.values() for link in r.work.links if link.startswith("doi:")
        }

    @property
    def marks(self) -> Mapping[int, Printed]:
        """What the marks stand for that were set so far."""
        return dict(enumerate(self._marks))

    def shown(self, body: str) -> str:
        """``body`` with citations as a page shows them, "(Okonjo and Li, 2020)", and a mark where its references are listed."""
        if not self._known:
            return body
        text = _outside(_FENCED, body, lambda part: _outside(_CODE, _ROLE.sub(self._role, part), self._inline))
        return _LIST.sub(self._list, text)

    def rest(self) -> Iterator[Piece]:
        """The list of references below a page that has no place for it, as Pandoc prints it."""
        if (
            not self._known
            or any(p.is_list for p in self._marks)
            or get(self._front, "suppressbibliography").lower() == "true"
        ):
            return
        named = "bibliography" in self._front or "references" in self._front
        found = self._chosen("") if named else ()
        if found:
            title = get(self._front, "referencesectiontitle") or ("" if all(own for _, own in found) else "References")
            yield from [(BlockKind.HEADING, title, 2)] if title else []
            yield BlockKind.PARAGRAPH, self._set(Printed(references=found, is_list=True)), None

    def _inline(self, text: str) -> str:
        return _IN_TEXT.sub(self._in_text, _GROUP.sub(self._group, text))

    def _role(self, match: re.Match[str]) -> str:
        found = [self._reference(key) for key in match["keys"].split(",")]
        return self._label(found, in_text=(match["form"] or "p")[0] == "t") or match[0]

    def _group(self, match: re.Match[str]) -> str:
        found = [self._reference(m["braced"] or m["bare"]) for m in re.finditer(_KEY, match["held"])]
        return self._label(found, only_year="-@" in match["held"]) or match[0]

    def _in_text(self, match: re.Match[str]) -> str:
        return self._label([self._reference(match["braced"] or match["bare"])], in_text=True) or match[0]

    def _label(self, found: Sequence[Reference | None], *, in_text: bool = False, only_year: bool = False) -> str:
        """The mark for a citation; empty where a key is in no bibliography."""
        works = [r.work for r in found if r is not None]
        if not works or len(works) < len(found):
            return ""
        if in_text:
            return self._set(Printed("; ".join(f"{family_names(w)} ({year(w)})" for w in works)))
        inside = "; ".join(year(w) if only_year else f"{family_names(w)}, {year(w)}" for w in works)
        return self._set(Printed(f"({inside})"))

    def _reference(self, key: str) -> Reference | None:
        key = key.strip().lstrip("-@")
        doi = re.sub(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)", "", key.lower())
        found = self._known.get(key) or self._by_doi.get(doi)
        if found is not None:
            self._cited.setdefault(found.key)
        return found

    def _set(self, printed: Printed) -> str:
        self._marks.append(printed)
        return mark(len(self._marks) - 1)

    def _list(self, match: re.Match[str]) -> str:
        chosen = self._directed(match["options"]) if match["fence"] else self._chosen(match["name"] or "")
        is_too_much = sum(printed.is_list for printed in self._marks) >= _MOST_LISTS
        return f"\n\n{self._set(Printed(references=chosen, is_list=True))}\n\n" if chosen and not is_too_much else ""

    def _chosen(self, name: str) -> tuple[tuple[Reference, bool], ...]:
        """What the page lists, each with whether its front matter asks for it; of the bibliography ``name`` only, where it has several."""
        asked = " ".join(leaves(find(self._front, "nocite")))
        named = {m["braced"] or m["bare"] for m in re.finditer(_KEY, asked)} | set(re.findall(r"[^\s,;@]+", asked))
        wanted = self._known if "@*" in asked else {**self._cited, **{key: None for key in self._known if key in named}}
        keys = [key for key in wanted if not name or key in self._of_list.get(name, set())]
        return tuple((self._known[key], "@*" in asked or key in named) for key in keys)

    def _directed(self, options: str) -> tuple[tuple[Reference, bool], ...]:
        """What MyST's directive lists: all where it says so or filters, else what the page cites."""
        is_all = re.search(r"(?m)^[ \t]*:all:", options) is not None
        tests = list(_FILTER.finditer(options))
        if not is_all and not tests:
            return tuple((self._known[key], False) for key in self._cited)
        return tuple((r, True) for r in self._known.values() if all(_fits(r, test) for test in tests))


def whole_bibliographies(front: Row, page: Path, folder: Path) -> tuple[Path, ...]:
    """The bibliographies that the page at ``page`` lists whole, so that they are no sources by themselves."""
    if "bibliography" not in front or "@*" not in " ".join(leaves(find(front, "nocite"))):
        return ()
    return tuple(path for _, path in _files(front, page, folder))


def _files(front: Row, page: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The bibliographies of a page and the names that it gives them: those that it lists, or all that lie beside it and above."""
    held = find(front, "bibliography")
    listed = held.items() if isinstance(held, dict) else [("", held)]
    named = [(str(name), file) for name, value in listed for file in leaves(value) if file]
    homes = [home for home in (page.parent, *page.parent.parents) if home.resolve().is_relative_to(folder.resolve())]
    paths = [(name, next((h / file for h in homes if (h / file).is_file()), None)) for name, file in named]
    if not named:
        paths = [("", path) for home in homes for path in sorted(home.glob("*.bib"))[:_MOST_FILES]]
    for name, path in paths:
        inside = path is not None and path.resolve().is_relative_to(folder.resolve())
        if path is not None and inside and path.suffix.lower() in SUFFIXES:
            yield name, path


def _outside(code: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """``text`` with all but ``code`` changed."""
    parts: list[str] = []
    last = 0
    for match in code.finditer(text):
        parts += [change(text[last : match.start()]), match[0]]
        last = match.end()
    return "".join([*parts, change(text[last:])])


def _fits(reference: Reference, test: re.Match[str]) -> bool:
    work = reference.work
    held = {
        "author": " and ".join(work.authors),
        "key": reference.key,
        "title": work.title,
        "type": reference.kind,
        "year": year(work),
    }.get(test["field"], ", ".join(reference.keywords))
    return held == test["value"] if test["how"] == "==" else test["value"].lower() in held.lower()
