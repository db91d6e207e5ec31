# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The fast track: the way into treatment against the promise the team makes (guide sections 2, 6).

Rules, each with a test:

* The promise is days for each leg: shipped numbers, or the team's own.
* Missed is a promise only once the days are more than were promised; the day itself is in time.
* When a promise is missed it is asked what held it up. Never who: no name is read here at all.
* Who waits is told to every partner, with days and never with anything clinical.
* Whoever was asked for on the fast track comes first; then who waits longest over the promise.
* Of few people no median is told but their days, and of fewer than ten nothing of nine in ten.
* Who still waits is told beside those who do not, or the figures would be of the quick ones only.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import ClassVar

from desktop_app.casework.codes import codes
from desktop_app.casework.due import CaseFile
from desktop_app.casework.limits import FastTrack
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.treatment import (
    STEPS,
    Episode,
    Leg,
    episode_now,
    episodes,
    legs,
    steps_of,
    waiting,
)
from desktop_app.casework.whereabouts import has_died
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

TEN = 10
"""Of fewer people than this nothing is told of nine in ten."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What these rules need of a treatment episode beyond `treatment.Episode`."""

    form: ClassVar[str] = "treatment"
    record: Record
    fast_track: str


@dataclass(frozen=True, slots=True)
class Queued:
    """Somebody who waits on the way into treatment.

    Attributes:
        episode: the treatment episode.
        step: what they wait for.
        since: the day of the step before.
        days: how many days ago that was.
        promised: the days promised for it.
        fast: whether the fast track was asked for.
    """

    episode: Episode
    step: str
    since: date
    days: int
    promised: int
    fast: bool

    @property
    def over(self) -> int:
        """Return how many days more than promised; nought or less while in time."""
        return self.days - self.promised

    @property
    def order(self) -> tuple[int, int, int]:
        """Return the place in the queue: fast track, then most over, then longest, first."""
        return (0 if self.fast else 1, -self.over, -self.days)


def over_promise(leg: Leg, promise: FastTrack) -> int:
    """Return how many days more than promised a leg took; nought when it kept the promise."""
    days = promise.days(leg.step)
    return max(0, leg.days - days) if days is not None else 0


def queued(records: Sequence[Record], on: date, promise: FastTrack) -> Queued | None:
    """Return what somebody waits for on a day; None who does not wait, or has died."""
    episode = episode_now(records, on)
    if episode is None or episode.status != "waiting" or has_died(records, on):
        return None
    wait = waiting(episode, records, on)
    if wait is None:
        return None
    asked = next(one for one in read_all(Asked, records) if one.record.id == episode.record.id)
    days = promise.days(wait.step) or 0
    return Queued(episode, wait.step, wait.since, wait.days, days, asked.fast_track == "yes")


def would_take(
    episode: Episode, records: Iterable[Record], step: str, on: date, *, but: bytes = b""
) -> int | None:
    """Return how many days a step taken on a day would have taken; None for an untimed one.

    Args:
        episode: of the way into treatment.
        records: the client's.
        step: the step.
        on: the day it is taken.
        but: a step that is being altered, and is not counted itself.
    """
    if step not in STEPS or episode.accepted_on is None:
        return None
    taken = steps_of(episode, [one for one in records if one.id != but])
    before = [taken[name].happened_on for name in STEPS[: STEPS.index(step)] if name in taken]
    since = max([episode.accepted_on, *(day for day in before if day and day <= on)])
    return max(0, (on - since).days)


def why_asked(days: int | None, step: str, promise: FastTrack) -> str:
    """Return the sentence that asks what held a step up; empty while the promise is kept."""
    promised = promise.days(step)
    if days is None or promised is None or days <= promised:
        return ""
    said = ngettext(
        "It took %(days)d day, and %(promised)d is the promise. Say what held it up, never who.",
        "It took %(days)d days, and %(promised)d is the promise. Say what held it up, never who.",
        days,
    )
    return said % {"days": days, "promised": promised}


@dataclass(frozen=True, slots=True)
class LegFigures:
    """One leg over many people in a period.

    Attributes:
        step: what it leads to.
        days: of everybody who made it in the period, fewest first.
        promised: the days promised.
        still: days so far of everybody who waits for it at the end of the period, fewest first.
        held_up: what held up those over the promise, most frequent first, with how often.
    """

    step: str
    days: tuple[int, ...]
    promised: int
    still: tuple[int, ...] = ()
    held_up: tuple[tuple[str, int], ...] = ()

    @property
    def in_time(self) -> int:
        """Return for how many the promise was kept."""
        return sum(one <= self.promised for one in self.days)

    def median(self, few: int) -> float | None:
        """Return the median days; None of fewer than `few` people, which would be no figure."""
        return float(median(self.days)) if len(self.days) >= max(few, 1) else None

    @property
    def nine_in_ten(self) -> int | None:
        """Return the days within which nine in ten made it; None of fewer than ten people.

        Of fewer it would be no other figure than the longest.
        """
        count = len(self.days)
        return self.days[-(-count * 9 // 10) - 1] if count >= TEN else None

    def told(self, few: int) -> tuple[str, str]:
        """Return its figure in a word or two, and beneath it of how many people it is."""
        count, middle, most = len(self.days), self.median(few), self.nine_in_ten
        people = ngettext("%(n)d person", "%(n)d people", count) % {"n": count}
        promised = ngettext("promised %(n)d day", "promised %(n)d days", self.promised)
        promised %= {"n": self.promised}
        if middle is None:
            words = ngettext("fewer than %(n)d person", "fewer than %(n)d people", few)
            return _("No figure"), f"{words % {'n': few}}\n{promised}"
        days = ngettext("%(days)s day", "%(days)s days", 1 if middle == 1 else 2)
        if most is not None:
            spread = _("9 in 10 within %(days)d") % {"days": most}
        else:
            spread = _("longest %(days)d") % {"days": self.days[-1]}
        return days % {"days": f"{middle:g}"}, f"{spread} · {people}\n{promised}"

    def words(self, few: int) -> str:
        """Return it in words, with how many people it is about."""
        return " ".join(one for one in (self._made(few), self._waits()) if one)

    def _made(self, few: int) -> str:
        count, middle = len(self.days), self.median(few)
        if not count:
            return _("Nobody has come to it in these weeks.")
        if middle is None:
            each = listed([str(one) for one in self.days])
            said = ngettext(
                "%(n)d person: %(each)s days. Too few for a median.",
                "%(n)d people: %(each)s days. Too few for a median.",
                count,
            )
            return said % {"n": count, "each": each}
        figure = f"{middle:g}"
        return _("Median %(median)s days, %(n)d people; the promise was kept for %(kept)d.") % {
            "median": figure,
            "n": count,
            "kept": self.in_time,
        }

    def _waits(self) -> str:
        if not self.still:
            return ""
        said = ngettext(
            "%(n)d waits now, for %(longest)d days.",
            "%(n)d wait now, the longest for %(longest)d days.",
            len(self.still),
        )
        return said % {"n": len(self.still), "longest": self.still[-1]}


def figures(
    files: Iterable[CaseFile], since: date, until: date, promise: FastTrack
) -> tuple[LegFigures, ...]:
    """Return each leg over everybody, for a period.

    Args:
        files: case files.
        since: the first day; a leg belongs to the period in which it ended.
        until: the last day.
        promise: the days promised.
    """
    made: list[Leg] = []
    still: list[Queued] = []
    for file in files:
        for episode in episodes(file.records):
            made += [one for one in legs(episode, file.records) if since <= one.to_on <= until]
        if (wait := queued(file.records, until, promise)) is not None:
            still.append(wait)
    return tuple(_figures(step, made, still, promise) for step in STEPS)


def _figures(
    step: str, made: Sequence[Leg], still: Sequence[Queued], promise: FastTrack
) -> LegFigures:
    mine = [one for one in made if one.step == step]
    late = [one for one in mine if over_promise(one, promise)]
    why = Counter(one.delay_reason or "not_known" for one in late)
    return LegFigures(
        step,
        tuple(sorted(one.days for one in mine)),
        promise.days(step) or 0,
        tuple(sorted(one.days for one in still if one.step == step)),
        tuple(sorted(why.items(), key=lambda one: (-one[1], one[0]))),
    )


def held_up_words(leg: LegFigures) -> str:
    """Return what held a leg up, in words; empty where nothing did."""
    said = [
        _("%(what)s (%(n)d)") % {"what": codes("delay_reason").label(code), "n": count}
        for code, count in leg.held_up
    ]
    return _("What held it up: %(list)s.") % {"list": listed(said)} if said else ""
