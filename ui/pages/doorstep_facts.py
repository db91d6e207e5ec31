# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the doorstep needs to know before anybody types: asked of the store in one go.

Rules, each with a test:

* A visit planned for today with this worker in it is the one being recorded; a draft of a new one
  that waits comes before it.
* A visit of the same day that a colleague planned or recorded is offered for joining, never joined
  unasked.
* Whether an account can still be edited is a fact: it is its author's own, not sealed by hand, and
  has not left this laptop.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.casework import one_visit, visits, whereabouts
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, workers_on
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_moment, say_short
from desktop_app.casework.due import CaseFile
from desktop_app.casework.people import Team
from desktop_app.casework.readings import read
from desktop_app.casework.records import Record, RecordId, linked
from desktop_app.casework.visits import Encounter, Visit
from desktop_app.casework.wording import listed, outcome_words
from desktop_app.casework.words import _, ngettext
from storage import ledger, reads
from storage.store import Draft, Store
from ui.authors import people_by_feed
from ui.drafting import draft_of
from ui.pages.doorstep_answers import ACCOUNT, VISIT

LAST = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known.

    Attributes:
        file: the client's case file.
        asked: the client it was opened for.
        visit: the visit being recorded; None for a new one.
        account: this worker's account of it, when it was begun before.
        editable: whether that account can still be edited.
        beside: a colleague's visit of the same day.
        draft: what was typed before.
        unsent: ids of records that have not left this laptop.
        authors: person ids by the number of the feed they write in.
    """

    file: CaseFile
    asked: RecordId
    visit: Record | None
    account: Record | None
    editable: bool
    beside: Record | None
    draft: Draft | None
    unsent: frozenset[bytes]
    authors: Mapping[int, str]

    @property
    def about(self) -> RecordId:
        """Return the client the visit names, or is to name."""
        return self.visit.client if self.visit is not None else self.asked


@dataclass(frozen=True, slots=True)
class PastContact:
    """One of the last contacts, in words."""

    day: str
    icon: str
    tone: str
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What was promised, when, and what to ask today."""

    promised: str
    promised_on: str
    ask: str


def shown_of(facts: Facts | None) -> Sight | None:
    """Return what the page shows, for the audit; None for nobody."""
    if facts is None:
        return None
    file = facts.file
    return sight("visit", file.records, clients=[facts.asked, file.client.id])


def gather(
    store: Store, client: RecordId, record: RecordId | None, *, me: str, team: Team, now: datetime
) -> Facts | None:
    """Return what is known; None when this laptop does not hold the client."""
    held = reads.client(store, client)
    if held is None:
        return None
    records = tuple(reads.records(store, client=client))
    unsent = frozenset(
        change.record for _seq, changes in ledger.pending(store) for change in changes
    )
    visit = _visit_of(store, record)
    about = visit.client if visit else client
    draft = draft_of(store, VISIT, client=about, record=visit.id if visit else b"", author=me)
    if record is None and draft is None:
        visit = planned_today(records, me, now.date())
        if visit is not None:
            draft = draft_of(store, VISIT, client=visit.client, record=visit.id, author=me)
    account = own_account(records, visit, me, unsent)
    return Facts(
        CaseFile(held, records),
        client,
        visit,
        account,
        account is not None and not account.sealed_by_hand and account.id in unsent,
        colleagues_visit(records, visit, me, now.date()),
        draft,
        unsent,
        people_by_feed(store, team),
    )


def planned_today(records: Sequence[Record], me: str, today: date) -> Record | None:
    """Return the visit planned for today with this worker in it, the earliest first."""
    planned = [
        one
        for one in _visits(records)
        if one.state == "planned" and one.at and one.at.date() == today and me in one.people
    ]
    return min(planned, key=lambda one: (one.at, one.record.id)).record if planned else None


def colleagues_visit(
    records: Sequence[Record], visit: Record | None, me: str, day: date
) -> Record | None:
    """Return a visit of the same day that somebody else recorded, or planned without this one."""
    found = [
        one
        for one in _visits(records)
        if (visit is None or one.record.id != visit.id)
        and one.at is not None
        and one.at.date() == day
        and one.state in ("done", "tried", "planned")
        and one.record.author != me
    ]
    recorded = [one for one in found if one.state != "planned"] or found
    return recorded[-1].record if recorded else None


def own_account(
    records: Sequence[Record], visit: Record | None, me: str, unsent: frozenset[bytes]
) -> Record | None:
    """Return this worker's first account of a visit, or of one joined to it, if there is one."""
    if visit is None:
        return None
    told = [
        *visits.encounter(visit, records, unsent=unsent).told,
        *visits.encounter(visit, records, unsent=unsent, to=one_visit.joined(records)).told,
    ]
    return next((one.account.record for one in told if one.author == me), None)


def likely_people(facts: Facts, me: str, today: date) -> list[str]:
    """Return who probably came along: who is booked, then who stands by the client."""
    booked = read(Visit, facts.visit).people if facts.visit else ()
    duties = (POLICE_LEAD, KEY_WORKER, NURSE)
    stand_by = [one for duty in duties for one in workers_on(facts.file.records, duty, today)]
    last = [one.visit.people for one in _past(facts)[:LAST]]
    together = [person for people in last for person in people]
    return [one for one in dict.fromkeys([*booked, *stand_by, *together]) if one != me]


def memory(facts: Facts, today: date) -> Memory:
    """Return what was promised last, and what to ask."""
    ask = facts.visit.text("ask") if facts.visit else ""
    for past in _past(facts):
        promised = [one.latest.promised for one in past.told if one.latest.promised.strip()]
        if promised and past.visit.at:
            day = say_short(past.visit.at.date().isoformat(), today)
            return Memory("; ".join(promised), day, ask)
    return Memory("", "", ask)


def last_contacts(facts: Facts, team: Team, me: str, now: datetime) -> list[PastContact]:
    """Return the last visits, latest first."""
    return [_in_words(one, team, me, now.date()) for one in _past(facts, now)[:LAST]]


def earlier_answers(facts: Facts) -> list[str]:
    """Return what was offered before and put off, latest first: likely to be offered again."""
    found: list[str] = []
    for past in _past(facts):
        for one in past.told:
            offers = one.latest.record.answers.get("offers")
            if isinstance(offers, dict):
                found += [code for code, answer in offers.items() if answer == "later"]
    return list(dict.fromkeys(found))


def last_message(facts: Facts) -> str:
    """Return which message was given last; empty when none was."""
    for past in _past(facts):
        for one in past.told:
            given = one.latest.record.text("message")
            if given:
                return given
    return ""


def address(facts: Facts) -> str:
    """Return the address on file on one line; empty when there is none."""
    client = facts.file.client
    parts = (client.text(name).strip() for name in ("address_1", "town", "postcode"))
    return ", ".join(one for one in parts if one)


def setting_words(setting: whereabouts.Setting, today: date) -> str:
    """Return what must be known before a visit to a prison, a rehab or a ward."""
    parts = [setting.words, whereabouts.since_words(setting, today)]
    if setting.setting in whereabouts.AWAY:
        parts.append(whereabouts.release_words(setting, today))
    if setting.release_time:
        parts.append(setting.release_time)
    number = setting.record.text("prison_number")
    if number:
        parts.append(_("prison number %(number)s") % {"number": number})
    elif setting.setting in whereabouts.PRISON:
        parts.append(_("no prison number on file, and it is asked for at the gate"))
    return " · ".join(one for one in parts if one)


def _visit_of(store: Store, record: RecordId | None) -> Record | None:
    """Return the visit a record is, or is an account of."""
    held = store.record(record) if record else None
    if held is not None and held.form == ACCOUNT:
        of = linked(held.answers.get("visit"))
        held = store.record(of) if of else None
    return held if held is not None and held.form == VISIT else None


def _visits(records: Sequence[Record]) -> list[Visit]:
    return [read(Visit, one) for one in records if one.form == VISIT and one.withdrawn is None]


def _past(facts: Facts, until: datetime | None = None) -> list[Encounter]:
    """Return the visits that happened, latest first, without the one being recorded."""
    here = facts.visit.id if facts.visit else b""
    return [
        one
        for one in visits.encounters(facts.file.records, unsent=facts.unsent)
        if one.visit.state in visits.HAPPENED
        and one.visit.record.id != here
        and one.visit.at is not None
        and (until is None or one.visit.at <= until)
    ]


def _in_words(past: Encounter, team: Team, me: str, today: date) -> PastContact:
    visit = past.visit
    outcome = codes("outcome").find(visit.outcome)
    said = outcome_words(visit.outcome, kind=visit.kind) if outcome else visit.outcome
    minutes = visit.record.answers.get("minutes")
    if isinstance(minutes, int) and minutes and visit.outcome == "seen":
        said += ", " + ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    kind = codes("visit_kind").find(visit.kind)
    where = (kind.short or kind.label) if kind else visit.kind
    others = [team.name_of(one) for one in visit.people if one != me]
    place = _("%(place)s, with %(names)s.") if others else _("%(place)s.")
    words = place % {"place": where, "names": listed(others)}
    notes = [one.latest.note.strip() for one in past.told if one.latest.note.strip()]
    first = notes[0].splitlines()[0] if notes else ""
    return PastContact(
        say_short(visit.at.date().isoformat(), today) if visit.at else "",
        outcome.icon if outcome and outcome.icon else "circle",
        outcome.tone if outcome else "neutral",
        said,
        f"{words} {first}".strip(),
    )


def moment_of(visit: Record) -> datetime | None:
    """Return when a visit was, or is to be."""
    return as_moment(visit.text("at"))
