"""The Gradio page: maps events to components, nothing else. Gradio is known only in this folder."""

import os

# Gradio and its hub client read these when they are imported, and call out without them.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

from app.web.page.layout import mount
from app.web.page.theme import script, style

__all__ = ["mount", "script", "style"]
