"""Drives wrk and reads what it has measured."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import median
from bench.tools import program

MARK: Final = "FIGURES "
DONE: Final = """
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format('FIGURES {"requests":%d,"microseconds":%d,"bytes":%d,"bad_status":%d,"broken":%d,"p50":%d,"p99":%d}\\n',
    summary.requests, summary.duration, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99)))
end
"""
# Every thread starts elsewhere in the list and walks it with a step that has no common factor with 1000: no order to profit from.
PATHS: Final = """
local paths, made, at, step = {%s}, {}, 0, 617
local threads = 0
function setup(thread) thread:set("first", threads * 331); threads = threads + 1 end
function init(args)
  at = first
  for n, path in ipairs(paths) do made[n] = wrk.format("GET", path) end
end
function request() at = (at + step) %% #made; return made[at + 1] end
"""
PACED: Final = "function delay() return math.random(0, %d) end\n"


class NoFigures(Exception):
    """wrk ended without telling what it saw."""


@dataclass(frozen=True, slots=True)
class Measured:
    requests: int
    per_second: float
    p50: float  # milliseconds
    p99: float
    bad_status: int  # answers of 400 and more
    broken: int  # connections that could not be made or broke, requests without an answer in time

    @property
    def errors(self) -> int:
        return self.bad_status + self.broken


def read(output: str) -> Measured:
    """What our script has made wrk print."""
    for line in output.splitlines():
        if line.startswith(MARK):
            found = json.loads(line.removeprefix(MARK))
            seconds = found["microseconds"] / 1_000_000
            per_second = found["requests"] / seconds if seconds else 0.0
            p50, p99 = found["p50"] / 1000, found["p99"] / 1000
            return Measured(found["requests"], per_second, p50, p99, found["bad_status"], found["broken"])
    raise NoFigures(output[-500:])


def script(paths: Sequence[str] = (), *, pause: int = 0) -> str:
    """The Lua that asks for these paths (none: the one of the address) and waits so many milliseconds, give or take all of it."""
    listed = ", ".join(json.dumps(path) for path in paths)
    return (PATHS % listed if paths else "") + (PACED % (2 * pause) if pause else "") + DONE


def run(
    port: int,
    path: str = "/",
    *,
    connections: int,
    seconds: int,
    headers: Mapping[str, str] | None = None,
    paths: Sequence[str] = (),
    pause: int = 0,
) -> Measured:
    """One measurement; raises NoFigures."""
    with tempfile.TemporaryDirectory(prefix="newsroom-wrk-") as folder:
        file = Path(folder) / "figures.lua"
        file.write_text(script(paths, pause=pause), encoding="utf-8")
        command = [program("wrk"), f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(file)]
        for name, value in (headers or {}).items():
            command += ["-H", f"{name}: {value}"]
        ended = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=False)
    return read(ended.stdout + ended.stderr)


def middle(measured: Sequence[Measured]) -> Measured:
    """The median of each figure; errors are added up."""
    return Measured(
        requests=sum(one.requests for one in measured),
        per_second=median(one.per_second for one in measured),
        p50=median(one.p50 for one in measured),
        p99=median(one.p99 for one in measured),
        bad_status=sum(one.bad_status for one in measured),
        broken=sum(one.broken for one in measured),
    )
