"""What is still to be read of a document: its pending tokens, and the macros, environments and switches that it has defined."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.tex.grammar import LINE, PARAGRAPH, SPACES
from ingest.readers.tex.macro import FALSE, TRUE, Macro, Parameter

_MOST_TOKENS = 3_000_000
"""Tokens that one document may come to: its own, and what its macros put in."""
_MOST_SILENT = 50_000
"""Macros that may expand one after the other without a word between them."""
_DEEPEST = 40
"""Arguments inside of one another that are read for themselves."""
_LONGEST_OPTION = 300
"""Tokens of an argument in brackets; where it is longer, its end is missing."""
END_OF_FILE = "\\viva@endoffile"


class Gullet:
    """The tokens of a document in the order in which TeX would meet them."""

    def __init__(self, folder: Path, main: Path) -> None:
        self.folder = folder
        self.main = main
        self.unseen: Counter[str] = Counter()
        """Characters that the page prints and nobody sees, by how they hide."""
        self.missing: list[str] = []
        """Files that its text inputs and that are not there."""
        self.encoding: str | None = None
        """The one that the document declares for its files, where they are not UTF-8."""
        self.macros: dict[str, Macro] = {}
        self.environments: dict[str, Macro] = {}
        self.switches: dict[str, bool] = {}
        self.options: set[str] = set()
        """The options of the class and the packages, such as ``ngerman``."""
        self.open_files: list[Path] = [main]
        self.open_conditionals = 0
        self.open_environments: list[tuple[str, list[list[str]]]] = []
        self._pending: list[str] = []
        self.began = True
        """Whether what is read is printed: not in a preamble."""
        self._depth = 0
        self._taken = 0
        self._silent = 0

    def push(self, found: Sequence[str]) -> None:
        """Puts ``found`` in front of what is pending.

        Raises:
            SourceUnreadable: the macros of the document expand without end.
        """
        self._taken += len(found) + 1
        if self._taken > _MOST_TOKENS:
            raise self.unreadable(
                f"expands to more than {_MOST_TOKENS} tokens; look for a macro that calls itself, or split the file"
            )
        self._pending.extend(reversed(found))

    def expand(self, found: Sequence[str]) -> None:
        """Puts what a macro stands for in front of what is pending; raises as ``push`` does."""
        self._silent += 1
        if self._silent > _MOST_SILENT:
            raise self.unreadable("a macro expands into itself without end; mend its definition")
        self.push(found)

    def next(self) -> str | None:
        """Takes the next token, unexpanded; ``None`` at the end."""
        return self._pending.pop() if self._pending else None

    def peek(self) -> str | None:
        """The next token, unexpanded, left where it is."""
        return self._pending[-1] if self._pending else None

    def upcoming(self, most: int) -> list[str]:
        """At most so many of the next tokens, unexpanded, left where they are."""
        return self._pending[: -most - 1 : -1]

    def shown(self) -> None:
        """Says that a token has come out that expands no further."""
        self._silent = 0

    @contextmanager
    def only(self, found: Sequence[str]) -> Iterator[None]:
        """Makes ``found`` all there is to read for a while; raises as ``push`` does."""
        if self._depth >= _DEEPEST:
            raise self.unreadable(
                f"more than {_DEEPEST} arguments stand inside of one another; look for a macro that calls itself"
            )
        held, self._pending = self._pending, []
        self._depth += 1
        self.push(found)
        try:
            yield
        finally:
            self._pending = held
            self._depth -= 1

    def clear(self) -> None:
        """Leaves nothing to be read."""
        self._pending.clear()

    def skip_spaces(self) -> list[str]:
        """Takes the spaces that come next, never a blank line."""
        taken: list[str] = []
        while self._pending and self._pending[-1] in SPACES:
            taken.append(self._pending.pop())
        return taken

    def argument(self) -> list[str]:
        """Takes one argument: the inside of a group, or the next token; nothing where a group or paragraph ends first."""
        self.skip_spaces()
        token = self.peek()
        if token is None or token in {"}", PARAGRAPH, END_OF_FILE}:
            return []
        self._pending.pop()
        if token == "{":
            return self._rest_of_group()
        if len(token) > 1 and token[0].isalnum():
            self._pending.append(token[1:])
            return [token[0]]
        return [token]

    def has_group(self) -> bool:
        """Whether a group comes next, spaces aside."""
        taken = self.skip_spaces()
        found = self.peek() == "{"
        self._pending.extend(reversed(taken))
        return found

    def optional(self, brackets: Sequence[str] = ("[", "]")) -> list[str] | None:
        """Takes an argument in brackets; ``None`` where there is none."""
        taken = self.skip_spaces()
        if self.peek() != brackets[0]:
            self._pending.extend(reversed(taken))
            return None
        taken.append(self._pending.pop())
        depth, inner, start = 0, 1, len(taken)
        while self._pending and self._pending[-1] not in {PARAGRAPH, END_OF_FILE} and len(taken) < _LONGEST_OPTION:
            token = self._pending.pop()
            taken.append(token)
            depth += (token == "{") - (token == "}")
            if depth < 0:
                break
            if depth == 0:
                inner += -1 if token == brackets[1] else token == brackets[0]
                if inner == 0:
                    return taken[start:-1]
        self._pending.extend(reversed(taken))
        return None

    def star(self, sign: str = "*") -> bool:
        """Takes a star where one comes next."""
        if self.peek() == sign:
            self._pending.pop()
            return True
        return False

    def until(self, ends: Sequence[str]) -> list[str]:
        """Takes all up to ``ends`` outside of any group, and ``ends`` too."""
        taken: list[str] = []
        depth = 0
        while self._pending:
            if depth == 0 and self._pending[-len(ends) :] == list(reversed(ends)):
                del self._pending[-len(ends) :]
                return taken
            token = self._pending.pop()
            depth += (token == "{") - (token == "}")
            taken.append(token)
        return taken

    def environment(self, name: str) -> list[str]:
        r"""Takes all up to the ``\end`` that closes the environment ``name``, which stays."""
        taken: list[str] = []
        depth = 0
        while self._pending:
            token = self._pending.pop()
            if token in {"\\begin", "\\end"}:
                is_ours = "".join(self.argument_ahead()) == name
                depth += is_ours if token == "\\begin" else -is_ours
                if depth < 0:
                    self._pending.append(token)
                    return taken
            taken.append(token)
        return taken

    def argument_ahead(self) -> list[str]:
        """The next argument, left where it is; empty where it is no group."""
        if not self.has_group():
            return []
        spaces = self.skip_spaces()
        inside = self.argument()
        self._pending.extend(reversed([*spaces, "{", *inside, "}"]))
        return inside

    def arguments(self, parameters: Sequence[Parameter], environment: str = "") -> list[list[str]]:
        """Takes the arguments that a macro's ``parameters`` ask for."""
        found: list[list[str]] = []
        for parameter in parameters:
            match parameter.kind:
                case "group":
                    found.append(self.argument())
                case "maybe":
                    found.append(self.argument() if self.has_group() else list(parameter.default))
                case "optional":
                    given = self.optional(parameter.delimiter or ("[", "]"))
                    found.append(list(parameter.default) if given is None else given)
                case "star":
                    found.append([TRUE if self.star(parameter.delimiter[0]) else FALSE])
                case "until":
                    found.append(_ungrouped(self.until(parameter.delimiter)))
                case "literal":
                    self.until(parameter.delimiter) if self.peek() == parameter.delimiter[0] else None
                case "body":
                    found.append(self.environment(environment))
        return found

    def _rest_of_group(self) -> list[str]:
        taken: list[str] = []
        depth = 1
        while self._pending:
            token = self._pending.pop()
            depth += (token == "{") - (token == "}")
            if depth == 0:
                break
            taken.append(token)
        return [t for t in taken if t != END_OF_FILE] if END_OF_FILE in taken else taken

    def unreadable(self, why: str) -> SourceUnreadable:
        """The error that says why the document cannot be read."""
        return SourceUnreadable(f"{self.main}: {why}")


def _ungrouped(found: list[str]) -> list[str]:
    """``found`` without the braces of a single group around all of it."""
    inner = found[1:-1]
    return inner if found[:1] == ["{"] and found[-1:] == ["}"] and not {"{", "}"} & set(inner) else found


def text_of(found: Sequence[str]) -> str:
    """``found`` as the bare characters of a name, a path or an option."""
    return "".join(" " if token in {LINE, PARAGRAPH} else token for token in found).strip()
