"""What /proc tells of a process tree: who is in it, how much memory it takes, who works right now."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")


def parents() -> dict[int, int]:
    """Every process with its parent."""
    found = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError, ValueError):
                found[int(folder.name)] = parent_in((folder / "stat").read_text(encoding="utf-8", errors="replace"))
    return found


def parent_in(stat: str) -> int:
    """The parent in the text of /proc/*/stat; the name before it may hold spaces and brackets."""
    return int(stat.rpartition(")")[2].split()[1])


def tree(root: int) -> list[int]:
    """The process and all below it, oldest first."""
    known, found = parents(), [root]
    for pid in found:
        found += sorted(child for child, parent in known.items() if parent == pid)
    return found


def command(pid: int) -> list[str]:
    with suppress(OSError):
        text = (PROC / str(pid) / "cmdline").read_text(encoding="utf-8", errors="replace")
        return text.strip("\0").split("\0")
    return []


def workers(root: int) -> list[int]:
    """The web processes of a `serve`: children that go by its name, with a number behind it or without."""
    own = " ".join(command(root))
    return [pid for pid in tree(root)[1:] if own and " ".join(command(pid)).startswith(own)]


def kilobytes(rollup: str, name: str = "Pss") -> int:
    """One value of /proc/*/smaps_rollup."""
    for line in rollup.splitlines():
        field, _, rest = line.partition(":")
        if field == name:
            return int(rest.split()[0])
    raise ValueError(f"no {name} in smaps_rollup")


def pss(pid: int) -> int:
    """Kilobytes of this process; what it shares counts in part."""
    return kilobytes((PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii"))


def pss_of_all(root: int) -> dict[int, int]:
    return part_of_all(root, "Pss")


def part_of_all(root: int, name: str) -> dict[int, int]:
    """Kilobytes of each process of the tree under that name of smaps_rollup."""
    found = {}
    for pid in tree(root):
        with suppress(OSError, ValueError):
            found[pid] = kilobytes((PROC / str(pid) / "smaps_rollup").read_text(encoding="ascii"), name)
    return found


def ran(pid: int) -> int:
    """Nanoseconds that all threads of the process have run."""
    total = 0
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            with suppress(OSError, ValueError):
                total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total


def serving(pid: int) -> bool:
    """Whether a web process has loaded the site and waits for readers: from then on it has an event queue."""
    with suppress(OSError):
        return any("[eventpoll]" in str(file.readlink()) for file in (PROC / str(pid) / "fd").iterdir())
    return False


def kill_at_once(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def end(process: subprocess.Popen[bytes], *, patience: float = 30.0) -> float:
    """Ask the process to leave, wait, kill its tree if it does not; return the seconds that took."""
    begun = time.monotonic()
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            kill_at_once(tree(process.pid))
            process.wait()
    return time.monotonic() - begun
