"""A command ends with its own exit code also where threads are left that nobody waits for."""

import subprocess
import sys

from tests.conftest import TOP

_LEFT = """
import atexit, threading, time
import app.cli
def run(arguments):
    from ingest.embed import MiniLM
    embedder = MiniLM.installed()
    def work(number=0):
        while True:
            embedder.embed([f"a question that nobody waits for {number}"])
            number += 1
    for _ in range(3):
        threading.Thread(target=work, daemon=True).start()
    time.sleep(0.3)
    atexit.register(print, "tidied up")
    print("said")
    return 3
app.cli.run = run
app.cli.main()
"""


def test_threads_inside_of_a_library_do_not_take_the_process_down() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LEFT], cwd=TOP, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "said\ntidied up\n", "")
