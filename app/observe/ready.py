"""Whether the server can answer: every profile's index, the way to the language model, what is left of its budget."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from app.library import Library
from app.model.budget import OverBudget
from app.observe.stop import Stop
from ingest.errors import IngestError

if TYPE_CHECKING:
    from app.model.call import Line


@runtime_checkable
class HasModel(Protocol):
    """Who asks a language model, or might."""

    @property
    def line(self) -> "Line | None":
        """The way to it."""


@dataclass(frozen=True, slots=True)
class ProfileState:
    """How the index of one profile is."""

    state: Literal["verified", "degraded", "unusable"]
    generation: str | None = None
    """The one that answers."""
    made: datetime | None = None
    """When its documents were read."""


@dataclass(frozen=True, slots=True)
class ModelState:
    """How the language model can be asked."""

    name: str
    breaker: Literal["closed", "open", "half_open"]
    budget_left: float | None
    """Of the tightest budget, from 1 to 0; ``None`` without one. What cannot be read counts as spent, as it does for a call."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What can be said of the server at one moment."""

    version: str
    profiles: dict[str, ProfileState]
    model: ModelState | None
    is_stopping: bool

    @property
    def status(self) -> Literal["ready", "degraded", "unavailable", "stopping"]:
        """``unavailable``: nobody can be asked about. Answers without the model are whole answers, so its state changes nothing here."""
        if self.is_stopping:
            return "stopping"
        states = [profile.state for profile in self.profiles.values()]
        if all(state == "unusable" for state in states):
            return "unavailable"
        return "ready" if all(state == "verified" for state in states) else "degraded"

    @property
    def answers(self) -> bool:
        """Whether questions should be sent here."""
        return self.status in {"ready", "degraded"}

    def to_json(self) -> dict[str, Any]:
        """As ``/ready`` gives it: nothing of this machine, and of a budget no amounts."""
        told: dict[str, Any] = {
            "status": self.status,
            "version": self.version,
            "profiles": {
                slug: {"index": state.state, "generation": state.generation} for slug, state in self.profiles.items()
            },
            "model": None,
        }
        if self.model is not None:
            left = self.model.budget_left
            told["model"] = {
                "name": self.model.name,
                "breaker": self.model.breaker,
                "budget_left": None if left is None else round(left, 2),
            }
        return told


@dataclass(frozen=True, slots=True)
class Readiness:
    """Looks."""

    library: Library
    line: "Line | None"
    stop: Stop
    version: str

    def look(self) -> Ready:
        """How things are now."""
        profiles = {slug: self._profile(slug) for slug in self.library.slugs()}
        return Ready(self.version, profiles, self._model(), self.stop.is_announced)

    def _profile(self, slug: str) -> ProfileState:
        health = self.library.health(slug)
        try:
            index = self.library.open(slug)
        except IngestError:
            return ProfileState("unusable")
        return ProfileState(health.state, index.generation.name, datetime.fromisoformat(index.manifest.created))

    def _model(self) -> ModelState | None:
        if self.line is None:
            return None
        try:
            left = self.line.budget.left()
        except OverBudget:
            left = 0.0
        return ModelState(self.line.model.name, self.line.breaker.state, left)
