"""The words by which the list of publications is filtered and written, the same in addresses, on the command line and on the page."""

from typing import Literal

Position = Literal["first", "sole", "middle", "last", "not_stated"]
"""The person's place among the authors; ``first`` holds what is written alone, too; ``not_stated``: the name is not printed."""
Status = Literal["published", "preprint", "not_stated"]
FormatName = Literal["bibtex", "csv", "csl-json", "json"]
NOT_STATED: Literal["not_stated"] = "not_stated"
