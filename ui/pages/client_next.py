# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What comes next for a client: booked, planned, promised, to be reviewed; and open needs.

The earliest stands first. What is already late stays at the top until somebody says what became
of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.casework import release_day, whereabouts
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_date, say_moment, say_short
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.wording import told
from desktop_app.casework.words import _
from ui.kit.chip import ChipText
from ui.pages.side_line import SideItem

LATE_DAYS = 28
"""How long something unanswered is still shown as what comes next."""


@dataclass(frozen=True, slots=True)
class _Coming:
    """Something with its day, to be put in order."""

    when: str
    item: SideItem


def next_up(records: Sequence[Record], team: Team, *, now: datetime) -> tuple[SideItem, ...]:
    """Return what comes next, the earliest first."""
    found = [
        *_booked(records, team, now),
        *_steps(records, team, now.date()),
        *_reviews(records, now.date()),
        *_release(records, team, now.date()),
    ]
    return tuple(one.item for one in sorted(found, key=lambda one: one.when))


def needs(records: Sequence[Record], team: Team, *, today: date) -> tuple[SideItem, ...]:
    """Return the needs that are open, nearest day first."""
    wanted = [
        one
        for one in records
        if one.form == "need" and not one.text("done_on") and not one.text("outcome")
    ]
    found = []
    for one in sorted(wanted, key=lambda need: need.text("due_on") or "9999"):
        domain = codes("need_domain").find(one.text("domain"))
        due, who = one.text("due_on"), one.text("owner")
        late = bool(due) and due < today.isoformat()
        parts = [
            one.text("action") or "",
            team.name_of(who) if who else _("nobody yet"),
            _("by %(day)s") % {"day": say_short(due, today)} if due else "",
        ]
        found.append(
            SideItem(
                one.id,
                domain.icon if domain and domain.icon else "life-buoy",
                "info",
                one.text("what") or told(one, team, on=today).title,
                " · ".join(part for part in parts if part),
                ChipText(_("Late"), "warn") if late else None,
                late=late,
            )
        )
    return tuple(found)


def _booked(records: Sequence[Record], team: Team, now: datetime) -> Iterator[_Coming]:
    """Return appointments still booked and visits still planned."""
    oldest = (now - timedelta(days=LATE_DAYS)).isoformat(timespec="minutes")
    for one in records:
        field, open_state = _STATES.get(one.form, ("", ""))
        when = one.text(field) if field else ""
        if not when or one.text("state") != open_state or when < oldest:
            continue
        said = told(one, team, on=now.date())
        late = when < now.isoformat(timespec="minutes")
        where = [_("not answered yet") if late else "", say_moment(when, now.date()), said.place]
        yield _Coming(
            when,
            SideItem(
                one.id,
                said.icon,
                "warn" if late else "info",
                said.title,
                _joined(where),
                late=late,
            ),
        )


_STATES = {"appointment": ("booked_for", "booked"), "visit": ("at", "planned")}


def _joined(parts: list[str]) -> str:
    """Return the parts that say something, the first with a capital letter."""
    said = " · ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _steps(records: Sequence[Record], team: Team, today: date) -> Iterator[_Coming]:
    """Return what was promised at visits and is not done."""
    oldest = (today - timedelta(days=LATE_DAYS)).isoformat()
    for one in records:
        step, day = one.text("next_step"), one.text("next_step_on")
        if one.form != "visit" or not step or not day or one.text("next_step_done_on"):
            continue
        if day < oldest:
            continue
        people = one.answers.get("next_step_with")
        who = [team.name_of(str(each)) for each in people] if isinstance(people, list) else []
        late = day < today.isoformat()
        beneath = [say_short(day, today), one.text("next_step_time"), ", ".join(who)]
        yield _Coming(
            day,
            SideItem(
                one.id,
                "hand-heart",
                "warn" if late else "info",
                step,
                " · ".join(part for part in beneath if part),
                ChipText(_("Late"), "warn") if late else None,
                late=late,
            ),
        )


def _reviews(records: Sequence[Record], today: date) -> Iterator[_Coming]:
    """Return alerts to be looked at again."""
    for one in records:
        day = as_date(one.text("review_on")) if one.form == "alert" else None
        ended = as_date(one.text("ended_on"))
        if day is None or (ended is not None and ended <= today):
            continue
        late = day < today
        yield _Coming(
            day.isoformat(),
            SideItem(
                one.id,
                "shield-alert",
                "bad",
                _("Look at the alert again"),
                f"{say_short(day.isoformat(), today)} · {one.text('headline')}",
                ChipText(_("Late"), "warn") if late else None,
                late=late,
            ),
        )


def _release(records: Sequence[Record], team: Team, today: date) -> Iterator[_Coming]:
    """Return the next court day and the release, of the setting they are in."""
    setting = whereabouts.setting_on(records, today)
    if setting is None:
        return
    court = as_date(setting.record.text("next_court_on"))
    if court is not None and court >= today:
        where = [say_short(court.isoformat(), today), setting.record.text("court")]
        yield _Coming(
            court.isoformat(),
            SideItem(
                setting.record.id,
                "gavel",
                "custody",
                _("Court"),
                " · ".join(part for part in where if part),
            ),
        )
    days = whereabouts.days_to_release(setting, today)
    if days is None or setting.expected_release_on is None:
        return
    words = whereabouts.release_words(setting, today)
    time = setting.release_time
    arranged = release_day.release_day(
        records, today, team, meeting=_down_for(records, setting.expected_release_on)
    )
    left = release_day.open_words(arranged, most=3) if days <= limits().days.coming_out else ""
    yield _Coming(
        setting.expected_release_on.isoformat(),
        SideItem(
            setting.record.id,
            "door-open",
            "custody",
            _("Release from %(place)s") % {"place": setting.where}
            if setting.where
            else _("Release"),
            " · ".join(part for part in (words[:1].upper() + words[1:], time, left) if part),
            ChipText(_("Passed"), "warn") if days < 0 else None,
            late=days < 0,
        ),
    )


def _down_for(records: Sequence[Record], day: date) -> list[str]:
    """Return who is down for a visit on a day."""
    found = []
    for one in records:
        people = one.answers.get("people")
        planned = one.form == "visit" and one.text("state") == "planned"
        if planned and one.text("at")[:10] == day.isoformat() and isinstance(people, list):
            found += [str(person) for person in people]
    return list(dict.fromkeys(found))
