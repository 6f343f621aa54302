"""Arguments that several verbs of the shell door take."""

from pathlib import Path
from typing import Annotated

import typer

Slug = Annotated[str, typer.Argument(metavar="PROFILE", help="Whose record; see 'vivavoce list'.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Data = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder with profiles/ and index/.")]
Profiles = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of profiles, if not DATA/profiles.")]
Index = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of indexes, if not DATA/index.")]
LocalModel = Annotated[
    bool, typer.Option("--local-model", help="Answer with a small language model run here; needs the extra 'local'.")
]
