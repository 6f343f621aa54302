"""The Gradio page: maps events to components, nothing else. Gradio is known only in this folder."""

import os

# Gradio and its hub client read these when they are imported, and call out without them.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
# Its own monitoring is closed; else every answer would be put into a table of the last 10,000, and all of that be summed up anew.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(2**63)

from app.web.page.layout import mount
from app.web.page.theme import script, style

__all__ = ["mount", "script", "style"]
