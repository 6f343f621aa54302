"""How an ingest tells those who wait for it how far it is."""


class Progress:
    """Hears how an ingest goes; this one keeps silent."""

    def begin(self, stage: str, total: int) -> None:
        """A stage of ``total`` steps begins."""

    def advance(self, steps: int = 1) -> None:
        """``steps`` more are done."""
