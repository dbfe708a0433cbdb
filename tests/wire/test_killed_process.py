"""An ingest that is killed goes on where it was; `python -m bench.wirekills --points 0` tries every write and commit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_killed_anywhere_everything_is_there_once_and_whole() -> None:
    done = subprocess.run([sys.executable, "-m", "bench.wirekills", "--points", "5"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "ended otherwise than undisturbed: 0" in done.stdout
