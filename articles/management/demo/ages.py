"""Ages of demo copy: a number of days before the day of loading, and a clock time in Berlin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from articles.text.dates import BERLIN

_AGE = re.compile(r"(\d{1,4})d (\d{2}:\d{2}:\d{2})")


@dataclass(frozen=True)
class Age:
    """«3d 14:32:07»: at 14:32:07 three days before today."""

    days: int
    clock: time

    @classmethod
    def parse(cls, text: str) -> Age:
        """Raises ValueError for anything but «3d 14:32:07»."""
        found = _AGE.fullmatch(text)
        if found is None:
            raise ValueError(f"not an age: {text!r}")
        return cls(int(found[1]), time.fromisoformat(found[2]))

    def moment(self, now: datetime) -> datetime:
        day = now.astimezone(BERLIN).date() - timedelta(days=self.days)
        return datetime.combine(day, self.clock, tzinfo=BERLIN)


def moments(age: Age, updated: Age | None, *, now: datetime) -> tuple[datetime, datetime | None]:
    """When the copy appeared and when it was updated; what today's clock has not reached yet happened yesterday.

    An update that would still be to come is left out.
    """
    shift = timedelta(days=1) if age.moment(now) > now else timedelta()
    shifted = now + shift
    later = updated.moment(now) if updated and updated.moment(now) <= shifted else None
    return _earlier(age.moment(now), shift), _earlier(later, shift) if later else None


def _earlier(moment: datetime, shift: timedelta) -> datetime:
    """By days of the calendar, so that the clock shows the same across a change of the hour."""
    return moment - shift
