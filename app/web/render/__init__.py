"""What the page shows, as HTML; every text is escaped here, nothing that was said or read is markup."""

from app.web.render.cite import digest, locator, place
from app.web.render.exchange import Exchange, exchange
from app.web.render.people import directory, head, start
from app.web.render.plain import notice

__all__ = ["Exchange", "digest", "directory", "exchange", "head", "locator", "notice", "place", "start"]
