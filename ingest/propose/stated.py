r"""Names that a format states apart from its text: front matter, JSON-LD, ``\author``, the author of a PDF, the settings of a site."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ingest.domain import BlockKind, Document, Publication
from ingest.errors import SourceUnreadable
from ingest.readers.decode import decode
from ingest.readers.site.front_matter import front_matter_of
from ingest.readers.structured.keys import find, get, mapping
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import latex_text, shown
from ingest.readers.web.dom import attribute, parse, select
from ingest.readers.web.encoding import decode_page
from ingest.readers.web.linked_data import person_in

SETTINGS = (
    "_config.yml", "_config.yaml", "hugo.toml", "hugo.yaml", "config.toml", "config.yaml", "_quarto.yml", "myst.yml",
    "config/_default/params.toml", "config/_default/params.yaml", "config/_default/hugo.toml", "config/_default/hugo.yaml",
)  # fmt: skip
"""Where the generators of homepages keep the name of a site's owner."""
_LARGEST = 1024 * 1024
_GROUP = r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
_TEX_NAME = re.compile(rf"(?<!%)\\(?:name|author|cvname|fullname|myname)\s*(?:\[[^\]]*\])?{_GROUP}(?:{_GROUP})?")
_TEX_PARTS = re.compile(rf"\\(?:firstname|givenname){_GROUP}\s*\\(?:familyname|lastname|surname){_GROUP}")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")


def stated_names(folder: Path, document: Document) -> Iterator[str]:
    """The names of its person that the format of ``document`` states, as printed; its file lies in the profile's ``folder``."""
    path = folder / document.id
    with suppress(SourceUnreadable):
        match document.media_type:
            case "application/json" | "application/yaml":
                first = document.blocks[0] if document.blocks else None
                if first is not None and first.kind is BlockKind.HEADING and first.level == 1:
                    yield document.quote(first.span)
            case "text/html":
                yield from _of_page(path)
            case "text/markdown" if not any(isinstance(f, Publication) for f in document.facts):
                yield from _of_settings(front_matter_of(decode(path))[0], "author", "authors")
            case "text/x-tex":
                yield from _of_tex(decode(path))


def owner_of(path: Path) -> str | None:
    """The owner's name that the settings file of a homepage states; ``None`` where it states none or cannot be read."""
    with suppress(SourceUnreadable, OSError):
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return None
        fence = "+++" if path.suffix == ".toml" else "---"
        settings = front_matter_of(f"{fence}\n{decode(path)}\n{fence}\n")[0]
        for level in (settings, *(mapping(find(settings, key)) for key in ("params", "website", "book", "project"))):
            found = next(_of_settings(level, "author", "authors"), None)
            if found:
                return found
    return None


def _of_settings(row: Row, *keys: str) -> Iterator[str]:
    """The one author that a mapping names; several are no one's page."""
    parts = [
        shown(get(row, *names)) for names in (("firstname", "first"), ("middlename", "middle"), ("lastname", "last"))
    ]
    if parts[0] and parts[2]:
        yield " ".join(filter(None, parts))
    value: Value = find(row, *keys) if keys else ""
    listed = value if isinstance(value, list) else [value] if value else []
    if len(listed) == 1:
        only = listed[0]
        name = get(only, "name") if isinstance(only, dict) else only if isinstance(only, str) else ""
        if isinstance(only, dict) and not name:
            held = mapping(find(only, "name"))
            name = get(held, "literal") or " ".join(filter(None, (get(held, "given"), get(held, "family"))))
            name = name or next(_of_settings(only), "")
        if name:
            yield shown(name)


def _of_page(path: Path) -> Iterator[str]:
    tree = parse(decode_page(path), path)
    name = person_in((s.text(deep=True)[:_LARGEST] for s in select(tree, 'script[type="application/ld+json"]')), path)
    if name:
        yield name
    for node in select(tree, 'meta[name="author" i]')[:1]:
        yield attribute(node, "content")
    for node in select(tree, "title")[:1]:
        yield node.text(deep=True)


def _of_tex(text: str) -> Iterator[str]:
    bare = _COMMENT.sub("", text)
    for pattern in (_TEX_PARTS, _TEX_NAME):
        match = pattern.search(bare)
        if match:
            yield latex_text(" ".join(filter(None, match.groups())))
            return
