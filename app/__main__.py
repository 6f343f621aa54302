"""``python -m app`` is ``vivavoce``."""

from app.cli import main

main()
