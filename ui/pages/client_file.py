# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the client page shows of a case file, worked out from its records in one go.

Pure: records in, words out. It is made on the store's thread, so that the window only draws. What
is said of support and of targeting comes from their own spells; neither is read from the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.casework import assignments, targeting, treatment, whereabouts
from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.calendar_words import say_born
from desktop_app.casework.codes import codes
from desktop_app.casework.completeness import enforcement, not_included, outreach
from desktop_app.casework.dates import say_short
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.safe_contact import order_of
from desktop_app.casework.words import _, ngettext
from ui.kit.chip import ChipText
from ui.pages.client_contact import contact
from ui.pages.client_next import needs, next_up
from ui.pages.client_side import Contact, Gaps
from ui.pages.doorstep_safety import set_by
from ui.pages.side_line import SideItem


@dataclass(frozen=True, slots=True)
class AlertWords:
    """The safety alerts of a client, as the bar says them."""

    danger: str = ""
    detail: str = ""
    set_by: str = ""
    count: int = 0
    record: RecordId = b""


@dataclass(frozen=True, slots=True)
class ClientFile:
    """A case file, ready to show.

    Attributes:
        client: the client's own record.
        records: those that say how they stand and what comes next.
        name: "SURNAME, Forename".
        facts: labels and values of the banner.
        states: chips, what warns first.
        alert: the bar.
        contact: how to reach them.
        next_up: what comes next.
        needs: what is wanted and not yet done.
        gaps: what the guide demands and is missing.
        setting: where they are now.
        episode: the treatment episode that runs.
        key_worker: who is key worker now, by name; empty for nobody.
        supported: whether a spell of support runs.
        withdrawn: whether anything of theirs was withdrawn.
    """

    client: Record
    records: tuple[Record, ...]
    name: str
    facts: tuple[tuple[str, str], ...]
    states: tuple[ChipText, ...]
    alert: AlertWords
    contact: Contact
    next_up: tuple[SideItem, ...]
    needs: tuple[SideItem, ...]
    gaps: Gaps
    setting: whereabouts.Setting | None
    episode: treatment.Episode | None
    key_worker: str
    supported: bool
    withdrawn: bool


def client_file(
    client: Record,
    records: Sequence[Record],
    team: Team,
    *,
    now: datetime,
    namesakes: int = 0,
    twice: int = 0,
    files: Sequence[RecordId] = (),
    seen: str = "",
) -> ClientFile:
    """Return a case file as the page shows it.

    Args:
        client: the client's own record.
        records: those that say how they stand and what comes next, and the withdrawn.
        team: whose names are said.
        now: local time.
        namesakes: how many other clients have this name.
        twice: how many of their records hold two answers to a question.
        files: every client who is this person, where they are several.
        seen: when they were last seen by anybody, ISO; empty when never.
    """
    today = now.date()
    standing = [one for one in records if one.withdrawn is None]
    setting = whereabouts.setting_on(standing, today)
    worker = assignments.worker_on(standing, assignments.KEY_WORKER, today)
    return ClientFile(
        client=client,
        records=tuple(standing),
        name=full_name(client.answers),
        facts=_facts(client, today, [one for one in files if one != client.id]),
        states=(
            *_states(standing, setting, today, namesakes=namesakes, conflicts=twice),
            *_files(len(files)),
        ),
        alert=_alert(standing, team, today),
        contact=contact(client, standing, team, today=today, seen=seen),
        next_up=next_up(standing, team, now=now),
        needs=needs(standing, team, today=today),
        gaps=_gaps(client, standing),
        setting=setting,
        episode=treatment.episode_now(standing, today),
        key_worker=team.name_of(worker) if worker else "",
        supported=targeting.support_on(standing, today) is not None,
        withdrawn=len(standing) < len(records),
    )


def _facts(client: Record, today: date, also: Sequence[RecordId]) -> tuple[tuple[str, str], ...]:
    known = client.text("known_as")
    gender = client.text("gender")
    shown = [
        (_("Known as"), known),
        (_("Born"), say_born(client.text("born"), today)),
        (_("Gender"), codes("gender").label(gender) if gender else _("Not known")),
        (_("Ref"), reference(client.id)),
        (_("Also"), ", ".join(reference(one) for one in also)),
    ]
    return tuple((name, value) for name, value in shown if value)


def _files(count: int) -> list[ChipText]:
    """Return the chip that says that several files are read as one."""
    if count < 2:
        return []
    words = ngettext("%(n)d file, read as one", "%(n)d files, read as one", count)
    return [ChipText(words % {"n": count}, "info", "git-merge")]


def _states(
    records: Sequence[Record],
    setting: whereabouts.Setting | None,
    today: date,
    *,
    namesakes: int,
    conflicts: int,
) -> list[ChipText]:
    found = []
    if namesakes:
        found.append(ChipText(_("Another client has this name"), "warn", "users"))
    if conflicts:
        words = ngettext(
            "%(n)d record has two answers", "%(n)d records have two answers", conflicts
        )
        found.append(ChipText(words % {"n": conflicts}, "warn", "git-merge"))
    if setting is not None:
        of_code = codes("setting").find(setting.setting)
        icon, tone = (of_code.icon, of_code.tone) if of_code else ("", "neutral")
        found.append(ChipText(setting.words, tone, icon))
    else:
        found.append(ChipText(_("Setting not recorded"), "warn", "map-pin"))
    return [*found, *_treated(records, today), *_targeted(records, today)]


def _treated(records: Sequence[Record], today: date) -> list[ChipText]:
    words = treatment.status_words(records, today)
    episode = treatment.episode_now(records, today)
    if not words or episode is None:
        return []
    of_code = codes("treatment_status").find(episode.status)
    icon, tone = (of_code.icon, of_code.tone) if of_code else ("pill", "neutral")
    return [ChipText(words, tone, icon)]


def _targeted(records: Sequence[Record], today: date) -> list[ChipText]:
    """Return targeting and support, each from its own spells."""
    found = []
    programme = targeting.programme_words(records, today)
    for place in targeting.places_on(records, today):
        of_code = codes("cohort").find(place.cohort)
        if of_code is None:
            continue
        on_it = place.cohort == targeting.DEMAND and programme
        words = programme if on_it else _(of_code.short or of_code.label)
        found.append(ChipText(words, of_code.tone, of_code.icon))
    ended = [one for one in targeting.places(records) if one.ended_on and one.ended_on <= today]
    if ended and not found and ended[-1].ended_on:
        day = say_short(ended[-1].ended_on.isoformat(), today)
        found.append(ChipText(_("Targeting ended %(day)s") % {"day": day}, "neutral", "flag"))
    support = targeting.support_on(records, today)
    if support is not None and support.started_on:
        day = say_short(support.started_on.isoformat(), today)
        found.append(ChipText(_("Support since %(day)s") % {"day": day}, "ok", "heart-handshake"))
    elif targeting.supports(records):
        found.append(ChipText(_("Support ended"), "neutral", "heart-handshake"))
    return found


def _alert(records: Sequence[Record], team: Team, today: date) -> AlertWords:
    alerts = live_alerts(records, today)
    if not alerts:
        return AlertWords()
    first = alerts[0]
    headline = first.headline.strip().rstrip(".")
    said = f"{headline}." if headline else ""
    return AlertWords(
        danger=order_of(first) or said,
        detail=said if order_of(first) else "",
        set_by=set_by(first, team, today),
        count=len(alerts),
        record=first.record.id,
    )


def _gaps(client: Record, records: Sequence[Record]) -> Gaps:
    """Return what the lists they are on demand; each answer counted once."""
    asked: dict[tuple[bytes, str], tuple[str, tuple[str, bytes, str]] | None] = {}
    wanted = 0
    lists = [rule(client, records) for rule in (outreach, enforcement, not_included)]
    for one in lists:
        if one is None:
            continue
        wanted = max(wanted, one.wanted)
        for miss in one.missing:
            key = (miss.record.id, miss.field)
            asked[key] = (miss.label, (miss.record.form, miss.record.id, miss.field))
    missing = tuple(one for one in asked.values() if one is not None)
    wanted = max(wanted, len(missing))
    return Gaps(wanted - len(missing), wanted, missing)
