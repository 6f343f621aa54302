"""A conversation in the shell: reads a line, answers it, keeps the turns."""

import sys
from contextlib import suppress

from rich.console import Console

from app.assistant import Assistant
from app.domain import Answer, Turn
from app.errors import QuestionRefused
from app.shell.terminal import show_sources, speak

_HELP = "/sources shows what the last answer cites, /clear begins anew, /quit ends; anything else is a question."


class Repl:
    """One conversation with one profile."""

    def __init__(self, assistant: Assistant, slug: str, console: Console) -> None:
        self._assistant = assistant
        self._slug = slug
        self._console = console
        self._turns: list[Turn] = []
        self._last: Answer | None = None

    def run(self) -> None:
        """Reads lines until /quit, the end of the input, or Ctrl-C."""
        with suppress(ImportError):
            import readline  # noqa: F401  # gives input() its line editing
        self._console.print(self._assistant.greeting(self._slug))
        for suggestion in self._assistant.suggestions(self._slug):
            self._console.print(f"  {suggestion}", style="dim")
        self._console.print(_HELP, style="dim")
        try:
            while self._take(input("\n> " if sys.stdin.isatty() else "").strip()):
                pass
        except (EOFError, KeyboardInterrupt):
            self._console.print()

    def _take(self, line: str) -> bool:
        """Does what ``line`` says; false when it ends the conversation."""
        match line:
            case "/quit":
                return False
            case "/clear":
                self._turns, self._last = [], None
                self._console.print("A new conversation.", style="dim")
            case "/sources":
                show_sources(self._console, self._last.citations if self._last else ())
                if not (self._last and self._last.citations):
                    self._console.print("Nothing is cited yet.", style="dim")
            case "":
                pass
            case _ if line.startswith("/"):
                self._console.print(_HELP, style="dim")
            case _:
                self._answer(line)
        return True

    def _answer(self, question: str) -> None:
        turns = [*self._turns, Turn("user", question)]
        try:
            self._last = speak(self._console, self._assistant.ask(self._slug, turns))
        except QuestionRefused as error:
            self._console.print(str(error), style="yellow")
            return
        self._turns = [*turns, Turn("assistant", self._last.answer)]
        for suggestion in self._last.suggestions:
            self._console.print(f"  {suggestion}", style="dim")
