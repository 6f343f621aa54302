"""The commands by which a document makes macros, environments and switches of its own."""

from collections.abc import Callable

from ingest.readers.tex.gullet import Gullet, text_of
from ingest.readers.tex.macro import Macro, as_heading, counted, of_definition, of_document_command
from ingest.readers.tex.vocabulary import names


def _command(gullet: Gullet, *, keeps: bool = False) -> None:
    gullet.star()
    name = _name(gullet)
    count = text_of(gullet.optional() or [])
    default = gullet.optional()
    body = gullet.argument()
    if not (keeps and name in gullet.macros):
        _define(gullet, name, Macro(counted(int(count) if count.isdigit() else 0, default), tuple(body)))


def _provide(gullet: Gullet) -> None:
    _command(gullet, keeps=True)


def _environment(gullet: Gullet) -> None:
    gullet.star()
    name = text_of(gullet.argument())
    count = text_of(gullet.optional() or [])
    default = gullet.optional()
    begin, end = gullet.argument(), gullet.argument()
    if name not in names("kept environments"):
        parameters = counted(int(count) if count.isdigit() else 0, default)
        gullet.environments[name] = Macro(parameters, tuple(begin), tuple(end))


def _environ(gullet: Gullet) -> None:
    name = text_of(gullet.argument())
    count = text_of(gullet.optional() or [])
    default = gullet.optional()
    parameters = counted(int(count) if count.isdigit() else 0, default)
    number = len(parameters) + 1
    body = tuple(f"#{number}" if token == "\\BODY" else token for token in gullet.argument())
    gullet.environments[name] = Macro((*parameters, *of_document_command(["b"])), body)


def _document_command(gullet: Gullet) -> None:
    name = _name(gullet)
    parameters = of_document_command(gullet.argument())
    _define(gullet, name, Macro(parameters, tuple(gullet.argument())))


def _document_environment(gullet: Gullet) -> None:
    name = text_of(gullet.argument())
    parameters = of_document_command(gullet.argument())
    begin, end = gullet.argument(), gullet.argument()
    if name not in names("kept environments"):
        gullet.environments[name] = Macro(parameters, tuple(begin), tuple(end))


def _def(gullet: Gullet) -> None:
    name = gullet.argument()
    pattern: list[str] = []
    while (token := gullet.peek()) is not None and token != "{":
        pattern.append(token)
        gullet.next()
    _define(gullet, name[0] if name else "", Macro(of_definition(pattern), tuple(gullet.argument())))


def _named_def(gullet: Gullet) -> None:
    gullet.push(["\\def", "\\" + text_of(gullet.argument())])


def _let(gullet: Gullet) -> None:
    name = gullet.argument()
    gullet.skip_spaces()
    if gullet.star("="):
        gullet.skip_spaces()
    other = gullet.next()
    if name and other is not None and other != name[0]:
        _define(gullet, name[0], gullet.macros.get(other, Macro((), (other,))))


def _new_if(gullet: Gullet) -> None:
    name = "".join(gullet.argument())
    gullet.switches.setdefault(name.removeprefix("\\if"), False)


def _new_switch(gullet: Gullet) -> None:
    gullet.switches.setdefault(text_of(gullet.argument()), False)


def _set_switch(gullet: Gullet) -> None:
    name = text_of(gullet.argument())
    gullet.switches[name] = text_of(gullet.argument()) == "true"


def _switch_to(value: bool) -> Callable[[Gullet], None]:
    def switch(gullet: Gullet) -> None:
        gullet.switches[text_of(gullet.argument())] = value

    return switch


def _csname(gullet: Gullet) -> None:
    gullet.push(["\\" + text_of(gullet.until(["\\endcsname"]))])


def _expand_after(gullet: Gullet) -> None:
    """Only the use that documents make of it: a name that is put together stands behind the command that defines it."""
    first = gullet.next()
    if gullet.peek() == "\\csname":
        gullet.next()
        _csname(gullet)
    if first is not None:
        gullet.push([first])


def _use_named(gullet: Gullet) -> None:
    gullet.push(["\\" + text_of(gullet.argument())])


def _run(gullet: Gullet) -> None:
    gullet.push(gullet.argument())


def _nothing(gullet: Gullet) -> None:
    """Takes nothing: the command changes how TeX expands, not what it shows."""


def _name(gullet: Gullet) -> str:
    name = gullet.argument()
    return next((token for token in name if token[0] == "\\"), "")


def _define(gullet: Gullet, name: str, macro: Macro) -> None:
    if name.startswith("\\") and name not in names("kept"):
        gullet.macros[name] = as_heading(name, macro)


DEFINITIONS: dict[str, Callable[[Gullet], None]] = {
    **dict.fromkeys(
        ["\\newcommand", "\\renewcommand", "\\DeclareRobustCommand", "\\newrobustcmd", "\\renewrobustcmd"], _command
    ),
    **dict.fromkeys(["\\providecommand", "\\providerobustcmd"], _provide),
    **dict.fromkeys(["\\newenvironment", "\\renewenvironment", "\\provideenvironment"], _environment),
    **dict.fromkeys(["\\NewEnviron", "\\RenewEnviron"], _environ),
    **dict.fromkeys(
        [
            f"\\{verb}{kind}"
            for verb in ("New", "Renew", "Provide", "Declare")
            for kind in ("DocumentCommand", "ExpandableDocumentCommand")
        ],
        _document_command,
    ),
    **dict.fromkeys(
        [f"\\{verb}DocumentEnvironment" for verb in ("New", "Renew", "Provide", "Declare")], _document_environment
    ),
    **dict.fromkeys(["\\def", "\\edef", "\\gdef", "\\xdef"], _def),
    **dict.fromkeys(["\\@namedef", "\\csdef", "\\csgdef", "\\csedef"], _named_def),
    **dict.fromkeys(["\\let", "\\glet"], _let),
    "\\newif": _new_if,
    **dict.fromkeys(
        ["\\newtoggle", "\\providetoggle", "\\newbool", "\\providebool", "\\newboolean", "\\provideboolean"],
        _new_switch,
    ),
    **dict.fromkeys(["\\settoggle", "\\setbool", "\\setboolean"], _set_switch),
    **dict.fromkeys(["\\toggletrue", "\\booltrue"], _switch_to(True)),
    **dict.fromkeys(["\\togglefalse", "\\boolfalse"], _switch_to(False)),
    "\\csname": _csname,
    "\\expandafter": _expand_after,
    **dict.fromkeys(["\\@nameuse", "\\csuse"], _use_named),
    **dict.fromkeys(["\\AtBeginDocument", "\\AtEndPreamble", "\\detokenize", "\\unexpanded", "\\ensuretext"], _run),
    **dict.fromkeys(
        [
            "\\global",
            "\\long",
            "\\outer",
            "\\protected",
            "\\noexpand",
            "\\relax",
            "\\protect",
            "\\endcsname",
        ],
        _nothing,
    ),
}
