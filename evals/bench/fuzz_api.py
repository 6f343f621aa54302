"""Requests that schemathesis makes up from the OpenAPI file, of which none may break what the file says.

    python -m evals.bench.fuzz_api --url http://127.0.0.1:7860 [--examples 250]

Against a running ``vivavoce serve``; it needs the development packages. Exit status 1 and the report where a reply broke the description; a status of 500
always does.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

UNTRUE = "positive_data_acceptance"
"""Rules between keys cannot be written in JSON Schema: that the last turn is the user's, that a job description asks for something."""
_REFUSED = """[checks]
negative_data_rejection.expected-statuses = [400, 403, 404, 405, 413, 415, 416, 422, 503]
"""
"""A body that is too long is refused before it is read, whatever else is wrong with it."""
_REPORT_CHARS = 6_000


class DescriptionBroken(Exception):
    """A reply is not as the file says; the text is the end of schemathesis' report."""


def fuzz(url: str, *options: str) -> int:
    """How many requests were sent to the server at ``url``.

    Raises:
        DescriptionBroken: a reply was not as described.
    """
    with TemporaryDirectory() as folder:
        (Path(folder) / "schemathesis.toml").write_text(_REFUSED, encoding="utf-8")
        done = subprocess.run(
            [
                Path(sys.executable).with_name("schemathesis"), "run", f"{url}/v1/openapi.json", "--no-color",
                "--workers", "1", "--exclude-checks", UNTRUE, "--request-timeout", "60", *options,
            ],
            cwd=folder, capture_output=True, text=True,
        )  # fmt: skip
    report = "\n".join(line[:300] for line in done.stdout.splitlines())[-_REPORT_CHARS:]
    sent = re.search(r"^\s*([\d,]+) generated", report, re.MULTILINE)
    if done.returncode or sent is None:
        raise DescriptionBroken(report)
    return int(sent[1].replace(",", ""))


def main() -> int:
    """Sends the requests and prints how many there were."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--examples", type=int, default=250, help="for each operation")
    options = parser.parse_args()
    try:
        sent = fuzz(options.url, "--max-examples", str(options.examples))
    except DescriptionBroken as error:
        print(error)
        return 1
    print(f"{sent} requests, every reply as described")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
