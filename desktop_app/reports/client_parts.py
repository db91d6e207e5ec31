# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts of a paper about one client, the same in whatever paper they stand.

What is not known is said. The marking follows from what is in it.
"""

from collections.abc import Sequence
from datetime import date

from desktop_app.casework import audience, forms
from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, worker_on
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_born, say_date, say_moment, say_short
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.reference import reference
from desktop_app.casework.targeting import support_words, targeting_words
from desktop_app.casework.treatment import status_words
from desktop_app.casework.whereabouts import release_words, setting_on
from desktop_app.casework.wording import answers_in_words, listed, told
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Fact, Section, marked

SAFE_CONTACT = (
    "never",
    "say_instead",
    "safe_times",
    "may_text",
    "may_ring",
    "may_leave_message",
    "may_write",
    "may_say_who_we_are",
)
CONTACT = ("address_1", "address_2", "town", "postcode", "find_the_door", "phone", "other_phone")


def banner(client: Record, held: Sequence[Record], on: date) -> tuple[Fact, ...]:
    """Return what tells this person from another."""
    said = (
        Fact(_("Known as"), client.text("known_as")),
        Fact(_("Born"), say_born(client.text("born"), on)),
        Fact(_("Gender"), _label("gender", client.text("gender"))),
        Fact(_("Ref"), reference(client.id)),
        Fact(_("Also on file as"), listed(_other_files(held))),
    )
    return tuple(one for one in said if one.value)


def _other_files(held: Sequence[Record]) -> list[str]:
    """Return the references and names of the person's other files."""
    others = [one for one in held if one.form == "client"]
    return [f"{reference(one.id)} {full_name(one.answers)}" for one in others]


def _label(list_name: str, code: str) -> str:
    return codes(list_name).label(code) if code else _("Not known")


def marking(held: Sequence[Record], team: Team) -> str:
    """Return who may read it, from what is in it."""
    narrower = [
        audience.title(one)
        for one in audience.AUDIENCES
        if one != audience.PARTNERS and any(record.audience == one for record in held)
    ]
    words = ", ".join(narrower) or audience.title(audience.PARTNERS)
    return marked(words, made_up=team.made_up)


def safety(held: Sequence[Record], team: Team, on: date) -> Section:
    """Return the safety alerts that hold."""
    entries = []
    for alert in live_alerts(held, on):
        said = told(alert.record, team, on=on)
        chips = ", ".join(chip.text for chip in said.chips)
        entries.append(Entry(day_of(alert.record, on), alert.headline, chips, said.summary))
    return Section(_("Safety"), entries=tuple(entries), empty=_("No safety alert is recorded."))


def answered(title: str, client: Record, team: Team, names: Sequence[str], *, on: date) -> Section:
    """Return some answers of the client's own record, under a heading."""
    labels = [_(forms.form("client").fields[name].label) for name in names]
    said = dict(answers_in_words(client, team, on=on))
    facts = tuple(Fact(label, said[label]) for label in labels if label in said)
    return Section(title, facts, empty=_("Not known"))


def now_section(held: Sequence[Record], team: Team, on: date, *, where: bool = True) -> Section:
    """Return where somebody is, who stands by them, and that treatment runs.

    Args:
        held: the client's records.
        team: whose names are said.
        on: today.
        where: whether their setting is in it; what says it elsewhere leaves it out.
    """
    setting = setting_on(held, on)
    facts = [Fact(_("Setting"), setting.words if setting else _("Not known"))] if where else []
    if setting is not None and setting.expected_release_on is not None:
        words = release_words(setting, on)
        facts.append(Fact(_("Release"), f"{words[:1].upper()}{words[1:]}"))
    for duty in (KEY_WORKER, POLICE_LEAD, NURSE):
        worker = worker_on(held, duty, on)
        name = team.name_of(worker) if worker else _("Nobody")
        facts.append(Fact(codes("duty").label(duty), name))
    facts.append(Fact(_("Treatment"), status_words(held, on) or _("None is recorded")))
    for label, said in (
        (_("Programme"), targeting_words(held, on)),
        (_("Support"), support_words(held, on)),
    ):
        facts += [Fact(label, one.rstrip(".")) for one in said]
    return Section(_("Now"), tuple(facts))


def needs(held: Sequence[Record], team: Team, on: date) -> Section:
    """Return the needs that are open."""
    still = [one for one in held if one.form == "need" and not one.text("done_on")]
    entries = [
        Entry(day_of(one, on), said.title, said.place, said.summary)
        for one in sorted(still, key=lambda record: record.text("raised_on"), reverse=True)
        for said in [told(one, team, on=on)]
    ]
    return Section(_("Needs"), entries=tuple(entries), empty=_("No open need is recorded."))


def when_of(record: Record) -> str:
    """Return when a record says that it happened; empty when it does not."""
    shipped = forms.forms().get(record.form)
    return record.text(shipped.happened) if shipped and shipped.happened else ""


def day_of(record: Record, on: date) -> str:
    """Return the day of a record as people read it."""
    when = when_of(record)
    if not when:
        return ""
    if len(when) == 10:
        return say_date(when) if when[:4] != str(on.year) else say_short(when, on)
    return say_moment(when, on)
