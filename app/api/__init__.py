"""The HTTP door: what a program, a page elsewhere or this server's own page asks over ``/v1``."""

from app.api.application import create_app

__all__ = ["create_app"]
