"""The web application: the page at ``/``, the API below ``/v1``, the widget, MCP, what the operator asks, and what stands before them."""

from datetime import UTC, date, datetime

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

from app.access.hosts import Hosts, needs_a_pass
from app.access.middleware import Access
from app.access.routes import session_routes
from app.access.session import Tokens
from app.access.start import open_door
from app.api.answers import Answers
from app.api.ask import ask_routes
from app.api.chat import chat_routes
from app.api.errors import handle_errors, written_in_unicode
from app.api.files import file_routes
from app.api.models import model_routes
from app.api.openapi import add_openapi
from app.api.origins import Origins, origins_of
from app.api.records import record_routes
from app.feedback import FILE_NAME, FeedbackFile
from app.limits.middleware import Limits
from app.limits.start import open_gate
from app.match.desk import MatchDesk
from app.match.routes import match_routes
from app.match.start import open_desk
from app.mcp.mount import end_with, mount_mcp
from app.observe.hashing import DailyHash
from app.observe.middleware import Observe
from app.observe.ready import HasModel, Readiness
from app.observe.respondent import Observed
from app.observe.retention import purge_in_time
from app.observe.routes import operator_routes
from app.observe.spans import Tracing
from app.observe.stop import Stop
from app.observe.version import version
from app.settings import Settings
from app.web import Respondent
from app.web.guard import Guard
from app.web.page import mount, script, style
from app.web.routes import page_routes
from app.web.shell import Shell
from app.widget.routes import widget_routes


def create_app(
    settings: Settings, assistant: Respondent, stop: Stop | None = None, tracing: Tracing | None = None
) -> FastAPI:
    """The application, ready for one worker; ``stop`` is how it is told to end."""
    app = FastAPI(title="Vivavoce", docs_url=None, redoc_url=None, openapi_url=None)
    stop, hashed = stop or Stop(), DailyHash(_today)
    respondent = Observed(assistant, hashed, stop, tracing)
    answers = Answers(settings, respondent, stop)
    desk = open_desk(settings, respondent.library)
    door = open_door(settings)
    gate = open_gate(settings, door.secret)
    kept = FeedbackFile(settings.index_folder / FILE_NAME, _today, keep_days=settings.feedback_days)
    app.mount("/v1", _api(settings, respondent, answers, desk, kept, door.tokens))

    line = assistant.line if isinstance(assistant, HasModel) else None
    readiness = Readiness(respondent.library, line, stop, version())
    app.include_router(operator_routes(readiness, settings.metrics_token, lambda: datetime.now(UTC)))
    # Before the page, which takes every other address.
    app.include_router(widget_routes(respondent.library, origins_of))
    mount_mcp(app, respondent, desk, settings, answers, gate, stop)
    # The innermost, so that it meets the page before it is compressed.
    app.add_middleware(Shell, script=script(), style=style(kept.takes))
    # An empty list still makes Gradio's own middleware, which reflects every origin, stand down.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Limits, gate=gate)
    app.add_middleware(
        Access, keys=door.keys, tokens=door.tokens, proxies=door.proxies, needs_a_pass=needs_a_pass(settings)
    )
    # Around these two, so that pages can read why they are refused.
    app.add_middleware(Origins, library=respondent.library)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Hosts, names=door.names)
    app.add_middleware(Guard)
    app.add_middleware(Observe, hashed=hashed)
    handle_errors(app)
    purge_in_time(app, kept.purge)
    end_with(stop)
    stop.on_end(mount(app, respondent, settings, gate))
    return app


def _today() -> date:
    return datetime.now(UTC).date()


def _api(
    settings: Settings, respondent: Respondent, answers: Answers, desk: MatchDesk, kept: FeedbackFile, tokens: Tokens
) -> FastAPI:
    """Everything below ``/v1``."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(written_in_unicode)])
    library = respondent.library
    api.include_router(session_routes(tokens))
    api.include_router(ask_routes(answers))
    api.include_router(chat_routes(settings, answers))
    api.include_router(model_routes(library))
    # Before the documents, whose ids may have slashes.
    api.include_router(file_routes(library))
    api.include_router(record_routes(settings, respondent))
    api.include_router(page_routes(respondent, kept, settings.question_chars))
    api.include_router(match_routes(library, desk))
    add_openapi(api, library)
    handle_errors(api)
    return api
