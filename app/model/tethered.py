"""Runs a module as a program that ends when its standard input does: a child that cannot outlive its parent.

It is started by its path, in a process that has nothing of ours: ``python -I tethered.py MODULE ARGUMENT…``, where MODULE may be a file. The parent
keeps the other end of the pipe, which the kernel closes for it however it ends.
"""

import os
import runpy
import sys
import threading


def _end_with_input() -> None:
    while os.read(0, 1024):
        pass
    # Not sys.exit, which would wait for whatever the module is doing.
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_input, daemon=True).start()
    del sys.argv[0]
    if sys.argv[0].endswith(".py"):
        runpy.run_path(sys.argv[0], run_name="__main__")
    else:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
