"""Which version runs."""

from importlib import metadata


def version() -> str:
    """As it is installed; ``from source`` where it is not."""
    try:
        return metadata.version("vivavoce")
    except metadata.PackageNotFoundError:
        return "from source"
