"""How a figure is worked out and printed: one line, the ratio first."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from bench.readers import Answer


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of all do not exceed; 0 where there are none."""
    if not values:
        return 0.0
    ranked = sorted(values)
    place = -(-len(ranked) * percent // 100)  # rounded up
    return ranked[max(int(place), 1) - 1]


def median(values: Iterable[float]) -> float:
    known = list(values)
    return statistics.median(known) if known else 0.0


def ratio(value: float | None, reference: float | None) -> float | None:
    """None where either is not known: no figure is better than an invented one."""
    return value / reference if value is not None and reference else None


def line(share: float | None, what: str) -> str:
    return f"{'   ?' if share is None else f'{share:.2f}'}  {what}"


def figure(share: float | None, what: str) -> None:
    print(line(share, what), flush=True)


def note(what: str) -> None:
    """A line that is no figure."""
    print(f"      {what}", flush=True)


def whole(number: float) -> str:
    return f"{number:,.0f}"


def milliseconds(answers: Iterable[Answer]) -> list[float]:
    return [answer.ms for answer in answers if not answer.trouble]


def spread(answers: Iterable[Answer]) -> str:
    """Median and 99th percentile of what was answered."""
    values = milliseconds(answers)
    return f"p50 {percentile(values, 50):.1f} ms, p99 {percentile(values, 99):.1f} ms"


def failed(answers: Iterable[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.trouble or answer.status >= 500]


def troubles(answers: Iterable[Answer]) -> str:
    """What went wrong, counted: «3 torn, 1 refused», or «no failure»."""
    kinds = Counter(answer.trouble or f"status {answer.status}" for answer in failed(answers))
    return ", ".join(f"{number} {kind}" for kind, number in kinds.most_common()) or "no failure"
