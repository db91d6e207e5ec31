# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How to reach a client safely, in words: the rules first, then people, address and phone."""

from collections.abc import Sequence
from datetime import date

from desktop_app.casework import assignments, whereabouts
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_date, say_days, say_short
from desktop_app.casework.due_unseen import days_here
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.safe_contact import safe_lines
from desktop_app.casework.words import _, ngettext
from ui.pages.client_side import Contact

ASKED = (
    "may_ring",
    "may_text",
    "may_leave_message",
    "may_write",
    "may_say_who_we_are",
    "safe_times",
    "say_instead",
    "never",
)
DUTIES = (assignments.KEY_WORKER, assignments.POLICE_LEAD, assignments.NURSE)


def contact(
    client: Record, records: Sequence[Record], team: Team, *, today: date, seen: str = ""
) -> Contact:
    """Return how to reach a client.

    Args:
        client: the client's own record.
        records: those that say who stands by them and where they are.
        team: whose names are said.
        today: the day.
        seen: when they were last seen by anybody, ISO; empty when never.
    """
    facts: list[tuple[str, str]] = []
    for duty in DUTIES:
        people = assignments.workers_on(records, duty, today)
        name = ", ".join(team.name_of(one) for one in people)
        facts.append((codes("duty").label(duty), name or _("Nobody yet")))
    setting = whereabouts.setting_on(records, today)
    if setting is not None and setting.setting != "community":
        facts.append((_("Is now"), setting.words))
    if any(assignments.workers_on(records, duty, today) for duty in DUTIES):
        facts.append((_("Seen"), _seen(records, seen, today)))
    facts.append((_("Address"), address(client)))
    if client.text("address_checked_on"):
        checked = say_short(client.text("address_checked_on"), today)
        facts.append((_("Checked on"), checked))
    facts.append((_("Phone"), client.text("phone")))
    for name, field in ((_("Other phone"), "other_phone"), (_("GP"), "gp")):
        if field == "gp" or client.text(field):
            facts.append((name, client.text(field)))
    facts += [(_("Also"), words) for words in _also(records, today)]
    facts += _language(client)
    lines = tuple((one.kind, one.words) for one in safe_lines(client.answers))
    return Contact(lines, asked_about_contact(client), tuple(facts))


def _seen(records: Sequence[Record], seen: str, today: date) -> str:
    """Return how long ago they were seen where they are now; when and where not, that they were."""
    day = as_date(seen[:10])
    here = days_here(records, day, today)
    ago = say_days(day, today) if day is not None else ""
    if here is None or here.met:
        return ago or _("Not yet")
    words = ngettext("Not in %(n)d day here", "Not in %(n)d days here", here.days)
    said = words % {"n": here.days}
    return _("%(here)s; before, %(ago)s") % {"here": said, "ago": ago} if ago else said


def address(client: Record) -> str:
    """Return the address on one line; what kind it is when there is none."""
    parts = [client.text(one) for one in ("address_1", "address_2", "town", "postcode")]
    line = ", ".join(one.strip() for one in parts if one.strip())
    kind = client.text("address_kind")
    if kind in ("nfa", "squat") or not line:
        said = codes("address_kind").label(kind) if kind else ""
        return f"{said}: {line}" if said and line else said or line
    return line


def _also(records: Sequence[Record], today: date) -> list[str]:
    """Return the other addresses and phones that hold, each with the day it is from."""
    held = [
        one
        for one in records
        if one.form == "reach" and not ("0" < one.text("until_on") < today.isoformat())
    ]
    found = []
    for one in sorted(held, key=lambda reach: (reach.text("from_on"), reach.id), reverse=True):
        parts = (address(one), one.text("phone"), one.text("other_phone"))
        said = {
            "where": ", ".join(part for part in parts if part),
            "day": say_short(one.text("from_on"), today),
        }
        if said["where"]:
            found.append(_("%(where)s, from %(day)s") % said)
    return found


def asked_about_contact(client: Record) -> bool:
    """Say whether anybody ever asked how to reach them safely."""
    return any(client.text(one) for one in ASKED)


def _language(client: Record) -> list[tuple[str, str]]:
    found = []
    language, needs = client.text("language"), client.text("interpreter") == "yes"
    if language and (language != "en" or needs):
        said = codes("language").label(language)
        if needs:
            said = _("%(language)s, interpreter needed") % {"language": said}
        found.append((_("Language"), said))
    if client.text("reach_them"):
        found.append((_("What helps"), client.text("reach_them")))
    if client.text("other_workers"):
        found.append((_("Others"), client.text("other_workers")))
    return found
