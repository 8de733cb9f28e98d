"""Runs a program as if it were another day: `python -m tests.browser.another_day 2027-01-04 manage.py tick`.

Nothing of the product knows of it: the clock of the whole process is set on, and time passes in it as usual.
"""

import runpy
import sys
from datetime import UTC, datetime, time

import time_machine


def main() -> None:
    day, *command = sys.argv[1:]
    at = datetime.combine(datetime.fromisoformat(day), time(9), UTC)
    with time_machine.travel(at, tick=True):
        if command[0] == "-m":
            sys.argv = command[1:]
            runpy.run_module(command[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = command
            runpy.run_path(command[0], run_name="__main__")


if __name__ == "__main__":
    main()
