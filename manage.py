#!/usr/bin/env python
"""Waymark's command line: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "improvement.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            f"Waymark's Python packages are not installed here ({error}). "
            "Run `make demo`, which installs them, or use `.venv/bin/python manage.py`."
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # The sentence is what helps; where it was raised is not.
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
