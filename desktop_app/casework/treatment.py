# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The way into treatment: how long each leg took, and what somebody waits for now.

Rules, each with a test:

* Five days are timed: accepted, seen by the nurse, seen by the doctor, prescription offered,
  started. A leg runs from the last of them that has its day.
* A step taken twice counts on its first day; a step out of order is not given a negative wait.
* The wait is days, never blame: who was late is not even read.
* Ending treatment ends no support and no key worker; nothing here can be asked to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.codes import codes
from desktop_app.casework.readings import held as once
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _, ngettext

ACCEPTED = "accepted"
STEPS = ("nurse_triage", "doctor_assessment", "prescription_offered", "started")
"""The timed steps after being accepted, in the order of the guide."""


@dataclass(frozen=True, slots=True)
class Episode:
    """What these rules need of a treatment episode."""

    form: ClassVar[str] = "treatment"
    record: Record
    accepted_on: date | None
    status: str
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """What these rules need of a step into treatment."""

    form: ClassVar[str] = "treatment_step"
    record: Record
    episode: bytes | None
    step: str
    happened_on: date | None
    delay_reason: str


@dataclass(frozen=True, slots=True)
class Leg:
    """One part of the way: the step it leads to, from when, until when, how many days."""

    step: str
    from_on: date
    to_on: date
    days: int
    delay_reason: str = ""

    @property
    def words(self) -> str:
        """Return it in words: "Seen by the nurse after 3 days"."""
        step = codes("treatment_step").label(self.step)
        if self.days == 0:
            return _("%(step)s the same day") % {"step": step}
        said = ngettext("%(step)s after %(n)d day", "%(step)s after %(n)d days", self.days)
        return said % {"step": step, "n": self.days}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody waits for, since when, and how many days."""

    step: str
    since: date
    days: int

    @property
    def words(self) -> str:
        """Return it in words: "waiting 4 days for the doctor"."""
        if not self.days:
            return self._from_today
        asked = {
            "nurse_triage": ngettext(
                "waiting %(n)d day for the nurse", "waiting %(n)d days for the nurse", self.days
            ),
            "doctor_assessment": ngettext(
                "waiting %(n)d day for the doctor", "waiting %(n)d days for the doctor", self.days
            ),
            "prescription_offered": ngettext(
                "waiting %(n)d day for a prescription",
                "waiting %(n)d days for a prescription",
                self.days,
            ),
        }
        started = ngettext("waiting %(n)d day to start", "waiting %(n)d days to start", self.days)
        return asked.get(self.step, started) % {"n": self.days}

    @property
    def _from_today(self) -> str:
        asked = {
            "nurse_triage": _("waiting for the nurse from today"),
            "doctor_assessment": _("waiting for the doctor from today"),
            "prescription_offered": _("waiting for a prescription from today"),
        }
        return asked.get(self.step, _("waiting to start from today"))


def episodes(records: Iterable[Record]) -> list[Episode]:
    """Return a client's treatment episodes, earliest first."""
    found = read_all(Episode, records)
    return sorted(found, key=lambda one: (one.accepted_on or date.min, one.record.id))


def episode_now(records: Iterable[Record], on: date) -> Episode | None:
    """Return the episode that runs on a day: the latest that has begun and has not ended."""
    running = [
        one
        for one in episodes(records)
        if not (one.accepted_on and one.accepted_on > on)
        and not (one.status == "ended" and (one.ended_on is None or one.ended_on <= on))
    ]
    return running[-1] if running else None


def steps_of(episode: Episode, records: Iterable[Record]) -> dict[str, Step]:
    """Return the first of each kind of step of an episode."""
    found: dict[str, Step] = {}
    taken = [one for one in read_all(Step, records) if one.happened_on]
    for one in sorted(taken, key=lambda step: (step.happened_on or date.min, step.record.id)):
        if one.episode == episode.record.id:
            found.setdefault(one.step, one)
    return found


def legs(episode: Episode, records: Iterable[Record]) -> list[Leg]:
    """Return the legs of the way that are behind somebody, in order."""
    return _legs(episode, steps_of(episode, records))


def waiting(episode: Episode, records: Iterable[Record], on: date) -> Waiting | None:
    """Return what somebody waits for on a day; None when nothing, or when it cannot be said."""
    taken = steps_of(episode, records)
    behind = {step for step, one in taken.items() if one.happened_on and one.happened_on <= on}
    if episode.accepted_on is None or episode.status == "ended" or "started" in behind:
        return None
    reached = max((STEPS.index(step) for step in behind if step in STEPS), default=-1)
    days = [one.happened_on for step, one in taken.items() if step in behind and step in STEPS]
    since = max([episode.accepted_on, *(day for day in days if day)])
    return Waiting(STEPS[reached + 1], since, max(0, (on - since).days))


def status_words(records: Iterable[Record], on: date) -> str:
    """Return the chip of treatment: "In treatment", "Waiting 4 days"; empty when none runs."""
    held = once(records)
    episode = episode_now(held, on)
    if episode is None:
        return ""
    wait = waiting(episode, held, on) if episode.status == "waiting" else None
    if wait is None:
        return codes("treatment_status").label(episode.status)
    if not wait.days:
        return _("Waiting since today")
    return ngettext("Waiting %(n)d day", "Waiting %(n)d days", wait.days) % {"n": wait.days}


def _legs(episode: Episode, taken: dict[str, Step]) -> list[Leg]:
    found: list[Leg] = []
    last = episode.accepted_on
    for name in STEPS:
        step = taken.get(name)
        if step is None or step.happened_on is None:
            continue
        if last is not None:
            days = max(0, (step.happened_on - last).days)
            found.append(Leg(name, last, step.happened_on, days, step.delay_reason))
        last = max(last, step.happened_on) if last else step.happened_on
    return found


def median_days(found: Sequence[Leg], step: str) -> float | None:
    """Return the median days of one leg over many people; None when nobody has made it."""
    days = sorted(one.days for one in found if one.step == step)
    if not days:
        return None
    middle = len(days) // 2
    return float(days[middle]) if len(days) % 2 else (days[middle - 1] + days[middle]) / 2
