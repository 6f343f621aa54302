"""From settings to the desk, with the language model that they name, if any."""

from app.library import Library
from app.match.desk import MatchDesk
from app.settings import Settings


def open_desk(settings: Settings, library: Library) -> MatchDesk:
    """The desk over ``library``; a configured model may put better words to what was decided without it."""
    if not settings.asks_a_model:
        return MatchDesk(library)
    from app.match.wording import Wording
    from app.model.start import open_line

    return MatchDesk(library, Wording(open_line(settings), settings.answer_tokens))
