# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The handover pack: what whoever takes a client over has to know, on a few pages (guide, ch. 4).

Rules, each with a test:

* Safety first, then safe contact, then who they are to whom, what was promised, what comes next.
* What its receiver may not read is not in it, and it says so: which groups, never what or how much.
* What whoever offers them wrote for the next worker stands in it word for word.
* Of an appointment it says that there is one, never what it is for; of treatment that it runs.
* Whom to ring at each agency is said from what is recorded, with the number they are rung at work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.casework import audience
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, workers_on
from desktop_app.casework.boundary import boundary_now
from desktop_app.casework.care_plan import Goal, Step, plan_of
from desktop_app.casework.chain import chain_now
from desktop_app.casework.codes import codes
from desktop_app.casework.coming import Coming, coming
from desktop_app.casework.dates import say_moment, say_short
from desktop_app.casework.due import CaseFile, Facts, Look, said
from desktop_app.casework.due_chain import chain_because
from desktop_app.casework.due_visits import unseen, unseen_words
from desktop_app.casework.handover import open_offers
from desktop_app.casework.last_contacts import LastContact, last_contacts
from desktop_app.casework.limits import Limits
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Person, Team
from desktop_app.casework.phones import Phone
from desktop_app.casework.posture import posture_now
from desktop_app.casework.posture_rows import fall_words
from desktop_app.casework.posture_turns import Act, Turn
from desktop_app.casework.promises import promises
from desktop_app.casework.records import Record
from desktop_app.casework.release_day import release_day
from desktop_app.casework.whereabouts import run_away, setting_on, since_words, spells
from desktop_app.casework.words import _
from desktop_app.reports.client_parts import (
    CONTACT,
    SAFE_CONTACT,
    answered,
    banner,
    marking,
    now_section,
    safety,
)
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet

_NONE: Mapping[str, Phone] = {}
LAST = 5
"""Contacts that are told."""
_NARROWER = (audience.HEALTH, audience.POLICE)
"""What a case file may be kept to."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What every part is worked out from."""

    client: Record
    held: tuple[Record, ...]
    team: Team
    limits: Limits
    now: datetime
    giver: Person
    phones: Mapping[str, Phone]

    @property
    def on(self) -> date:
        """Return today."""
        return self.now.date()

    @property
    def look(self) -> Look:
        """Return the look the rules of rows are asked with."""
        return Look(Facts((), self.team, limits=self.limits), self.giver, self.now)


def readable(records: Iterable[Record], receiver: Person | None) -> list[Record]:
    """Return the records somebody may read; without anybody, those that all partners may.

    What is withdrawn, and the audit, is never among them.
    """
    may = {audience.PARTNERS}
    if receiver is not None:
        may |= {one for one in _NARROWER if audience.may_hold(one, receiver)}
    return [one for one in records if one.withdrawn is None and one.audience in may]


def handover_pack(
    client: Record,
    records: Iterable[Record],
    team: Team,
    *,
    giver: Person,
    receiver: Person | None,
    limits: Limits,
    now: datetime,
    made: str,
    phones: Mapping[str, Phone] = _NONE,
) -> Sheet:
    """Return the pack as a sheet.

    Args:
        client: the client's record.
        records: their other records, as far as whoever makes it holds them.
        team: whose names are said.
        giver: who makes it.
        receiver: whom it is for; None for whoever of the partners takes them over.
        limits: the clocks of the initiative.
        now: local time.
        made: who takes it out of Tandem, when and for whom.
        phones: at which number colleagues are rung at work.
    """
    held = tuple(one for one in readable(records, receiver) if one.id != client.id)
    known = _Known(client, held, team, limits, now, giver, phones)
    on = known.on
    parts = [
        safety(held, team, on),
        answered(_("Safe contact"), client, team, SAFE_CONTACT, on=on),
        answered(_("Address and telephone"), client, team, CONTACT, on=on),
        _for_the_next(known),
        _left_out(giver, receiver),
        _where(known),
        now_section(held, team, on, where=False),
        _promised(known),
        _contacts(known),
        _coming(known),
        _plan(known),
        _open(known),
        *([_release(known)] if run_away(held, on) else []),
        _posture(known),
        _whom_to_ring(known),
    ]
    return Sheet(
        title=_("Handover pack"),
        name=full_name(client.answers),
        banner=banner(client, held, on),
        marking=marking(held, team),
        made=made,
        sections=tuple(parts),
    )


def _where(known: _Known) -> Section:
    """Return where they are and since when, and where they were before."""
    on, client = known.on, known.client
    setting = setting_on(known.held, on)
    before = [
        Entry(say_short(one.from_on.isoformat(), on), one.setting.words)
        for one in spells(known.held)[-4:-1]
    ]
    since = client.text("first_contact_on")
    facts = [
        Fact(_("With us since"), say_short(since, on) if since else _("Not known")),
        Fact(
            _("Where they are"),
            f"{setting.words}, {since_words(setting, on)}".rstrip(", ")
            if setting
            else _("Not known"),
        ),
    ]
    return Section(_("Where they are, and since when"), tuple(facts), tuple(before[::-1]))


def _for_the_next(known: _Known) -> Section:
    """Return what whoever offers them wrote for the next worker."""
    facts: list[Fact] = []
    for one in open_offers(known.held, known.on):
        offer = one.offer
        who = {
            "worker": known.team.name_of(offer.worker),
            "to": known.team.name_of(offer.handed_to),
            "duty": codes("duty").label(offer.duty).lower(),
        }
        facts.append(Fact(_("Offered"), _("by %(worker)s to %(to)s, as %(duty)s") % who))
        facts.append(Fact(_("Why"), codes("offer_reason").label(offer.reason)))
        facts.append(Fact(_("What to know"), offer.to_know))
        facts.append(Fact(_("Promises still open"), offer.promises))
        if one.not_yet is not None:
            facts.append(Fact(_("Not yet"), one.not_yet.words or _("no reason was given")))
    shown = tuple(one for one in facts if one.value)
    return Section(_("For the next worker"), shown, empty=_("Nobody has offered them to another."))


def _promised(known: _Known) -> Section:
    entries = tuple(
        Entry(
            say_short(one.by.isoformat(), known.on) if one.by else _("no day"),
            one.words,
            known.team.name_of(one.who) if one.who else "",
        )
        for one in promises(known.held)
    )
    return Section(_("Promised"), entries=entries, empty=_("No promise is open."))


def _contacts(known: _Known) -> Section:
    entries = tuple(
        contact_entry(one, known.on) for one in last_contacts(known.held, known.team, known.now)
    )[:LAST]
    return Section(_("Last contacts"), entries=entries, empty=_("Nobody has seen them yet."))


def contact_entry(one: LastContact, on: date, *, told: bool = True) -> Entry:
    """Return one of the last contacts.

    Args:
        one: the contact.
        on: today.
        told: whether what was told of it is said, or only that it was.
    """
    place = " · ".join(part for part in (one.where, one.who) if part)
    when = say_short(one.at.date().isoformat(), on)
    return Entry(when, one.outcome, place, one.note if told else "")


def _coming(known: _Known) -> Section:
    entries = tuple(
        Entry(_when(one, known.on), one.what, one.who)
        for one in coming(known.held, known.team, known.now)
    )
    return Section(_("To come"), entries=entries, empty=_("Nothing is booked or planned."))


def _when(one: Coming, on: date) -> str:
    day = one.form == "setting"  # a day in court has no time
    iso = one.at.isoformat(timespec="minutes")
    return say_short(iso[:10], on) if day else say_moment(iso, on)


def _plan(known: _Known) -> Section:
    plan = plan_of(known.held, known.on, known.limits)
    entries = [_goal(goal, steps, known) for goal, steps in plan.goals if goal.open]
    loose = [_step(one, known) for one in plan.loose if one.open]
    if loose:
        entries.append(Entry("", _("And besides") if entries else "", text="\n".join(loose)))
    review = say_short(plan.review_on.isoformat(), known.on) if plan.review_on else ""
    facts = (Fact(_("To be looked at again"), review),) if review else ()
    return Section(_("Their plan"), facts, tuple(entries), empty=_("No goal or need is recorded."))


def _goal(goal: Goal, steps: Sequence[Step], known: _Known) -> Entry:
    day = say_short(goal.aim_on.isoformat(), known.on) if goal.aim_on else ""
    by = _("by %(day)s") % {"day": day} if day else ""
    text = "\n".join(_step(one, known) for one in steps if one.open)
    return Entry(by, f"“{goal.words}”", codes("need_domain").label(goal.domain), text)


def _step(step: Step, known: _Known) -> str:
    who = known.team.name_of(step.owner) if step.owner else _("nobody yet")
    day = say_short(step.due_on.isoformat(), known.on) if step.due_on else ""
    more = ", ".join([who, *([_("by %(day)s") % {"day": day}] if day else [])])
    domain = codes("need_domain").label(step.domain) if step.domain else ""
    return f"{step.action or step.what or domain} ({more})"


def _open(known: _Known) -> Section:
    """Return the clocks that run: not seen for too long, and missed appointments."""
    facts, file = [], CaseFile(known.client, known.held)
    chain = chain_now(file.records, known.team, known.now, known.limits)
    if chain is not None:
        facts.append(Fact(_("Missed"), _reason(said(chain_because(chain, known.look)))))
    found = unseen(file, known.look)
    if found is not None:
        words = unseen_words(found, known.look)
        facts.append(Fact(_("Not seen"), _reason(said(words))))
    return Section(_("Clocks that run"), tuple(facts), empty=_("None."))


def _reason(sentence: str) -> str:
    """Return a reason that stands by itself."""
    plain = sentence.removeprefix(_("because "))
    return plain[:1].upper() + plain[1:]


def _release(known: _Known) -> Section:
    facts = []
    for one in release_day(known.held, known.on, known.team).parts:
        owner = known.team.name_of(one.owner) if one.owner else ""
        words = one.words or _("Open")
        both = _("%(words)s (%(name)s)") % {"words": words, "name": owner}
        facts.append(Fact(one.part.called, both if owner not in words else words))
    return Section(_("The day of release"), tuple(facts))


def _posture(known: _Known) -> Section:
    """Return how much attention they get, by whose word, in the words of the two who signed."""
    on, facts = known.on, list[Fact]()
    now = posture_now(known.held, known.team, on)
    facts.append(Fact(_("Level"), codes("posture_level").label(now.level)))
    turn = now.turn
    if turn is not None and turn.holds:
        facts.append(Fact(_("Until"), say_short(turn.until.isoformat(), on)))
        facts.append(Fact(_("Why"), turn.reason))
        signed = [f"{known.team.name_of(one.author)} ({one.agency})" for one in _two(turn)]
        facts.append(Fact(_("Agreed by"), _(" and ").join(signed)))
    elif turn is not None:
        facts.append(Fact(_("For the forum"), _reason(said(fall_words(now, turn, on)))))
    if turn is not None and turn.ring:
        facts.append(Fact(_("Ring first"), turn.ring))
    held = boundary_now(known.held, on)
    if held is not None:
        decision = codes("boundary_decision").label(held.decision)
        facts.append(Fact(_("Boundary decision"), decision))
    return Section(_("Posture"), tuple(facts))


def _two(turn: Turn) -> tuple[Act, Act]:
    return (turn.ask, turn.agree)


def _whom_to_ring(known: _Known) -> Section:
    """Return who stands by them at each agency, and everybody else who is recorded."""
    facts = [Fact(*one) for one in _workers(known)]
    client = known.client
    schemes = client.answers.get("schemes")
    if isinstance(schemes, list) and schemes:
        names = [codes("scheme").label(str(one)) for one in schemes]
        facts.append(Fact(_("Others"), "; ".join(names)))
    for label, field in ((_("Their workers"), "other_workers"), (_("GP"), "gp")):
        facts.append(Fact(label, client.text(field)))
    shown = tuple(one for one in facts if one.value)
    return Section(_("Whom to ring"), shown, empty=_("Nobody stands by them yet."))


def _workers(known: _Known) -> Iterator[tuple[str, str]]:
    for duty in (KEY_WORKER, POLICE_LEAD, NURSE):
        for person in workers_on(known.held, duty, known.on):
            one = known.team.persons.get(person)
            agency = f" ({one.agency})" if one is not None and one.agency else ""
            phone = known.phones.get(person)
            number = f", {phone.words}" if phone is not None else ""
            yield codes("duty").label(duty), f"{known.team.name_of(person)}{agency}{number}"


def _left_out(giver: Person, receiver: Person | None) -> Section:
    """Return what is not in it, by group: never what it is, nor whether there is any."""
    may = [one for one in _NARROWER if receiver is not None and audience.may_hold(one, receiver)]
    there = [one for one in may if audience.may_hold(one, giver)]
    facts = []
    for one in _NARROWER:
        if one in there:
            continue
        if one in may:
            words = _("Left out: whoever made this pack does not hold it")
        elif receiver is None:
            words = _("Left out: the pack is made for every partner")
        else:
            words = _("Left out: whoever it is for may not read it")
        facts.append(Fact(audience.title(one), words))
    return Section(_("What is not in it"), tuple(facts), empty=_("Nothing is left out."))
