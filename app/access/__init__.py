"""Who calls: programs with a key, pages with a session token, and everybody else by their address; and under which names this server answers."""

from app.access.caller import Caller, caller_of

__all__ = ["Caller", "caller_of"]
