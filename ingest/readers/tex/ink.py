"""The commands of colour and size, which can hide what they print."""

import re

from ingest.readers.tex.grammar import source_of
from ingest.readers.tex.gullet import text_of
from ingest.readers.tex.hiding import PALE, TINY, is_pale, is_pale_value, is_tiny
from ingest.readers.tex.page import Command, Page


def _coloured_text(page: Page, token: str) -> None:
    pale = _pale(page)
    text = page.gullet.argument()
    if not pale or page.frame.dark:
        page.gullet.push(["{", *(["\\viva@ink"] if page.frame.pale else []), *text, "}"])
    else:
        page.gullet.unseen[PALE] += len(source_of(text))


def _colour(page: Page, token: str) -> None:
    page.frame.pale = _pale(page)


def _ink(page: Page, token: str) -> None:
    page.frame.pale = False


def _pale(page: Page) -> bool:
    """Takes a colour; whether it is not seen on paper."""
    model = page.gullet.optional()
    value = source_of(page.gullet.argument())
    return is_pale_value(text_of(model), value) if model is not None else is_pale(value, page.colours)


def _coloured_box(page: Page, token: str) -> None:
    if token == "\\fcolorbox":
        page.drop("[{")
    ground_is_pale = _pale(page)
    text = page.gullet.argument()
    page.gullet.push(["{", *([] if ground_is_pale else ["\\viva@dark"]), *text, "}"])


def _dark(page: Page, token: str) -> None:
    page.frame.dark = True


def _ground(page: Page, token: str) -> None:
    page.frame.dark = not _pale(page)
    page.drop("[[" if token == "\\rowcolor" else "")


def _define_colour(page: Page, token: str) -> None:
    name, model, value = (text_of(page.gullet.argument()) for _ in range(3))
    page.colours[name] = is_pale_value(model, value) if model != "named" else is_pale(value, page.colours)


def _colour_let(page: Page, token: str) -> None:
    name = text_of(page.gullet.argument())
    page.colours[name] = is_pale(text_of(page.gullet.argument()), page.colours)


def _font_size(page: Page, token: str) -> None:
    size = text_of(page.gullet.argument())
    page.gullet.argument()
    page.frame.hidden = is_tiny(size) or (len(page.frames) > 1 and page.frames[-2].hidden)


def _scale(page: Page, token: str) -> None:
    factor = text_of(page.gullet.argument())
    page.gullet.optional()
    text = page.gullet.argument()
    _show(page, text, not re.fullmatch(r"0*\.?0*[0-4]?", factor))


def _opacity(page: Page, token: str) -> None:
    is_clear = re.fullmatch(r"0*\.?0*", text_of(page.gullet.argument())) is not None
    if token == "\\texttransparent":
        _show(page, page.gullet.argument(), not is_clear)
    else:
        page.frame.hidden |= is_clear


def _render_mode(page: Page, token: str) -> None:
    mode = text_of(page.gullet.argument())
    text = page.gullet.argument()
    _show(page, text, not ("Invisible" in mode or re.search(r"Mode\s*=\s*3", mode)))


def _show(page: Page, text: list[str], is_seen: bool) -> None:
    """Prints ``text`` as a group, or counts what nobody sees of it."""
    if is_seen:
        page.gullet.push(["{", *text, "}"])
    else:
        page.gullet.unseen[TINY] += len(source_of(text))


INK: dict[str, Command] = {
    "\\textcolor": _coloured_text,
    "\\color": _colour,
    **dict.fromkeys(["\\colorbox", "\\fcolorbox"], _coloured_box),
    "\\viva@dark": _dark,
    "\\viva@ink": _ink,
    **dict.fromkeys(["\\pagecolor", "\\rowcolor", "\\cellcolor"], _ground),
    **dict.fromkeys(["\\definecolor", "\\providecolor"], _define_colour),
    "\\colorlet": _colour_let,
    "\\fontsize": _font_size,
    "\\scalebox": _scale,
    **dict.fromkeys(["\\transparent", "\\texttransparent"], _opacity),
    "\\textpdfrender": _render_mode,
}
