"""``python -m evals.attack``: makes every attack and prints what came of each kind; exit 1 where one succeeded."""

import sys

from evals.attack.report import cli

sys.exit(cli(standalone_mode=True))
