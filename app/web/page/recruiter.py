"""The Recruiter tab: a form whose job description goes to ``POST /v1/match/view``, and the report that comes back."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from app.web import Respondent
from app.web.page.parts import Tab, Visit, html
from app.web.render.match import form_html


def build(respondent: Respondent, visit: gr.JSON) -> Tab:
    """Makes the component of the tab; the browser sends the form itself, so that no upload door of Gradio's is open."""
    body = html("", "vv-recruiter", part="recruiter")

    def refresh(visited: Visit) -> Sequence[Any]:
        profile = respondent.library.open(visited.profile).record.profile
        return [form_html(profile.slug, profile.name, visited.language)]

    return Tab([body], refresh)
