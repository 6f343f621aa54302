"""A stand-in for a model server, run as a child: of the standard library alone, and as unwilling as its first argument says."""

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

NAME = "stand-in"


class Models(BaseHTTPRequestHandler):
    """Lists its own name and, after it, the names in its environment; to whoever has the key."""

    def do_GET(self) -> None:
        """``/v1/models``."""
        allowed = self.headers["authorization"] == f"Bearer {os.environ['API_KEY']}"
        names = [NAME, *os.environ] if allowed and sys.argv[1] != "nameless" else []
        body = json.dumps({"data": [{"id": name} for name in names]}).encode()
        self.send_response(200 if allowed else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    # More than any pipe holds.
    sys.stdout.write("loading tensors …\n" * 10_000)
    if sys.argv[1] == "broken":
        sys.exit("no room for the tensors")
    if sys.argv[1] == "silent":
        time.sleep(600)
    HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Models).serve_forever()
