# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who was not seen for too long, in prison, rehab, hospital or at home, as a board: worst first.

Rules, each with a test:

* Whoever has a key worker stands here once the limit of where they are has passed, or is near.
  Each setting has a limit of its own; none of them stops because somebody is inside.
* Worst first means: the most days over the limit of their own setting.
* A visit that is planned keeps nobody away, unlike on Today: the row says the day of it.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from desktop_app.casework.assignments import KEY_WORKER, Assignment, turns, workers_on
from desktop_app.casework.board import Board, Known
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import CaseFile, Due, Group, Look, pieces, seen_answers
from desktop_app.casework.due_visits import (
    Unseen,
    next_visit,
    over_chip,
    unseen,
    unseen_words,
)
from desktop_app.casework.last_seen import CARE, Attended, Met, contacts, last_seen, limit_in
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import CUSTODY, Setting, setting_on
from desktop_app.casework.wording import Chip, listed
from desktop_app.casework.words import _, ngettext

_ALWAYS = datetime.combine(date.max, time.max)
_REHAB = frozenset({"rehab", "detox"})


class Here(NamedTuple):
    """For how many days somebody was not seen where they are.

    Attributes:
        days: since they were last seen there; since they came, if they never were.
        met: whether they ever were.
    """

    days: int
    met: bool


def board() -> Board:
    """Return the board of everybody who was not seen for too long."""
    return Board(
        "not_seen",
        _("Not seen"),
        _("Past the limit of where they are, or near it, until a key worker or nurse sees them."),
        _("Nobody is beyond the limit of where they are."),
        "footprints",
        frozenset({Setting.form, Assignment.form, Met.form, Attended.form}),
        from_day,
        rows,
        section=_section,
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which a client may not have been seen for too long."""
    duties = _key_work(file)
    if not any(not (until and until <= known.day) for _who, _since, until in turns(duties)):
        return None
    limits = _limits_ahead(file, known)
    seen = last_seen(file.records, known.now, team=known.team, by=CARE)
    begun = [one.from_on for one in read_all(Assignment, duties) if one.from_on]
    begun += [one.at.date() for one in contacts(file.records, _ALWAYS)]  # a day to come
    start = seen.at.date() if seen else min(begun, default=None)
    if not limits or start is None:
        return None
    return start + timedelta(days=min(limits) - known.limits.days.visit_due_soon)


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return the row of a client who was not seen for too long."""
    workers = workers_on(file.records, KEY_WORKER, look.day)
    found = unseen(file, look) if workers else None
    if found is None or found.left > look.limits.days.visit_due_soon:
        return []
    return [_due(found, workers, file, look)]


def days_here(records: Iterable[Record], seen_on: date | None, on: date) -> Here | None:
    """Return for how many days somebody was not seen where they are now; None without a setting.

    Args:
        records: the client's settings.
        seen_on: the day they were last seen, anywhere; None when never.
        on: today.
    """
    setting = setting_on(records, on)
    if setting is None or setting.from_on is None:
        return None
    met = seen_on is not None and seen_on >= setting.from_on
    since = seen_on if met and seen_on is not None else setting.from_on
    return Here(max(0, (on - since).days), met)


def _due(found: Unseen, workers: list[str], file: CaseFile, look: Look) -> Due:
    setting = setting_on(file.records, look.day)
    because = unseen_words(found, look)
    coming = next_visit(file, look)
    if coming is not None:
        day = say_short(coming.isoformat(), look.day)
        because += pieces(_("; a visit is planned for %(day)s"), {"day": day})
    names = [_("you") if one == look.me.id else look.team.name_of(one) for one in workers]
    because += pieces(_("; key worker: %(names)s"), {"names": listed(names)})
    place = Chip(setting.words, _tone(setting), "building-2") if setting and setting.where else None
    days = ngettext("day", "days", found.days)
    return Due(
        Group.VISITS,
        "visit_due",
        file.client.id,
        b"",
        file.name,
        because=because,
        chips=tuple(chip for chip in (place, over_chip(found.left)) if chip),
        answers=seen_answers(),
        tone="warn" if found.left <= 0 else "info",
        big=str(found.days),
        beneath=days,
        late=found.left < 0,
        order=(found.left, _where(setting)),
    )


def _limits_ahead(file: CaseFile, known: Known) -> list[int]:
    """Return the limits of where somebody is, and of where they are down to be later."""
    now = setting_on(file.records, known.day)
    later = [one for one in read_all(Setting, file.records) if one.from_on and one.setting]
    codes = {one.setting for one in later if one.from_on and one.from_on > known.day}
    codes.add(now.setting if now else "")
    limits = (limit_in(code, known.limits) for code in codes)
    return [one for one in limits if one is not None]


def _key_work(file: CaseFile) -> list[Record]:
    return [one.record for one in read_all(Assignment, file.records) if one.duty == KEY_WORKER]


def _tone(setting: Setting) -> str:
    return "custody" if setting.in_custody else "info"


def _where(setting: Setting | None) -> int:
    if setting is None or setting.setting == "unknown":
        return 4
    if setting.setting in CUSTODY:
        return 0
    if setting.setting in _REHAB:
        return 1
    return 2 if setting.setting == "hospital" else 3


def _section(due: Due) -> str:
    titles = (
        *(_("In custody"), _("In rehab or detox"), _("In hospital")),
        *(_("In the community"), _("Whereabouts not known")),
    )
    return titles[due.order[1]]
