# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where made-up clients live, month by month: at home, inside, in rehab, on a ward."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Since = float | int
"""A share of the months (0.58), or whole days before today (-20)."""
COURSES: dict[str, tuple[tuple[str, Since], ...]] = {
    "steady": (("community", 0.0),),
    "missing": (("community", 0.0),),
    "unsteady": (("community", 0.0),),
    "watched": (("community", 0.0),),
    "removed": (("community", 0.0),),
    "ended": (("community", 0.0),),
    "new": (("community", -20),),
    "gate": (("community", 0.0), ("police_custody", 0.58), ("remand", 0.592), ("sentenced", 0.7)),
    "sentenced": (("community", 0.0), ("remand", 0.4), ("sentenced", 0.52)),
    "inside": (("community", 0.0), ("remand", 0.27), ("sentenced", 0.4)),
    "recall": (("community", 0.0), ("recall", 0.86)),
    "rehab": (("community", 0.0), ("detox", 0.74), ("rehab", 0.81)),
    "ward": (("community", 0.0), ("hospital", -5)),
    "unknown": (("community", 0.0), ("unknown", 0.86)),
    "enforced": (("community", 0.0), ("remand", 0.35), ("sentenced", 0.5)),
    "not_included": (("community", 0.3),),
}
OUT_IN = {"gate": 9, "sentenced": 33, "inside": 150, "recall": 19, "rehab": 41, "ward": 3}
"""In how many days from today they are expected out."""
PRISONS = {"woman": "zz_saltings", "man": "zz_eastmoor", "non_binary": "zz_holmreach"}
PLACES = {
    "rehab": "Holm House",
    "detox": "Holm House, first floor",
    "hospital": "Saltings General, ward 4",
    "police_custody": "Saltings police station",
}
CUSTODY = frozenset({"police_custody", "remand", "sentenced", "recall"})


@dataclass(frozen=True, slots=True)
class Stay:
    """From when and until when somebody lived somewhere; `until` is today for the last."""

    setting: str
    since: date
    until: date

    @property
    def inside(self) -> bool:
        """Say whether it is custody."""
        return self.setting in CUSTODY


def stays(course: str, start: date, today: date) -> list[Stay]:
    """Return where somebody on this course lived from `start` until today."""
    settings = COURSES[course]
    begins = [_day(since, start, today) for _setting, since in settings]
    ends: Sequence[date] = [*begins[1:], today]
    return [
        Stay(setting, since, until)
        for (setting, _since), since, until in zip(settings, begins, ends, strict=True)
    ]


def stay_on(held: Sequence[Stay], day: date) -> Stay:
    """Return where somebody lived on a day; before the first stay, the first."""
    return next((one for one in reversed(held) if one.since <= day), held[0])


def share(of: float, start: date, today: date) -> date:
    """Return the day after this share of the months."""
    return start + timedelta(days=round((today - start).days * of))


def _day(since: Since, start: date, today: date) -> date:
    if isinstance(since, int):
        return max(start, today + timedelta(days=since))
    return share(since, start, today)
