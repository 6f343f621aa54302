"""An ingest killed at random instants never makes a reader see a wrong, empty or half index."""

from pathlib import Path

import pytest

from evals.bench.kill_ingest import kill_at_random


@pytest.mark.slow
def test_a_reader_never_sees_anything_but_a_whole_index(tmp_path: Path) -> None:
    result = kill_at_random(tmp_path, kills=8, seed=4)
    assert (result.wrong, result.errors, result.left_over) == (0, (), 0)
    assert result.queries >= 8
    assert result.generations >= 2
