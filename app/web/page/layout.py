"""The components of the page in the order in which they are read, and what happens to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from app.limits.gate import Gate
from app.settings import Settings
from app.web import Respondent
from app.web.page import record, recruiter
from app.web.page.desk import Desk
from app.web.page.mailboxes import bound
from app.web.page.parts import WORDS, Tab, html
from app.web.page.theme import theme

# What is said in them, static/base.js puts in from the words of the visitor's language: data-word into the element, data-word-label into its label.
_LOG = '<div class="vv-log" role="log" data-word-label="conversation"></div>'
_NOTICE = '<p role="status">${value}</p><p role="status" class="vv-lost"></p>'
_HEAD = """<div class="vv-bar"><a class="vv-brand" href="?" data-choose="">Vivavoce</a>
<button type="button" class="vv-tongue" data-word="other_language" data-word-label="other_language_label"></button></div>
<div class="vv-top">${value}</div>"""
_FOOT = """<p class="vv-about">${value}</p><p class="vv-own">
<label><input type="checkbox" class="vv-keeps" checked><span data-word="keep"></span></label>
<span class="vv-with-talk" hidden><button type="button" class="vv-link vv-print" data-word="print"></button>
<button type="button" class="vv-link vv-clear" data-word="clear"></button></span>
<button type="button" class="vv-link vv-embed-open" data-word="embed" aria-haspopup="dialog"></button></p>"""
_EVIDENCE = """<section class="vv-evidence" id="vv-evidence" aria-labelledby="vv-evidence-title" hidden>
<header><h2 class="vv-evidence-title" id="vv-evidence-title" tabindex="-1" data-word="in_the_source"></h2>
<button type="button" class="vv-close" data-word-label="close_source">✕</button></header>
<div class="vv-evidence-body" tabindex="0" role="region" data-word-label="source_text"></div></section>"""
_WITH_TURNS = "(typed, visit) => [typed, visit, vv.asking(visit)]"
_ENTERING = "() => [{ profile: '', language: vv.language }]"
_FAILED = "() => vv.failed()"
_SETTLED = "() => vv.settled()"
_SESSIONS = 256
"""Visitors of whom Gradio keeps a copy of the page's configuration, some 70 KB each; nothing in it is theirs, and it is made anew where it is missing."""
_LOOK_S, _PROGRESS_S = 0.02, 0.1
"""How often Gradio looks whether somebody asks, and whether something that is asked has progressed."""


def mount(app: FastAPI, respondent: Respondent, settings: Settings, gate: Gate) -> Callable[[], None]:
    """Puts the page at ``/`` of ``app``; its questions go through ``gate``.

    Calling the result, in the event loop, lets the open tabs go, which would hold a server that stops.
    """
    blocks = build(respondent, settings, gate)
    blocks.state_session_capacity = _SESSIONS
    bound(blocks._queue)
    gr.mount_gradio_app(
        app,
        blocks,
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
        i18n=WORDS,
        theme=theme(),
    )
    page = app.routes[-1]
    assert isinstance(page, Mount)
    assert isinstance(page.app, gr.routes.App)
    hang_up: Callable[[], None] = page.app.stop_event.set
    return hang_up


@dataclass(frozen=True, slots=True)
class Chat:
    """The components of the conversation."""

    log: gr.HTML
    notice: gr.HTML
    box: gr.Textbox
    send: gr.Button
    foot: gr.HTML


@dataclass(frozen=True, slots=True)
class Filling:
    """A tab that is filled when it is opened."""

    item: gr.Tab
    content: Tab
    shown: gr.JSON
    """Never shown; what the tab was filled for."""
    notice: gr.HTML


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events speak of."""

    head: gr.HTML
    directory: gr.HTML
    tabs: gr.Tabs
    chat: Chat
    fillings: Sequence[Filling]
    source: gr.HTML
    visit: gr.JSON
    """Never shown; says who is visited, and in which language."""
    turns: gr.JSON
    """Never shown; carries what the browser kept of the conversation to the server."""


def build(respondent: Respondent, settings: Settings, gate: Gate) -> gr.Blocks:
    """The page's components and what happens to them."""
    page: gr.Blocks
    with gr.Blocks(title="Vivavoce", analytics_enabled=False, fill_width=True) as page:
        parts = _lay_out(respondent)
        _connect(page, parts, Desk(respondent, settings.question_chars, gate), settings.concurrency)
    page.queue(max_size=settings.queue, default_concurrency_limit=settings.concurrency, api_open=False)
    # Gradio looks a thousand times a second whether somebody asks, and a hundred times for progress, which nothing here
    # reports: a twentieth of a core for nothing. Whoever asks waits a hundredth of a second longer in the middle.
    page._queue.sleep_when_free = _LOOK_S
    page._queue.progress_update_sleep_when_free = _PROGRESS_S
    return page


def _lay_out(respondent: Respondent) -> Parts:
    """Head, directory, tabs and evidence, in the order in which they are read; the directory and the tabs are never seen together."""
    head = html("", "vv-head", part="head", html_template=_HEAD)
    directory = html("", "vv-directory", part="directory")
    visit = gr.JSON(visible=False)
    with gr.Tabs(elem_id="vv-tabs", selected="chat") as tabs:
        with gr.Tab(WORDS("tab_chat"), id="chat"):
            chat = _chat()
        fillings = [
            _filling("record", lambda: record.build(respondent, visit)),
            _filling("recruiter", lambda: recruiter.build(respondent, visit)),
        ]
    source = html({}, "vv-source", part="evidence", html_template=_EVIDENCE)
    return Parts(head, directory, tabs, chat, fillings, source, visit, gr.JSON(visible=False))


def _filling(name: str, build_tab: Callable[[], Tab]) -> Filling:
    with gr.Tab(WORDS(f"tab_{name}"), id=name) as item:
        notice = html("", f"vv-{name}-notice", html_template=_NOTICE)
        return Filling(item, build_tab(), gr.JSON(visible=False), notice)


def _chat() -> Chat:
    with gr.Column(elem_id="vv-desk", min_width=0):
        log = html({}, "vv-transcript", part="chat", html_template=_LOG)
        with gr.Column(elem_id="vv-composer", scale=0, min_width=0):
            notice = html("", "vv-notice", html_template=_NOTICE)
            with gr.Row(elem_id="vv-ask"):
                box = gr.Textbox(
                    label=WORDS("your_question"),
                    placeholder=WORDS("ask_placeholder"),
                    show_label=False,
                    container=False,
                    max_lines=6,
                    elem_id="vv-question",
                )
                send = gr.Button(WORDS("ask"), variant="primary", elem_id="vv-send")
            foot = html("", "vv-foot", part="foot", html_template=_FOOT)
    return Chat(log, notice, box, send, foot)


def _connect(page: gr.Blocks, parts: Parts, desk: Desk, concurrency: int) -> None:
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    at_once: dict[str, Any] = quiet | {"queue": False}
    chat, visit = parts.chat, parts.visit
    shown = [parts.head, parts.directory, chat.log, chat.foot, chat.notice, visit, parts.tabs]
    asking = gr.on(
        [chat.box.submit, chat.send.click, chat.log.submit],
        desk.ask,
        inputs=[chat.box, visit, parts.turns],
        outputs=[chat.log, chat.box, chat.notice],
        js=_WITH_TURNS,
        concurrency_limit=concurrency,
        # Not "once", which would drop what is asked between the last word of an answer and Gradio's own end of it.
        trigger_mode="multiple",
        **quiet,
    )
    asking.then(None, js=_SETTLED, **at_once)
    entering = page.load(desk.enter, inputs=[visit], outputs=shown, js=_ENTERING, **at_once)
    following = parts.head.select(desk.follow, inputs=[visit], outputs=shown, cancels=[asking], **at_once)
    citing = parts.source.click(desk.cite, inputs=[visit], outputs=[parts.source], trigger_mode="multiple", **at_once)
    for event in (asking, entering, following, citing):
        event.failure(None, outputs=[chat.notice], js=_FAILED, **quiet)
    for tab in parts.fillings:
        outputs = [tab.shown, tab.notice, *tab.content.outputs]
        fill = partial(desk.fill, tab.content)
        tab.item.select(fill, inputs=[visit, tab.shown], outputs=outputs, trigger_mode="multiple", **at_once)
