"""Lets a request through the gate before anything is done for it, or answers 429 with ``Retry-After``."""

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access import caller_of
from app.access.acts import act_of, profile_asked
from app.fault import Fault
from app.limits.gate import Gate, LimitReached

_BUSY = 503


class Limits:
    """ASGI middleware for what is posted below ``/v1``; the page and ``/mcp`` go through the gate themselves."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers refusals itself and hands on the rest."""
        act = act_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if act is None:
            await self._app(scope, receive, send)
            return
        slug, receive = await profile_asked(scope, receive)
        try:
            give_back = await run_in_threadpool(self._gate.admit, caller_of(scope), act, slug)
        except LimitReached as error:
            await too_many(error).response(scope, receive, send)
            return
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self._app(scope, receive, watched)
        if status == _BUSY:
            # Nothing was done, and whoever is told to come back must be able to.
            await run_in_threadpool(give_back)


def too_many(error: LimitReached) -> Fault:
    """The refusal, as the caller gets it."""
    return Fault(429, "rate_limited", f"limit_{error.kind}", str(error), {"Retry-After": str(error.wait_s)})
