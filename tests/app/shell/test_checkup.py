"""``vivavoce doctor``: what it prints, how it ends, and that it neither changes anything nor opens a model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import run
from tests.conftest import TOP

CV = """# Ada Byron

Tel: +351 21 000 0001

## Publications

- Ada Byron, Bo Li, Looms That Reckon. In *Proceedings of the 2020 Conference on Looms* (COL-2022)
- Bo Li, Ada Byron, Reckoning on Looms. In *Journal of Shuttles* 2021 (JOS-2021)
"""
HEAVY = ("chromadb", "llama_index", "gradio", "onnxruntime", "openai")


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    """A folder with one profile whose CV has two faults, and one beside it that has none."""
    for slug, text in (("ada-byron", CV), ("bo-li", "# Bo Li\n\nI weave numbers.\n")):
        folder = tmp_path / "profiles" / slug
        folder.mkdir(parents=True)
        (folder / "cv.md").write_text(text, encoding="utf-8")
        (folder / "profile.toml").write_text(f'name = "{slug.replace("-", " ").title()}"\n', encoding="utf-8")
    return tmp_path / "profiles"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(["doctor", *words])
    return code, capsys.readouterr().out


def test_findings_are_shown_by_file_with_line_column_and_what_to_do(
    profiles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = said(capsys, "ada-byron", "--profiles", str(profiles))
    assert code == 0
    assert out == (
        "cv.md\n"
        "  3:6      note    private-phone  “+351 21 000 0001”\n"
        "           a phone number is in the text and withheld from visitors\n"
        "           → nothing, or add 'phone' to [privacy] share in profile.toml if visitors may see it\n"
        "  7:41     warning venue-year  “Proceedings of the 2020 Conference on Looms”\n"
        "           the venue's name says 2020, the entry says 2022\n"
        "           → correct one of the two\n"
        "\n"
        "0 errors, 1 warning, 1 note in 1 document; lines are those of the text as it is read. Nothing was changed.\n"
    )


def test_a_profile_without_findings_is_told_so(profiles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, "bo-li", "--strict", "--profiles", str(profiles))
    assert code == 0
    assert out.startswith("nothing to mend in 1 document")


def test_as_json_every_finding_has_its_span(profiles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = said(capsys, "ada-byron", "--json", "--profiles", str(profiles))
    told = json.loads(out)
    assert code == 0
    assert (told["profile"], told["counts"]) == ("ada-byron", {"error": 0, "warning": 1, "note": 1})
    phone = told["findings"][0]
    assert sorted(phone) == [
        "advice", "document", "end", "kind", "message", "others", "quote", "severity", "start",
    ]  # fmt: skip
    assert (phone["document"], phone["quote"], phone["end"] - phone["start"]) == ("cv.md", "+351 21 000 0001", 16)


def test_strict_ends_with_1_where_there_is_a_warning(profiles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "ada-byron", "--strict", "--profiles", str(profiles))[0] == 1


def test_an_unknown_profile_is_wrong_use(profiles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "cy-moreno", "--profiles", str(profiles)]) == 2
    assert "no profile 'cy-moreno'" in capsys.readouterr().err


def test_nothing_is_changed(profiles: Path) -> None:
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in sorted(profiles.rglob("*")) if p.is_file()}
    run(["doctor", "ada-byron", "--profiles", str(profiles)])
    after = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in sorted(profiles.rglob("*")) if p.is_file()}
    assert after == before
    assert not (profiles.parent / "index").exists()


def test_no_model_and_no_index_is_opened(profiles: Path) -> None:
    code = (
        "import sys; from tests.offline import forbid_network; forbid_network(); from app.cli import run; "
        f"run(['doctor', 'ada-byron', '--profiles', {str(profiles)!r}]); "
        f"print(sorted(set(sys.modules) & {set(HEAVY)!r}), file=sys.stderr)"
    )
    environ = {**os.environ, "PYTHONPATH": str(TOP)}
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=TOP, env=environ, timeout=60
    )
    assert ended.stderr.splitlines()[-1] == "[]"
