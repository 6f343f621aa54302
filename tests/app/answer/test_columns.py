"""A period in a column of its own before what it dates is told with that, and with nothing in the lines beside it."""

import pytest

from app.answer.claim.retold import is_retold
from app.answer.claim.statements import statements_of
from app.answer.claim.unit import plain_unit
from app.answer.support import Shown
from ingest.domain import Document, Profile, Record, Span

TEXT = "2019–           Associate Professor (tenured), Northlab University (60 % since 2020)"
RECORD = Record(Profile("ada-noor", "Ada Noor"), (Document("cv.md", "CV", "text/markdown", TEXT),), (), (), (), "")


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("Since 2019 she is an Associate Professor (tenured) at Northlab University (60 % since 2020).", True),
        ("She is an Associate Professor at Northlab University since 2019.", True),
        ("She is an Associate Professor at Northlab University since 2020.", False),
        ("She was an Associate Professor at Northlab University.", False),
    ],
)
def test_a_column_of_dates(claim: str, is_told: bool) -> None:
    shown = [Shown(1, Span("cv.md", 0, len(TEXT)), TEXT, ())]
    told = list(statements_of(shown, [plain_unit(1, TEXT, "en")], RECORD))
    assert is_retold(claim, told, frozenset({"ada", "noor"})) is is_told
