"""What can go wrong because of a question, classed by who can mend it.

AskError
├── QuestionRefused     the visitor: an empty or overlong question, a broken conversation
└── ConfigurationError  whoever deploys: a setting, a port
"""


class AskError(Exception):
    """Anything below; its text is one line that ends with the next step."""


class QuestionRefused(AskError):
    """The question cannot be taken as it is."""


class ConfigurationError(AskError):
    """A setting, a port or a file of the installation."""
