"""The Gradio page: maps events to components, nothing else. Gradio is known only here."""

import json
import logging
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError

from app.domain import Turn
from app.errors import AskError
from app.settings import Settings
from app.web import Respondent, evidence, pageimage, render
from ingest.domain import Profile, Span
from ingest.errors import IndexUnusable, IngestError, OwnerError, ProfileNotFound

# Gradio and its hub client read these when they are imported, and call out without them.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr

_HERE = Path(__file__).parent
_LOG = logging.getLogger(__name__)
_TURNS = TypeAdapter(list[Turn])
_SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"]
_LOG_TEMPLATE = '<div class="vv-log" data-part="transcript" role="log" aria-label="Conversation"></div>'
_NOTICE_TEMPLATE = '<p role="status">${value}</p><p role="status" class="vv-lost"></p>'
_EVIDENCE_TEMPLATE = """
<aside class="vv-evidence" id="vv-evidence" data-part="evidence" aria-labelledby="vv-evidence-title" hidden>
<header><h2 class="vv-evidence-title" id="vv-evidence-title" tabindex="-1">In the source</h2>
<button type="button" class="vv-close" aria-label="Close the source">✕</button></header>
<div class="vv-evidence-body" tabindex="0" role="region" aria-label="Source text"></div></aside>"""
_FOOT = """<p>Written from the documents, not by the person; each number leads to its source.
<button type="button" class="vv-clear" hidden>Clear the conversation</button></p>"""
_BUSY = "The assistant is busy or cannot be reached just now; please ask again in a moment."
_CHANGED = "The source has changed since this was answered; please ask again"
_EMPTY = "There are no profiles here yet. Put a CV into data/profiles/your-name, then run 'vivavoce ingest'."
_WITH_TURNS = "(typed, slug) => [typed, slug, window.vvAsk(slug)]"
_FAILED = f"() => {{ document.dispatchEvent(new Event('vv-failed')); return {json.dumps(_BUSY)}; }}"


def mount(app: FastAPI, respondent: Respondent, settings: Settings) -> None:
    """Puts the page at ``/`` of ``app``."""
    gr.mount_gradio_app(
        app,
        build(respondent, settings),
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size="1kb",
        theme=_theme(),
        head=f"<style>{(_HERE / 'style.css').read_text(encoding='utf-8')}</style>",
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events speak of."""

    head: gr.HTML
    chooser: gr.Dropdown
    log: gr.HTML
    notice: gr.HTML
    box: gr.Textbox
    send: gr.Button
    source: gr.HTML
    turns: gr.JSON
    """Never shown; carries what the browser kept of the conversation to the server."""


def build(respondent: Respondent, settings: Settings) -> gr.Blocks:
    """The page's components and what happens to them."""
    desk = Desk(respondent)
    page: gr.Blocks
    with gr.Blocks(title="Vivavoce", analytics_enabled=False, fill_width=True) as page:
        parts = _lay_out(desk.people())
        _connect(page, parts, desk, settings.concurrency)
    page.queue(max_size=settings.queue, default_concurrency_limit=settings.concurrency, api_open=False)
    return page


def _lay_out(people: Mapping[str, str]) -> Parts:
    """Head, conversation, question box and evidence, in the order in which they are read."""
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    with gr.Row(elem_id="vv-head"):
        head = _html(render.nobody(), "vv-person")
        chooser = gr.Dropdown(
            [(name, slug) for slug, name in people.items()],
            value=None,
            label="Profile",
            show_label=False,
            visible=len(people) > 1,
            elem_id="vv-chooser",
        )
    with gr.Column(elem_id="vv-desk", min_width=0):
        log = _html({}, "vv-transcript", html_template=_LOG_TEMPLATE, js_on_load=script)
        with gr.Column(elem_id="vv-composer", scale=0, min_width=0):
            notice = _html("", "vv-notice", html_template=_NOTICE_TEMPLATE)
            with gr.Row(elem_id="vv-ask"):
                box = gr.Textbox(
                    label="Your question",
                    placeholder="Ask a question",
                    show_label=False,
                    container=False,
                    max_lines=6,
                    elem_id="vv-question",
                )
                send = gr.Button("Ask", variant="primary", elem_id="vv-send")
            _html(_FOOT, "vv-foot")
    source = _html({}, "vv-source", html_template=_EVIDENCE_TEMPLATE, js_on_load=script)
    return Parts(head, chooser, log, notice, box, send, source, gr.JSON(visible=False))


def _html(value: Any, elem_id: str, **options: Any) -> gr.HTML:
    """Our own markup. A template must not hold ``{{value}}``: Gradio would run what stands in it as code."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, **options)


def _connect(page: gr.Blocks, parts: Parts, desk: "Desk", concurrency: int) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    at_once: dict[str, Any] = quiet | {"queue": False}
    log, chooser, notice = parts.log, parts.chooser, parts.notice
    shown = [parts.head, chooser, log, notice]
    asking = gr.on(
        [parts.box.submit, parts.send.click, log.submit],
        desk.ask,
        inputs=[parts.box, chooser, parts.turns],
        outputs=[log, parts.box, notice],
        js=_WITH_TURNS,
        concurrency_limit=concurrency,
        trigger_mode="once",
        **quiet,
    )
    entering = page.load(desk.enter, outputs=shown, **at_once)
    choosing = chooser.input(desk.choose, inputs=[chooser], outputs=shown, cancels=[asking], **at_once)
    following = log.select(desk.follow, outputs=shown, cancels=[asking], **at_once)
    citing = log.click(desk.cite, outputs=[parts.source], trigger_mode="multiple", **at_once)
    for event in (asking, entering, choosing, following, citing):
        event.failure(None, outputs=[notice], js=_FAILED, **quiet)


class Desk:
    """What each event does; the conversation itself stays in the browser and comes back with every question."""

    def __init__(self, respondent: Respondent) -> None:
        self._respondent = respondent

    def people(self) -> dict[str, str]:
        """Names by slug; a profile that cannot be read goes by its slug."""
        return {slug: self._name(slug) for slug in self._respondent.library.slugs()}

    def enter(self, request: gr.Request) -> tuple[Any, ...]:
        """The page as its address asks for it: ``?profile=slug``, otherwise the first profile."""
        slugs = self._respondent.library.slugs()
        wanted = request.query_params.get("profile")
        return self._show(wanted if wanted is not None else (slugs[0] if slugs else None))

    def choose(self, slug: str | None) -> tuple[Any, ...]:
        """The page of the profile that was chosen."""
        return self._show(slug)

    def follow(self, event: gr.EventData) -> tuple[Any, ...]:
        """The page of the profile whose name was clicked."""
        return self._show(str(event.profile))

    def ask(self, typed: str, slug: str | None, turns: Any, happened: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """The answer to what was typed or to the suggestion that was clicked, as it is spoken."""
        clicked = (happened._data or {}).get("question")
        question = str(clicked) if clicked else (typed or "").strip()
        if not slug:
            yield gr.skip(), gr.skip(), render.notice("Choose a profile first")
            return
        history = _history(turns)
        entry = {"profile": slug, "id": f"{len(history)}-{render.digest(question)}"}
        state = render.Exchange(question, slug)
        if question:
            yield entry | {"html": render.exchange(state)}, gr.skip() if clicked else "", ""
        try:
            for event in self._respondent.ask(slug, [*history, Turn("user", question)]):
                state = state.hear(event)
                said = [*history, *state.turns]
                yield entry | {"html": render.exchange(state), "turns": _TURNS.dump_python(said)}, gr.skip(), gr.skip()
        except Exception as error:
            kept = {"html": render.exchange(replace(state, cut=True)) if state.sentences else ""}
            yield entry | kept, gr.skip() if clicked or state.sentences else question, render.notice(_words(error))

    def cite(self, event: gr.EventData) -> dict[str, str]:
        """The passage of the document that a citation points into."""
        try:
            index = self._respondent.library.open(str(event.profile))
            document = index.record.document(str(event.document))
            span = Span(document.id, int(event.start), int(event.end))
            unchanged = render.digest(document.quote(span)) == event.digest
        except (IngestError, KeyError, ValueError):
            unchanged = False
        if not unchanged:
            return {"html": f'<p class="vv-gone">{render.notice(_CHANGED)}</p>'}
        return {"html": evidence.passage(document, span, int(event.n), pageimage.addresses(index, document))}

    def _show(self, slug: str | None) -> tuple[Any, ...]:
        """Head, chooser, conversation and notice for ``slug``."""
        library = self._respondent.library
        try:
            profile = library.profile(slug or "")
            begin = render.start(self._respondent.greeting(profile.slug), self._respondent.suggestions(profile.slug))
            head = render.head(profile, library.open(profile.slug).record.documents)
        except ProfileNotFound:
            people = self.people()
            message = f"There is no profile {slug!r} here. You can ask about:" if people else _EMPTY
            entry = {"profile": "", "title": "Vivavoce", "html": render.directory(message, people)}
            return render.nobody(), None, entry | {"id": "start"}, ""
        except Exception as error:
            profile, head, begin = Profile(slug or "", self._name(slug or "")), render.nobody(), ""
            begin = render.start(render.notice(_words(error)), ())
        entry = {"profile": profile.slug, "title": f"{profile.name} · Vivavoce", "html": begin}
        return head, profile.slug, entry | {"id": "start"}, ""

    def _name(self, slug: str) -> str:
        try:
            return self._respondent.library.profile(slug).name
        except OwnerError:
            return slug


def _history(turns: Any) -> Sequence[Turn]:
    """The turns that the browser kept; none where it sends something else."""
    try:
        return _TURNS.validate_python(turns)
    except ValidationError:
        return ()


def _words(error: Exception) -> str:
    """What the visitor is told; a fault that nobody foresaw gets a number that stands in the log."""
    if isinstance(error, AskError | IndexUnusable | ProfileNotFound):
        return str(error)
    incident = secrets.token_hex(4)
    _LOG.error("incident %s at the page", incident, exc_info=error)
    return f"Something went wrong here (incident {incident}); please try again"


def _theme() -> gr.themes.Base:
    """Gradio's own parts in the colours of ``style.css``."""
    colours = {
        "body_background_fill": ("#fbfaf7", "#14171b"),
        "body_text_color": ("#20242a", "#e8e5df"),
        "input_background_fill": ("#ffffff", "#1c2026"),
        "input_background_fill_focus": ("#ffffff", "#1c2026"),
        "input_border_color": ("#8b8a83", "#6d7580"),
        "input_border_color_focus": ("#1d4f7c", "#8fbfe8"),
        "input_placeholder_color": ("#666b73", "#a2a9b3"),
        "block_background_fill": ("transparent", "transparent"),
        "block_label_text_color": ("#5b616b", "#a2a9b3"),
        "button_primary_background_fill": ("#1d4f7c", "#8fbfe8"),
        "button_primary_background_fill_hover": ("#163d61", "#b0d3f0"),
        "button_primary_text_color": ("#ffffff", "#10151a"),
        "button_primary_text_color_hover": ("#ffffff", "#10151a"),
    }
    values = {name: light for name, (light, _) in colours.items()}
    values |= {f"{name}_dark": dark for name, (_, dark) in colours.items()}
    return gr.themes.Base(font=[*_SANS, "sans-serif"], font_mono=_MONO).set(
        block_border_width="0px", block_shadow="none", **values
    )
