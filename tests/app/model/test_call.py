"""One call of the model: what is tried when a provider refuses its form."""

from pathlib import Path
from typing import Any

import pytest

from app.answer.model import Message
from app.model.start import open_line
from app.settings import Settings
from evals.scripted import MODEL, Wire, faithful, serving_with


class WithoutSchemas(Wire):
    """A provider that knows no schemas, and says so with ``status``."""

    status = 400

    def answer(self, body: dict[str, Any]) -> None:
        if "response_format" in body:
            self.send_object({"error": {"message": "response_format.type: unknown", "type": "invalid"}}, self.status)
        else:
            super().answer(body)


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_provider_that_knows_no_schemas_is_asked_without_one(status: int, tmp_path: Path) -> None:
    with serving_with(type("Says", (WithoutSchemas,), {"status": status}), faithful) as provider:
        line = open_line(Settings(model=MODEL, model_url=provider.url, budget_file=tmp_path / "spent.sqlite3"))
        call = line.call([Message("user", "x")], 50, "0", schema={"type": "object"})
        pieces = [piece for piece in call if piece]
        line.model.close()
    assert "".join(pieces) == "NOT STATED"
    assert len(provider.requests) == 2
