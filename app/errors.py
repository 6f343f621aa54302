"""What can go wrong because of a question, classed by who can mend it.

AskError
├── QuestionRefused     the visitor: an empty or overlong question, a broken conversation
├── ServerStopping      nobody now: whoever runs the server stops it
└── ConfigurationError  whoever deploys: a setting, a port
"""


class AskError(Exception):
    """Anything below; its text is one line that ends with the next step."""


class QuestionRefused(AskError):
    """The question cannot be taken as it is."""


class ServerStopping(AskError):
    """The server stops, and an answer under way with it."""

    def __init__(self) -> None:
        super().__init__("this server is stopping; ask again in a moment")


class ConfigurationError(AskError):
    """A setting, a port or a file of the installation."""
