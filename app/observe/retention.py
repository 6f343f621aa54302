"""What visitors sent on purpose goes when its days are over, also where nobody sends anything any more."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

EVERY_S = 3_600.0
_LOG = logging.getLogger(__name__)


def purge_in_time(app: FastAPI, purge: Callable[[], None], every_s: float = EVERY_S) -> None:
    """Has ``purge`` done when ``app`` starts and every hour as long as it runs."""
    outer = app.router.lifespan_context

    async def purging() -> None:
        while True:
            try:
                await run_in_threadpool(purge)
            except sqlite3.Error as error:
                _LOG.error("what has been kept for long enough cannot be removed: %s", error)
            await asyncio.sleep(every_s)

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        task = asyncio.create_task(purging())
        try:
            async with outer(running) as state:
                yield state or {}
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    app.router.lifespan_context = lifespan
