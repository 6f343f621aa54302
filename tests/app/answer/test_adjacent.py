"""Two pieces of a source that stand side by side state together what neither states alone."""

import pytest

from app.answer.support import Shown, Support
from ingest.domain import Block, Document, Profile, Record, Span
