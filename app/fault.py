"""A refusal at the HTTP door, in the one shape that all of its errors have."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from starlette.responses import JSONResponse

from app.observe.redact import redacted


class Fault(Exception):
    """A refusal, as the caller gets it."""

    def __init__(
        self, status: int, type_: str, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.type, self.code, self.headers = status, type_, code, headers

    @property
    def told(self) -> dict[str, str]:
        """``{"message", "type", "code"}``; a message may repeat what was sent, but no key, address or telephone number of it."""
        return {"message": redacted(str(self)), "type": self.type, "code": self.code}

    @property
    def response(self) -> JSONResponse:
        """``{"error": {"message", "type", "code"}}``."""
        return JSONResponse({"error": self.told}, self.status, dict(self.headers or {}))


def unknown_profile(slug: str, slugs: Iterable[str]) -> Fault:
    """There is no profile ``slug``; the message names the near ones."""
    known = list(slugs)
    near = get_close_matches(slug.lower(), known, n=3, cutoff=0.5)
    names = ", ".join(near or known[:5])
    message = f"no profile {slug!r}; {'did you mean' if near else 'there are'}: {names or 'none yet'}"
    return Fault(404, "not_found", "unknown_profile", message)
