"""The project's own commands in a process of their own, with an environment that the test names in full."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python with these arguments at the top of the project; settings come from `environment` alone."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "VAR_DIR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def last_line(text: str) -> str:
    return text.strip().splitlines()[-1]
