# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows of the client list: the same people, seen through the lens of a role.

A lens only chooses columns; it hides nothing that somebody may hold, and anybody may look through
another one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from desktop_app.casework import assignments, targeting, treatment, whereabouts
from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_days, say_moment
from desktop_app.casework.due import CaseFile, Look, said
from desktop_app.casework.last_seen import CARE, days_since, last_seen
from desktop_app.casework.near_top import near_top
from desktop_app.casework.people import Person, Role
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _
from ui.kit.chip import ChipText
from ui.kit.table import Cell, Column
from ui.theme import SEMI


class Lens(StrEnum):
    """Whose questions the columns answer."""

    CARE = "care"
    POLICE = "police"
    TEAM = "team"

    @property
    def words(self) -> str:
        """Return the lens in words."""
        return {
            Lens.CARE: _("Key worker"),
            Lens.POLICE: _("Police"),
            Lens.TEAM: _("Team"),
        }[self]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One client in the list, for every lens.

    Attributes:
        client: record id.
        name: "SURNAME, Forename".
        ref: the reference.
        why: why the search found them; empty in the list.
        because: why they stand near the top.
        order: their place when the list is sorted by need.
        alert: the gravest safety alert.
        setting: where they are.
        seen_days: days since a key worker or nurse saw them; None when never.
        seen: that in words.
        next_up: the next visit or appointment.
        next_joint: the next joint visit.
        cohort: targeting, as a chip.
        key_worker: by name.
        treatment: how treatment stands.
        waits: what they wait for, in words.
    """

    client: RecordId
    name: str
    ref: str
    why: str = ""
    because: str = ""
    order: tuple[int, int] = (9, 0)
    alert: ChipText | None = None
    setting: ChipText | None = None
    seen_days: int | None = None
    seen: str = ""
    next_up: str = ""
    next_joint: str = ""
    cohort: ChipText | None = None
    key_worker: str = ""
    treatment: ChipText | None = None
    waits: str = ""


def lens_for(me: Person) -> Lens:
    """Return the lens somebody begins with."""
    if Role.KEY_WORKER in me.roles:
        return Lens.CARE
    if Role.OFFICER in me.roles and Role.COORDINATOR not in me.roles:
        return Lens.POLICE
    return Lens.TEAM


def list_row(file: CaseFile, look: Look, *, why: str = "") -> ListRow:
    """Return one client as a row.

    Args:
        file: the client's case file.
        look: when, who is who, and the limits.
        why: why a search found them.
    """
    records, day = file.records, look.day
    reason = near_top(file, look)
    seen = last_seen(records, look.now, team=look.team, by=CARE)
    worker = assignments.worker_on(records, assignments.KEY_WORKER, day)
    return ListRow(
        client=file.client.id,
        name=file.name,
        ref=reference(file.client.id),
        why=why,
        because=said(reason.because) if reason else "",
        order=reason.order if reason else (9, 0),
        alert=_alert(records, day),
        setting=_setting(records, day),
        seen_days=days_since(seen, day),
        seen=say_days(seen.at.date(), day) if seen else _("Not yet"),
        next_up=_next(records, look.now, joint=False),
        next_joint=_next(records, look.now, joint=True),
        cohort=_cohort(records, day),
        key_worker=look.team.name_of(worker) if worker else "",
        treatment=_treatment(records, day),
        waits=_waits(records, day),
    )


def columns(lens: Lens) -> list[Column]:
    """Return the columns of a lens."""
    name = Column("name", _("Name"), _name, width=225, stretch=True, sortable=True)
    setting = Column("setting", _("Setting"), lambda row: _chip(row.setting), width=200, drop=1)
    seen = Column("last_seen", _("Last seen"), _seen, width=120, sortable=True)
    because = Column(
        "because",
        _("Near the top because"),
        lambda row: Cell(_sentence(row.because), "muted"),
        width=200,
        stretch=True,
        sortable=True,
        drop=2,
    )
    coming = Column("next", _("Next"), lambda row: Cell(row.next_up, "muted"), width=170, drop=3)
    match lens:
        case Lens.CARE:
            return [replace(name, width=290, stretch=False), seen, because, setting, coming]
        case Lens.POLICE:
            return [
                name,
                setting,
                Column("cohort", _("In the initiative"), lambda r: _chip(r.cohort), width=180),
                Column(
                    "joint",
                    _("Next joint visit"),
                    lambda row: Cell(row.next_joint or _("None planned"), _quiet(row.next_joint)),
                    width=170,
                    drop=2,
                ),
                seen,
            ]
        case _:
            return [
                name,
                Column("worker", _("Key worker"), _worker, width=130),
                Column("treatment", _("Treatment"), lambda r: _chip(r.treatment), width=150),
                Column("waits", _("Waits"), lambda r: Cell(_capital(r.waits)), width=250, drop=3),
                setting,
                seen,
            ]


def _name(row: ListRow) -> Cell:
    chips = [ChipText(row.why)] if row.why else []
    if row.alert is not None:
        chips.append(row.alert)
    return Cell(row.name, weight=SEMI, chips=tuple(chips))


def _seen(row: ListRow) -> Cell:
    return Cell(row.seen, "text" if row.seen_days is not None else "warn")


def _worker(row: ListRow) -> Cell:
    return Cell(row.key_worker or _("Nobody yet"), "text" if row.key_worker else "warn")


def _chip(chip: ChipText | None) -> Cell:
    return Cell(chips=(chip,)) if chip is not None else Cell()


def _quiet(text: str) -> str:
    return "text" if text else "muted"


def _sentence(because: str) -> str:
    """Return a reason under its heading, which says "because" already."""
    return _capital(because.removeprefix(_("because ")))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _alert(records: Sequence[Record], day: date) -> ChipText | None:
    alerts = live_alerts(records, day)
    if not alerts:
        return None
    choice = codes("how_to_visit").find(alerts[0].how_to_visit)
    if choice is None or choice.code == "as_usual":
        return ChipText(_("Alert"), "bad", "shield-alert")
    return ChipText(_(choice.short or choice.label), "bad", choice.icon or "shield-alert")


def _setting(records: Sequence[Record], day: date) -> ChipText | None:
    setting = whereabouts.setting_on(records, day)
    if setting is None:
        return ChipText(_("Not recorded"), "warn", "map-pin")
    choice = codes("setting").find(setting.setting)
    where = setting.where if setting.in_custody else ""
    words = where or (_(choice.short or choice.label) if choice else setting.words)
    return ChipText(words, choice.tone, choice.icon) if choice else ChipText(words)


def _cohort(records: Sequence[Record], day: date) -> ChipText | None:
    held = targeting.places_on(records, day)
    if not held:
        return None
    choice = codes("cohort").find(held[-1].cohort)
    return ChipText(_(choice.short or choice.label), choice.tone, choice.icon) if choice else None


def _treatment(records: Sequence[Record], day: date) -> ChipText | None:
    episode = treatment.episode_now(records, day)
    if episode is None:
        return None
    choice = codes("treatment_status").find(episode.status)
    words = _(choice.short or choice.label) if choice else episode.status
    return ChipText(words, choice.tone, choice.icon) if choice else ChipText(words)


def _waits(records: Sequence[Record], day: date) -> str:
    episode = treatment.episode_now(records, day)
    if episode is None or episode.status != "waiting":
        return ""
    wait = treatment.waiting(episode, records, day)
    return wait.words if wait else ""


def _next(records: Sequence[Record], now: datetime, *, joint: bool) -> str:
    """Return when somebody next sees a client; with `joint`, only visits of two or more."""
    at = now.isoformat(timespec="minutes")[:16]
    days = []
    for one in records:
        people = one.answers.get("people")
        together = isinstance(people, list) and len(set(map(str, people))) > 1
        if one.form == "visit" and one.text("state") == "planned" and (together or not joint):
            days.append(one.text("at"))
        elif one.form == "appointment" and one.text("state") == "booked" and not joint:
            days.append(one.text("booked_for"))
    coming = sorted(day for day in days if day >= at)
    return say_moment(coming[0], now.date()) if coming else ""
