"""What the page asks of the API besides answers: the photo of a person, and a place for what a visitor says of an answer."""

import logging
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.responses import JSONResponse, Response

from app.fault import Fault, unknown_profile
from app.feedback import MAX_WORDS, Feedback, FeedbackFile, FeedbackFull, Reason, Reported
from app.observe.redact import redacted
from app.web import Respondent
from app.web.photo import PhotoNotFound, photo_of
from ingest.errors import OwnerError, ProfileNotFound

_LOG = logging.getLogger(__name__)


class CitationBody(BaseModel):
    """The source that is complained of."""

    model_config = ConfigDict(extra="forbid")

    n: Annotated[int, Field(ge=1, le=10_000)]
    document: Annotated[str, Field(min_length=1, max_length=500)]
    start: Annotated[int, Field(ge=0, le=2**31)]
    end: Annotated[int, Field(ge=0, le=2**31)]


class FeedbackBody(BaseModel):
    """What a visitor says of one answer."""

    model_config = ConfigDict(extra="forbid")

    profile: Annotated[str, Field(min_length=1, max_length=200)]
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    verdict: Literal["helpful", "unhelpful", "wrong_citation"]
    reason: Reason | None = None
    citation: CitationBody | None = None
    words: Annotated[str, Field(max_length=MAX_WORDS)] = ""
    question: Annotated[str, Field(max_length=10_000)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> "FeedbackBody":
        if (self.verdict == "wrong_citation") != (self.citation is not None):
            raise ValueError("a citation goes with the verdict wrong_citation, and only with it")
        if self.reason is not None and self.verdict != "unhelpful":
            raise ValueError("a reason goes with the verdict unhelpful only")
        return self

    @property
    def feedback(self) -> Feedback:
        """As it is kept."""
        cited = self.citation
        return Feedback(
            profile=self.profile,
            fingerprint=self.fingerprint,
            verdict=self.verdict,
            reason=self.reason,
            citation=Reported(cited.n, cited.document, cited.start, cited.end) if cited else None,
            words=redacted(self.words.strip()),
            question=None if self.question is None else redacted(self.question),
        )


def page_routes(respondent: Respondent, kept: FeedbackFile, question_chars: int) -> APIRouter:
    """The routes, below ``/v1``."""
    router = APIRouter()

    @router.post("/feedback")
    def feedback(body: FeedbackBody) -> JSONResponse:
        slugs = respondent.library.slugs()
        if body.profile not in slugs:
            raise unknown_profile(body.profile, slugs)
        if not kept.takes:
            raise Fault(
                404, "not_found", "no_feedback", "feedback is not taken here; write to whoever runs this server"
            )
        if len(body.question or "") > question_chars:
            words = f"question: at most {question_chars} characters"
            raise Fault(422, "invalid_request", "invalid_body", words)
        try:
            kept.add(body.feedback)
        except FeedbackFull as error:
            _LOG.error("%s", error)
            words = "feedback cannot be kept just now; whoever runs this server sees why in its log"
            raise Fault(503, "unavailable", "feedback_full", words, {"Retry-After": "3600"}) from error
        return JSONResponse({"kept": True}, 201)

    @router.get("/profiles/{slug}/photo")
    def photo(slug: str, request: Request) -> Response:
        try:
            found = photo_of(respondent.library, slug)
        except ProfileNotFound as error:
            raise unknown_profile(slug, respondent.library.slugs()) from error
        except (PhotoNotFound, OwnerError) as error:
            raise Fault(404, "not_found", "no_photo", f"there is no photo of {slug!r}") from error
        headers = {"etag": f'"{found.digest}"', "cache-control": "private, no-cache"}
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)

    return router
