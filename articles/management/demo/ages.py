"""Ages of demo copy: a number of days before the newest, and a clock time in Berlin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from articles.text.dates import BERLIN, berlin_day

_AGE = re.compile(r"(\d{1,4})d (\d{2}:\d{2}:\d{2})")


@dataclass(frozen=True)
class Age:
    """«3d 14:32:07»: at 14:32:07 three days before the newest."""

    days: int
    clock: time

    @classmethod
    def parse(cls, text: str) -> Age:
        """Raises ValueError for anything but «3d 14:32:07»."""
        found = _AGE.fullmatch(text)
        if found is None:
            raise ValueError(f"not an age: {text!r}")
        return cls(int(found[1]), time.fromisoformat(found[2]))

    def moment(self, today: date) -> datetime:
        """today: the day to which «0d» belongs."""
        return datetime.combine(today - timedelta(days=self.days), self.clock, tzinfo=BERLIN)


def edition_day(ages: Iterable[Age], *, now: datetime) -> date:
    """The newest day on which nothing of that age is still to come: today, or early in the morning yesterday.

    All move together, so that stories told over several days keep their order.
    """
    today = berlin_day(now)
    is_early = any(age.moment(today) > now for age in ages)
    return today - timedelta(days=1) if is_early else today
