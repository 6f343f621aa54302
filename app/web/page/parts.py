"""What every part of the page is made of: our own markup as a component, a tab, and who is visited in which language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component
from pydantic import BaseModel, ValidationError

from app.web.words import LANGUAGES, InterfaceLanguage, words

WORDS = gr.I18n(**{language: dict(words(language).table) for language in LANGUAGES})
"""The page's words for Gradio's own components: ``gr.Textbox(label=WORDS("key"))``."""


class Visit(BaseModel):
    """Whose page is open, and the language of the page's own words."""

    profile: str = ""
    """Empty in the directory."""
    language: InterfaceLanguage = "en"


@dataclass(frozen=True, slots=True)
class Tab:
    """What a tab shows of a profile. It is asked for when the tab is first opened for that profile, not before."""

    outputs: Sequence[Component]
    refresh: Callable[[Visit], Sequence[Any]]
    """The values of ``outputs``, in their order; may raise what ``Library.open`` raises."""


def read_visit(value: Any) -> Visit:
    """The visit that the hidden component carries; an empty one where the browser sends something else."""
    try:
        return Visit.model_validate(value or {})
    except ValidationError:
        return Visit()


def html(value: Any, elem_id: str, part: str | None = None, **options: Any) -> gr.HTML:
    """Our own markup. ``part`` names what ``static/*.js`` registered as ``vv.parts[part]``; it runs when the component is first shown.

    A template must not hold ``{{value}}``: Gradio would run what stands in it as code.
    """
    script = f"vv.parts.{part}(element, trigger, props, watch)" if part else None
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=script, **options)
