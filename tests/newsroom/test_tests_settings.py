"""The tests' own settings leave nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def left_by(program: str, folder: Path, **variables: str) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if name != "DATA_DIR"} | {"TMPDIR": str(folder)} | variables
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, check=True)
    return [path.name for path in folder.iterdir()]


def test_the_folder_made_for_the_tests_goes_with_them(tmp_path: Path) -> None:
    assert left_by("import os, tests.settings; assert os.path.isdir(os.environ['DATA_DIR'])", tmp_path) == []


def test_a_folder_given_from_outside_stays(tmp_path: Path) -> None:
    assert left_by("import tests.settings", tmp_path, DATA_DIR=str(tmp_path / "given")) == ["given"]
