"""The bill of materials: what a pins file installs, as CycloneDX 1.6 (ECMA-424) in JSON."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, metadata, version
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License, LicenseAcknowledgement
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

OURS = "vivavoce"
_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9][\w.-]*)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\\n]+?))?[ ]*\\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)(?P<via>(?:    #.*\n?)*)",
    re.MULTILINE,
)
"""One entry as ``uv pip compile --generate-hashes`` writes it."""
_BUILD = "pyproject.toml:build"
_LONGEST_LICENCE = 120
"""Some packages write the whole text where its name belongs."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package at one version."""

    name: str
    version: str
    marker: str
    """On which platforms and Pythons (PEP 508); empty: on all."""
    hashes: tuple[str, ...]
    """SHA-256 of each file that may be installed for it, hexadecimal."""
    via: tuple[str, ...]
    """Names of those that need it; ``OURS`` for the project itself."""
    is_for_building: bool
    """Whether the project needs it only to be built."""

    @property
    def purl(self) -> PackageURL:
        """Its name in the package-url specification."""
        return PackageURL("pypi", name=self.name, version=self.version)


def read_pins(text: str) -> list[Pin]:
    """The entries of a pins file.

    Raises:
        ValueError: a line that is neither an entry with hashes nor a comment; it would be missing from the bill.
    """
    left_over = [line for line in _PIN.sub("", text).splitlines() if line.strip() and not line.startswith("#")]
    if left_over:
        raise ValueError(f"{left_over[0].strip()!r} is no pinned version with a hash")
    return [_pin(found) for found in _PIN.finditer(text)]


def _pin(found: re.Match[str]) -> Pin:
    reasons = [line.strip(" #").removeprefix("via").strip() for line in found["via"].splitlines()]
    needing = [reason for reason in reasons if reason]
    ours = [reason for reason in needing if reason.startswith(f"{OURS} ")]
    return Pin(
        found["name"],
        found["version"],
        found["marker"] or "",
        tuple(re.findall(r"sha256:([0-9a-f]{64})", found["hashes"])),
        tuple(re.split(r"[\s\[]", reason, maxsplit=1)[0] for reason in needing),
        bool(ours) and all(_BUILD in reason for reason in ours),
    )


def declared_licence(pin: Pin) -> str | None:
    """What the package that is installed here says its licence is; ``None`` where it is not installed, or says nothing short."""
    try:
        told = metadata(pin.name)
        if version(pin.name) != pin.version:
            return None
    except PackageNotFoundError:
        return None
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")
    ]
    candidates = [*told.get_all("License-Expression", []), *told.get_all("License", []), *classified]
    short = (text.strip() for text in candidates if "\n" not in text.strip() and len(text) <= _LONGEST_LICENCE)
    return next((text for text in short if text and text.upper() != "UNKNOWN"), None)


def bill(
    pins: Iterable[Pin], release: str, made: datetime, licence_of: Callable[[Pin], str | None] = declared_licence
) -> str:
    """The bill of ``pins`` for one release of this project, indented; the same pins and time give the same text."""
    pins = list(pins)
    needed = _needed_to_run(pins)
    ours = Component(
        name=OURS, version=release, type=ComponentType.APPLICATION, bom_ref=OURS, licenses=[_licence("Apache-2.0")]
    )
    components = {pin: _component(pin, pin.name in needed, licence_of(pin)) for pin in pins}
    told = "\n".join(f"{pin.purl} {' '.join(pin.hashes)}" for pin in pins)
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, f"{OURS} {release}\n{told}"), components=components.values())
    bom.metadata.component = ours
    bom.metadata.timestamp = made
    bom.metadata.tools.components.add(this_component())
    by_name: dict[str, list[Component]] = {OURS: [ours]}
    for pin, component in components.items():
        by_name.setdefault(pin.name, []).append(component)
    for pin, component in components.items():
        for needing in (c for name in pin.via for c in by_name.get(name, [])):
            bom.register_dependency(needing, [component])
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _needed_to_run(pins: list[Pin]) -> set[str]:
    """Names of what the running program needs, directly or not; the rest only builds it."""
    found = {pin.name for pin in pins if OURS in pin.via and not pin.is_for_building}
    grown = True
    while grown:
        more = {pin.name for pin in pins if found.intersection(pin.via)} - found
        found |= more
        grown = bool(more)
    return found


def _component(pin: Pin, is_needed: bool, licence: str | None) -> Component:
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(str(pin.purl)),
        comment="the files of this release that may be installed, each with its hash",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in pin.hashes],
    )
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        purl=pin.purl,
        bom_ref=str(pin.purl),
        scope=ComponentScope.REQUIRED if is_needed else ComponentScope.EXCLUDED,
        licenses=[_licence(licence)] if licence else [],
        external_references=[files],
        properties=[Property(name=f"{OURS}:marker", value=pin.marker)] if pin.marker else [],
    )


def _licence(text: str) -> License:
    return LicenseFactory().make_from_string(text, license_acknowledgement=LicenseAcknowledgement.DECLARED)
