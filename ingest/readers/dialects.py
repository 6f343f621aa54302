"""What Pandoc, Quarto, MyST, Jekyll and Hugo add to Markdown, brought back to CommonMark as their pages show it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.readers.web.style import hides_alone

_TAG = re.compile(
    r"\{%-?\s*(?P<name>\w*)(?:[^%{]|%(?!\})|\{(?!%)){0,2000}%\}|\{\{[<%](?:[^}{]|\}(?!\})){0,2000}\}\}"
    r"|(?<![\\\w}^_])\{\{(?!\{)[^{}]{0,500}\}\}(?!\})"
)
"""A tag of Liquid or a shortcode of Hugo."""
_FILLED_IN = {"comment", "for", "tablerow", "capture"}
"""Blocks that Liquid fills in later, or never."""
_CODE = re.compile(r"[ \t]*(`{3,}|~{3,})(.*)")
_COLONS = re.compile(r"[ \t]*(:{3,})[ \t]*(.*?)[ \t]*:*[ \t]*$")
_DIRECTIVE = re.compile(r"\{([a-zA-Z][\w:.-]*)\}[ \t]*(.*)")
_OPTION = re.compile(r"[ \t]*:([\w-]+):(?:[ \t]+(.*))?$")
_RAW_HTML = re.compile(r"\{=html\}|\{raw\}[ \t]*html")
_CELL = re.compile(
    r"\{(?:r|python|julia|ojs|bash|sh|sql|dot|mermaid|stata|matlab|js|code-cell)\b[^}]*\}", re.IGNORECASE
)
"""A cell that is run: the page shows what comes of it."""
_MUTE = {
    "image", "iframe", "video", "youtube", "toctree", "tableofcontents", "contents", "bibliography", "postlist", "listing", "eval-rst", "raw",
    "include", "literalinclude", "mermaid", "index", "math", "comment", "embed", "anywidget", "button-link", "button-ref", "only",
}  # fmt: skip
_TITLED = {
    "card", "grid-item-card", "dropdown", "admonition", "tab-item", "topic", "sidebar", "table", "list-table", "csv-table", "rubric", "prf",
    "note", "tip", "important", "warning", "seealso", "hint", "attention", "margin", "details",
}  # fmt: skip
"""Directives whose argument the page shows."""
_LISTED = {"code", "code-block", "sourcecode"}
_MAX_FENCES = 100
"""Open at once."""
_ABOVE = ("header", "title", "caption")
_ATTRIBUTES = re.compile(r"\{[^}\n]*\}")
_CITED = re.compile(r"\{cite(?::\w+)*\}`([^`\n]*)`")
_ROLE = re.compile(r"\{[a-zA-Z][\w:.+-]*\}`([^`\n]*)`")
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+?)[.,;]?", re.IGNORECASE)
_PANDOC_CITED = re.compile(
    r"[ \t]?\[(?:[^\[\]\n@]*-?@[\w{][^\[\]\n;]*)(?:;[^\[\]\n@]*-?@[\w{][^\[\]\n;]*)*\](?![(\[{])"
)
_SPAN = re.compile(r"(?<!\!)\[([^\[\]\n]*)\](\{[.#:=\w][^}\n]*\})")
_BEHIND = re.compile(r"(?<=[)\w*_`\]])[ \t]*\{[.#:][^}\n]*\}(?=[ \t]*(?:$|[\s.,;)]))", re.MULTILINE)
_KRAMDOWN = re.compile(r"[ \t]*\{:([^}\n]*)\}[ \t]*$")


@dataclass(slots=True)
class _Fence:
    """An open fence: how it closes, and whether what it holds is seen."""

    marker: str
    is_seen: bool
    is_verbatim: bool = False
    footer: str = ""
    awaits_options: bool = False
    title: str = ""


def as_commonmark(text: str) -> str:
    """``text`` without templates, fences, roles, attributes and citation keys; what they hide is gone, what they show stays."""
    lines = _unfenced(_without_attributes(_without_templates(text).split("\n")))
    return "".join(part if number % 2 else _inline(part) for number, part in enumerate(_split_code(lines)))


def _without_templates(text: str) -> str:
    """``text`` without the tags of Liquid and Hugo, and without what stands in blocks that are filled in later."""
    kept: list[str] = []
    begun: list[str] = []
    last = 0
    for tag in _TAG.finditer(text):
        if not begun:
            kept.append(text[last : tag.start()])
        name = tag["name"] or ""
        if name in _FILLED_IN and f"end{name}" in text:
            begun.append(name)
        elif begun and name == f"end{begun[-1]}":
            begun.pop()
        last = tag.end()
    return "".join([*kept, "" if begun else text[last:]])


def _without_attributes(lines: Iterable[str]) -> list[str]:
    """``lines`` without kramdown's ``{: .class}`` below a paragraph; ``{:toc}`` stands for a list of headings and takes its stub with it."""
    kept: list[str] = []
    for line in lines:
        match = _KRAMDOWN.match(line)
        if match is None:
            kept.append(line)
        elif match[1].strip() == "toc" or _hidden(match[1]):
            while kept and kept[-1].strip():
                kept.pop()
    return kept


def _split_code(lines: Iterable[str]) -> list[str]:
    """The text of ``lines``, cut so that every second part is a fenced block of code."""
    parts: list[list[str]] = [[]]
    marker = ""
    for line in lines:
        match = _CODE.match(line)
        if not marker and match and "`" not in match[2]:
            marker = match[1]
            parts.append([])
            parts[-1].append(line)
        elif marker and match and match[1].startswith(marker) and not match[2].strip():
            marker = ""
            parts[-1].append(line)
            parts.append([])
        else:
            parts[-1].append(line)
    return ["".join(f"{line}\n" for line in part) for part in parts]


def _inline(text: str) -> str:
    text = _CITED.sub(lambda m: ", ".join(_dois(m[1].split(","))), text)
    text = _ROLE.sub(lambda m: re.sub(r"\s*<[^<>]*>$", "", m[1]), text)
    text = _PANDOC_CITED.sub(_pandoc_citation, text)
    text = re.sub(r"^[ \t]*\([\w:.-]+\)=[ \t]*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*(?:\^{3,}|\+{3,})[ \t]*$", "", text, flags=re.MULTILINE)
    text = _SPAN.sub(lambda m: "" if _hidden(m[2]) else m[1], text)
    return _BEHIND.sub("", text)


def _dois(keys: list[str]) -> list[str]:
    return [match[1] for match in (_DOI.fullmatch(key.strip()) for key in keys) if match]


def _pandoc_citation(match: re.Match[str]) -> str:
    found = _dois(re.findall(r"@\{?([^\s;,\]}]+)", match[0]))
    return f" {', '.join(found)}" if found else ""


def _hidden(attributes: str) -> bool:
    """Whether Pandoc's, kramdown's or MyST's attributes take what they belong to out of sight."""
    classes = " ".join(re.findall(r"(?:^|[\s{])\.([\w-]+)", attributes))
    style = re.search(r"style\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", attributes)
    named = re.search(r"(?:^|\s)content-hidden(?:\s|$)", classes) is not None and "when-" not in attributes
    return named or hides_alone((style[1] or style[2] or "") if style else "", classes)


def _unfenced(lines: Iterable[str]) -> Iterator[str]:
    """``lines`` with the fences of directives and divisions opened up; code keeps its own."""
    held: list[_Fence] = []
    for line in lines:
        inner = held[-1] if held else None
        if inner is not None and _closes(inner, line):
            held.pop()
            if inner.is_seen and all(f.is_seen for f in held):
                yield from [line] if inner.is_verbatim else _closed(inner)
            continue
        if inner is not None and inner.is_verbatim:
            if inner.is_seen and all(f.is_seen for f in held):
                yield line
            continue
        if inner is not None and inner.awaits_options and _takes_option(inner, line):
            continue
        opened = _opened(line) if len(held) < _MAX_FENCES else None
        if opened is not None:
            held.append(opened)
            if opened.is_seen and all(f.is_seen for f in held):
                yield (f"{opened.marker}{{=html}}" if _RAW_HTML.search(line) else line) if opened.is_verbatim else ""
        elif all(f.is_seen for f in held):
            if line.strip(" \t:"):
                yield from _begun(held)
            if re.match(r"[ \t]*:{3,}[ \t]*$", line):
                yield ""
            else:
                yield line
    for fence in reversed(held):
        if not fence.is_verbatim and all(f.is_seen for f in held):
            yield from _closed(fence)


def _begun(held: list[_Fence]) -> Iterator[str]:
    """The titles that open directives show above their first line."""
    for fence in held:
        fence.awaits_options = False
        if fence.title:
            yield from ("", fence.title, "")
            fence.title = ""


def _closed(fence: _Fence) -> Iterator[str]:
    """What a directive shows where it ends: its footer; beside its title where there is nothing between them."""
    yield from ("", "\t".join(part for part in (fence.title, fence.footer) if part), "")


def _takes_option(fence: _Fence, line: str) -> bool:
    match = _OPTION.match(line)
    if match is None:
        return not line.strip() and not fence.title and not fence.footer
    value = (match[2] or "").strip().strip("\"'")
    if match[1] == "class" and hides_alone("", value):
        fence.is_seen = False
    elif match[1] in _ABOVE and not fence.title:
        fence.title = value
    elif match[1] == "footer":
        fence.footer = value
    return True


def _closes(fence: _Fence, line: str) -> bool:
    bare = line.strip()
    if fence.marker[0] == ":":
        return re.fullmatch(":{3,}", bare) is not None
    return bare.startswith(fence.marker) and not bare.strip(fence.marker[0])


def _opened(line: str) -> _Fence | None:
    """The fence that a line opens, or ``None``."""
    code = _CODE.match(line)
    if code and "`" not in code[2]:
        marker, info = code[1], code[2].strip()
    else:
        colons = _COLONS.match(line)
        if colons is None or not colons[2]:
            return None
        marker, info = colons[1], colons[2]
    directive = _DIRECTIVE.fullmatch(info)
    name = directive[1].lower() if directive else ""
    if marker[0] != ":" and (directive is None or name in _LISTED or _RAW_HTML.fullmatch(info) or _CELL.match(info)):
        return _Fence(marker, is_seen=not _CELL.match(info) and not _hidden(info), is_verbatim=True)
    if directive is None:
        return _Fence(marker, is_seen=not _hidden(f"{{.{info}}}" if re.fullmatch(r"[\w-]+", info) else info))
    title = directive[2] if name.split(":")[0] in _TITLED else ""
    return _Fence(marker, is_seen=name not in _MUTE, title=title, awaits_options=True)
