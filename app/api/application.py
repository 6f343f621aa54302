"""The web application: the page at ``/``, the API below ``/v1``, and ``/health``."""

from datetime import UTC, datetime
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

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
from app.match.desk import MatchDesk
from app.match.routes import match_routes
from app.match.start import open_desk
from app.mcp.mount import mount_mcp
from app.settings import Settings
from app.web import Respondent
from app.web.guard import Guard
from app.web.page import mount, script, style
from app.web.routes import page_routes
from app.web.shell import Shell
from app.widget.routes import widget_routes


def create_app(settings: Settings, respondent: Respondent) -> FastAPI:
    """The application, ready for one worker."""
    app = FastAPI(title="Vivavoce", docs_url=None, redoc_url=None, openapi_url=None)
    answers = Answers(settings, respondent)
    desk = open_desk(settings, respondent.library)
    app.mount("/v1", _api(settings, respondent, answers, desk))

    @app.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok", "profiles": list(respondent.library.slugs())}

    # Before the page, which takes every other address.
    app.include_router(widget_routes(respondent.library, origins_of))
    mount_mcp(app, respondent, desk, settings, answers)
    # The innermost, so that it meets the page before it is compressed.
    app.add_middleware(Shell, script=script(), style=style())
    # An empty list still makes Gradio's own middleware, which reflects every origin, stand down.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(Origins, library=respondent.library)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Guard)
    handle_errors(app)
    mount(app, respondent, settings)
    return app


def _api(settings: Settings, respondent: Respondent, answers: Answers, desk: MatchDesk) -> FastAPI:
    """Everything below ``/v1``."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(written_in_unicode)])
    library = respondent.library
    kept = FeedbackFile(settings.index_folder / FILE_NAME, lambda: datetime.now(UTC).date())
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
