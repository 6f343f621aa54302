"""The bill of materials lists every pin, and is what CycloneDX says a bill is."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from app.cli import run
from app.deploy.bom import bill, read_pins
from tests.conftest import NOON, TOP
from tests.test_tooling import PIN, PIN_FILES

FAR_ONE = "a" * 64
PINS = f"""\
quern==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:{"1" * 64}
    # via
    #   sieve
    #   vivavoce (pyproject.toml)
quern==2.1 ; python_full_version >= '3.12' \\
    --hash=sha256:{"2" * 64} \\
    --hash=sha256:{"3" * 64}
    # via
    #   sieve
    #   vivavoce (pyproject.toml)
sieve==1.0 \\
    --hash=sha256:{FAR_ONE}
    # via vivavoce (pyproject.toml:build)
"""


def parsed(text: str) -> Any:
    return json.loads(text)


def component(of: Any, name: str) -> list[Any]:
    return [found for found in of["components"] if found["name"] == name]


@pytest.mark.parametrize("name", PIN_FILES)
def test_a_bill_of_our_pins_is_valid_and_lists_each_with_version_address_and_hashes(name: str) -> None:
    text = (TOP / name).read_text(encoding="utf-8")
    written = bill(read_pins(text), "0.1.0", NOON)
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(written)
    assert error is None, repr(error)
    listed = {
        (found["name"], found["version"]): (
            {h["content"] for h in found["externalReferences"][0]["hashes"]},
            found["purl"],
        )
        for found in parsed(written)["components"]
    }
    pinned = {(pin["name"], pin["version"]): pin["rest"] for pin in PIN.finditer(text)}
    assert listed.keys() == pinned.keys()
    for (package, release), (hashes, address) in listed.items():
        assert {f"--hash=sha256:{value}" for value in hashes} == {
            word for word in pinned[package, release].split() if word.startswith("--hash")
        }
        assert PackageURL.from_string(address).to_dict() == PackageURL("pypi", None, package, release).to_dict()


def test_most_licences_are_told_as_the_installed_packages_declare_them() -> None:
    found = parsed(bill(read_pins((TOP / "requirements.txt").read_text(encoding="utf-8")), "0.1.0", NOON))
    told = [c for c in found["components"] if c.get("licenses")]
    assert len(told) > 0.85 * len(found["components"])
    (gradio,) = component(found, "gradio")
    assert gradio["licenses"] == [{"license": {"id": "Apache-2.0", "acknowledgement": "declared"}}]


def test_what_needs_what_and_what_is_only_for_building_is_told() -> None:
    found = parsed(bill(read_pins(PINS), "0.1.0", NOON, lambda _: None))
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in found["dependencies"]}
    both = ["pkg:pypi/quern@2.0", "pkg:pypi/quern@2.1"]
    assert needs["vivavoce"] == [*both, "pkg:pypi/sieve@1.0"]
    assert needs["pkg:pypi/sieve@1.0"] == both
    assert [c["scope"] for c in component(found, "quern")] == ["required", "required"]
    assert [c["scope"] for c in component(found, "sieve")] == ["excluded"]
    markers = [c["properties"][0]["value"] for c in component(found, "quern")]
    assert markers == ["python_full_version < '3.12'", "python_full_version >= '3.12'"]


def test_the_same_pins_give_the_same_bill_and_others_another_number() -> None:
    later = datetime(2026, 2, 1, tzinfo=UTC)
    first, again = (bill(read_pins(PINS), "0.1.0", NOON) for _ in range(2))
    assert first == again
    assert parsed(first)["serialNumber"] == parsed(bill(read_pins(PINS), "0.1.0", later))["serialNumber"]
    changed = PINS.replace(FAR_ONE, "b" * 64)
    assert parsed(first)["serialNumber"] != parsed(bill(read_pins(changed), "0.1.0", NOON))["serialNumber"]


@pytest.mark.parametrize("line", ["gradio>=6", "gradio==6.31.0", "-r more.txt", "gradio @ https://x.example/y.whl"])
def test_a_line_that_would_be_missing_from_the_bill_is_an_error(line: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no pinned version"):
        read_pins(f"{PINS}{line}\n")
    file = tmp_path / "pins.txt"
    file.write_text(f"{PINS}{line}\n", encoding="utf-8")
    assert run(["sbom", "--requirements", str(file)]) == 2


def test_the_verb_writes_the_bill_of_this_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bom.json"
    assert run(["sbom", "--output", str(file)]) == 0
    assert parsed(file.read_text(encoding="utf-8"))["metadata"]["component"]["name"] == "vivavoce"
    assert str(file) in capsys.readouterr().err
    assert run(["sbom", "--requirements", str(tmp_path / "none.txt")]) == 2
