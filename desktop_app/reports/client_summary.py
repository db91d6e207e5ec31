# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client summary: one person on a few pages, for a colleague, a hearing or themselves.

Rules, each with a test:

* Safety comes before the address, and how to make contact safely before any number.
* What is not known is said; nothing is left to be guessed from a gap.
* The marking follows from what is in it: one record for health only makes it so as a whole.
* What was withdrawn is not in it; of a visit, what each of those who went has told.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from desktop_app.casework import audience, forms, one_visit
from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, worker_on
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_born, say_date, say_moment, say_short
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.reference import reference
from desktop_app.casework.targeting import standing_words
from desktop_app.casework.treatment import status_words
from desktop_app.casework.visits import Encounter, encounters
from desktop_app.casework.whereabouts import release_words, setting_on
from desktop_app.casework.wording import answers_in_words, listed, told
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet

_SAFE_CONTACT = (
    "never",
    "say_instead",
    "safe_times",
    "may_text",
    "may_ring",
    "may_leave_message",
    "may_write",
    "may_say_who_we_are",
)
_CONTACT = ("address_1", "address_2", "town", "postcode", "find_the_door", "phone", "other_phone")
_NOT_EVENTS = frozenset({"client", "account", "need", "alert", "export"})


def client_summary(
    client: Record, records: Iterable[Record], team: Team, *, on: date, made: str
) -> Sheet:
    """Return a client's summary as a sheet.

    Args:
        client: the client's record.
        records: their other records, as far as they are to be in it.
        team: whose names are said.
        on: today.
        made: who takes it out of Tandem, when and for whom.
    """
    held = [one for one in records if one.withdrawn is None and one.id != client.id]
    return Sheet(
        title=_("Client summary"),
        name=full_name(client.answers),
        banner=_banner(client, held, on),
        marking=_marking(held, team),
        made=made,
        sections=(
            _safety(held, team, on),
            _answers(_("Safe contact"), client, team, _SAFE_CONTACT, on=on),
            _answers(_("Address and telephone"), client, team, _CONTACT, on=on),
            _now(held, team, on),
            _needs(held, team, on),
            _events(held, team, on),
        ),
    )


def _banner(client: Record, held: Sequence[Record], on: date) -> tuple[Fact, ...]:
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


def _marking(held: Sequence[Record], team: Team) -> str:
    narrower = [
        audience.title(one)
        for one in audience.AUDIENCES
        if one != audience.PARTNERS and any(record.audience == one for record in held)
    ]
    marked = ", ".join(narrower) or audience.title(audience.PARTNERS)
    if team.made_up:
        return _("%(marking)s. Made-up team: nobody in it is real") % {"marking": marked}
    return marked


def _safety(held: Sequence[Record], team: Team, on: date) -> Section:
    entries = []
    for alert in live_alerts(held, on):
        said = told(alert.record, team, on=on)
        chips = ", ".join(chip.text for chip in said.chips)
        entries.append(Entry(_day(alert.record, on), alert.headline, chips, said.summary))
    return Section(_("Safety"), entries=tuple(entries), empty=_("No safety alert is recorded."))


def _answers(title: str, client: Record, team: Team, names: Sequence[str], *, on: date) -> Section:
    labels = [_(forms.form("client").fields[name].label) for name in names]
    said = dict(answers_in_words(client, team, on=on))
    facts = tuple(Fact(label, said[label]) for label in labels if label in said)
    return Section(title, facts, empty=_("Not known"))


def _now(held: Sequence[Record], team: Team, on: date) -> Section:
    setting = setting_on(held, on)
    facts = [Fact(_("Setting"), setting.words if setting else _("Not known"))]
    if setting is not None and setting.expected_release_on is not None:
        facts.append(Fact(_("Release"), release_words(setting, on)))
    for duty in (KEY_WORKER, POLICE_LEAD, NURSE):
        worker = worker_on(held, duty, on)
        name = team.name_of(worker) if worker else _("Nobody")
        facts.append(Fact(codes("duty").label(duty), name))
    facts.append(Fact(_("Treatment"), status_words(held, on) or _("None is recorded")))
    facts += [Fact(_("Initiative"), words) for words in standing_words(held, on)]
    return Section(_("Now"), tuple(facts))


def _needs(held: Sequence[Record], team: Team, on: date) -> Section:
    still = [one for one in held if one.form == "need" and not one.text("done_on")]
    entries = [
        Entry(_day(one, on), said.title, said.place, said.summary)
        for one in sorted(still, key=lambda record: record.text("raised_on"), reverse=True)
        for said in [told(one, team, on=on)]
    ]
    return Section(_("Needs"), entries=tuple(entries), empty=_("No open need is recorded."))


def _events(held: Sequence[Record], team: Team, on: date) -> Section:
    by_visit = {one.visit.record.id: one for one in encounters(held)}
    shown = [one for one in one_visit.whole(held) if one.form not in _NOT_EVENTS]
    shown.sort(key=lambda one: (_when(one), one.id), reverse=True)
    entries = [_event(one, team, on, by_visit.get(one.id)) for one in shown]
    return Section(_("What happened"), entries=tuple(entries), empty=_("Nothing is recorded yet."))


def _event(record: Record, team: Team, on: date, encounter: Encounter | None) -> Entry:
    said = told(record, team, on=on, encounter=encounter)
    chips = ", ".join(chip.text for chip in said.chips)
    place = " · ".join(one for one in (said.place, chips) if one)
    return Entry(_day(record, on), said.title, place, said.summary)


def _when(record: Record) -> str:
    shipped = forms.forms().get(record.form)
    return record.text(shipped.happened) if shipped and shipped.happened else ""


def _day(record: Record, on: date) -> str:
    when = _when(record)
    if not when:
        return ""
    if len(when) == 10:
        return say_date(when) if when[:4] != str(on.year) else say_short(when, on)
    return say_moment(when, on)
