"""The panel in which an owner chooses how the chat looks, sees it at once, and copies the lines."""

from functools import cache
from html import escape
from pathlib import Path

import yaml

from app.web.words import InterfaceLanguage, Words
from ingest.domain import Profile

_HERE = Path(__file__).parent
_SPOKEN = {"en": "English", "zh": "中文", "de": "Deutsch", "fr": "Français", "es": "Español"}
_KINDS = ("script", "pinned", "element", "frame")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'"
)
ASSETS = {"panel.js": "text/javascript", "panel.css": "text/css"}


@cache
def panel_words(language: InterfaceLanguage) -> Words:
    """What the panel says in ``language``."""
    return Words(language, yaml.safe_load((_HERE / f"panel.{language}.yaml").read_text(encoding="utf-8")))


@cache
def asset(name: str) -> bytes:
    """One of ``ASSETS``."""
    return (_HERE / name).read_bytes()


def panel_page(profile: Profile, language: InterfaceLanguage) -> str:
    """The page; its preview is the frame of the profile, and its lines come from ``lines`` beside it."""
    say = panel_words(language)
    name = escape(profile.name)
    told = " ".join(f'data-{key}="{escape(say(key))}"' for key in ("copied", "uncopied", "failed"))
    return f"""<!doctype html>
<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8"><title>{escape(say("title"))} · {name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><link rel="stylesheet" href="../../widget/v1/panel.css">
<script type="module" src="../../widget/v1/panel.js"></script></head>
<body {told}><main>
<h1>{escape(say("title"))}</h1><p class="lead">{escape(say("lead"))}</p>
<div class="desk"><form>
{_radios(say, "kind", _KINDS)}
<fieldset><legend>{escape(say("color"))}</legend><label><input type="checkbox" name="own">{escape(say("color_own"))}</label>
<input type="color" name="color" value="#1d4f7c" aria-label="{escape(say("color"))}" disabled></fieldset>
{_radios(say, "position", ("right", "left"))}
{_choice(say, "language", {"": say("language_auto"), **_SPOKEN})}
{_choice(say, "theme", {"": say("theme_auto"), "light": say("theme_light"), "dark": say("theme_dark")})}
<label class="field"><span>{escape(say("heading"))}</span>
<input name="heading" maxlength="80" placeholder="{escape(say("heading_hint", name=profile.name))}"></label>
</form>
<iframe src="../{escape(profile.slug)}?mode=launcher&amp;open=" title="{escape(say("preview"))}"></iframe></div>
<h2 id="lines">{escape(say("lines"))}</h2><pre tabindex="0" aria-labelledby="lines" class="lines"></pre>
<p class="buttons"><button type="button">{escape(say("copy"))}</button> <span role="status"></span></p>
<p class="pinned" hidden>{escape(say("pinned_hint"))}</p>
<h2 id="policy">{escape(say("policy"))}</h2><pre tabindex="0" aria-labelledby="policy" class="policy"></pre>
<h2 id="origins">{escape(say("origins"))}</h2><pre tabindex="0" aria-labelledby="origins" class="origins"></pre>
</main></body></html>"""


def _radios(say: Words, name: str, values: tuple[str, ...]) -> str:
    inputs = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{" checked" if value == values[0] else ""}>'
        f"{escape(say(f'{name}_{value}'))}</label>"
        for value in values
    )
    return f"<fieldset><legend>{escape(say(name))}</legend>{inputs}</fieldset>"


def _choice(say: Words, name: str, values: dict[str, str]) -> str:
    options = "".join(f'<option value="{value}">{escape(text)}</option>' for value, text in values.items())
    return f'<label class="field"><span>{escape(say(name))}</span><select name="{name}">{options}</select></label>'
