# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the record page needs to know before it shows a form.

Rules, each with a test:

* Who may write a form may change its records; what is sealed, and what has left this laptop sealed,
  can only be corrected, by its own author.
* What can be corrected is never altered once somebody else may have read it.
* What the settling of a question wrote down is read only: nobody alters or withdraws it by hand.
* A record that belongs to another (a step to its episode) is offered those it can belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.casework import forms, one_visit, settling
from desktop_app.casework.audience import may_write
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.corrections import CORRECTS, REASON
from desktop_app.casework.forms import FieldType, Form
from desktop_app.casework.outcomes import FORM as OUTCOME
from desktop_app.casework.people import Person, Team
from desktop_app.casework.recorded import Window
from desktop_app.casework.records import Answers, Record, RecordId, link, linked
from desktop_app.casework.settling import FORM as SETTLED
from desktop_app.casework.sharing_agreements import FORM as AGREEMENT
from desktop_app.casework.sharing_agreements import (
    RESTS_ON,
    SharingAgreement,
    register,
    with_its_name,
)
from desktop_app.casework.wording import told
from storage import ledger, reads
from storage.store import Draft, Store
from sync.recorded import recorded
from ui.authors import people_by_feed
from ui.drafting import draft_of
from ui.editors.asking import Choices
from ui.places import Place

BELONGS_TO = {
    ("treatment_step", "episode"): "treatment",
    ("appointment", "moved_to"): "appointment",
}
"""Which form's records a link may point at. What is not here is set by the page that opens it."""
ELSEWHERE = {OUTCOME: "outcome"}
"""Forms whose answers are given on a page of their own: read here, altered there."""


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What is known.

    Attributes:
        form: of what kind the record is.
        client: whom it is about, as they are shown; None for a client who is new.
        about: the client the record names, or is to name; empty for a client who is new.
        asked: the client it was opened for.
        record: the record that is open; None for a new one.
        draft: what was typed before.
        unsent: whether it was made here and has not left this laptop.
        links: what its links may point at, by field.
        authors: person ids by the number of the feed they write in.
        corrected_by: corrections that stand beside it, earliest first.
        corrects: the record that this one corrects; None where there is none, or it is not held.
        agreements: of a disclosure, the agreements that stand.
        one_with: of a visit, the others it is one with, the first made first.
        recorded: of what is sealed or settles something, between which times it was recorded,
            whatever a clock said.
    """

    form: Form
    client: Record | None
    about: RecordId
    asked: RecordId
    record: Record | None
    draft: Draft | None
    unsent: bool
    links: Mapping[str, Choices]
    authors: Mapping[int, str]
    corrected_by: tuple[Record, ...] = ()
    one_with: tuple[Record, ...] = ()
    recorded: Window | None = None
    corrects: Record | None = None
    agreements: tuple[SharingAgreement, ...] = ()

    @property
    def known(self) -> Answers:
        """Return what a new record begins with: what it most likely belongs to."""
        links = self.links.items()
        return {name: held[0][0] for name, held in links if held and name != RESTS_ON}

    @property
    def by_itself(self) -> bool:
        """Say whether it was written by settling a question, and is only read here."""
        return self.form.name == SETTLED

    def completed(self, altered: Answers, now: Answers, today: date) -> Answers:
        """Return what is to be saved, with the agreement a disclosure rests on named in words."""
        before = self.record.answers if self.record is not None else {}
        return with_its_name(altered, now, before, self.agreements, today)

    def may_edit(self, me: Person) -> bool:
        """Say whether this person may change the record, or make one."""
        if not may_write(self.form, me.roles) or (self.record is not None and self.by_itself):
            return False
        if self.record is None or not (self.form.sealed or CORRECTS in self.form.fields):
            return True
        own = self.record.author == me.id
        return own and self.unsent and not self.record.sealed_by_hand

    def may_withdraw(self, me: Person) -> bool:
        """Say whether this person may take the record out of the timeline, or bring it back."""
        if not may_write(self.form, me.roles) or self.by_itself:
            return False
        return not self.form.sealed or self.may_edit(me)

    def may_correct(self, me: Person) -> bool:
        """Say whether this person may add a correction to the record."""
        return (
            self.record is not None
            and CORRECTS in self.form.fields
            and may_write(self.form, me.roles)
            and not self.may_edit(me)
        )


def shown_of(facts: RecordFacts | None) -> Sight | None:
    """Return what the page shows, for the audit; None for nothing, or for nobody yet."""
    if facts is None or facts.client is None:
        return None
    shown = (facts.record, facts.corrects, *facts.corrected_by)
    records = [one for one in shown if one is not None]
    return sight("record", records, clients=[facts.asked, facts.client.id])


def gather(
    store: Store, place: Place, *, me: Person, team: Team, today: date
) -> RecordFacts | None:
    """Return what is known; None when this laptop does not hold the record, or knows no such form.

    Args:
        store: the vault.
        place: what to show: a record, or a form for a new one.
        me: who is signed in.
        team: the roster.
        today: the day.
    """
    record = store.record(place.record) if place.record else None
    name = record.form if record is not None else place.form or ""
    if (place.record and record is None) or name not in forms.forms():
        return None
    about = (record.client if record is not None else place.client) or b""
    client = record if name == "client" else reads.client(store, about) if about else None
    if client is None and name != "client":
        return None
    form = forms.form(name)
    agreements = _agreements(store, form, today)
    rests = {RESTS_ON: [(link(one.id), one.named(today)) for one in agreements]}
    key = record.id if record is not None else b""
    return RecordFacts(
        form,
        client,
        about,
        place.client or about,
        record,
        draft_of(store, name, client=about, record=key, author=me.id),
        record is not None and is_unsent(store, record),
        {**_links(store, form, about, team, today), **(rests if agreements else {})},
        people_by_feed(store, team),
        tuple(_corrections(store, record)),
        tuple(_one_with(store, record)),
        _recorded(store, record) if form.sealed or form.name == settling.FORM else None,
        _corrected(store, record),
        agreements,
    )


def is_unsent(store: Store, record: Record) -> bool:
    """Say whether a record was made on this laptop and has not left it."""
    own = ledger.own_feed(store)
    waiting = (seq for seq, _changes in ledger.pending(store))
    return own is not None and record.created in {(own.number, seq) for seq in waiting}


def _recorded(store: Store, record: Record | None) -> Window | None:
    if record is None:
        return None
    return recorded(store, max(record.live, key=lambda live: live.stamp))


def _one_with(store: Store, record: Record | None) -> list[Record]:
    """Return the other visits of the day that a visit is one with."""
    if record is None or record.form != one_visit.FORM or not record.client:
        return []
    day = record.text("at")[:10]
    held = reads.records(store, form=record.form, client=record.client, since=day, until=day)
    to = one_visit.joined(held)
    event = to.get(record.id, record.id)
    others = [one for one in held if to.get(one.id, one.id) == event and one.id != record.id]
    return sorted(others, key=lambda one: one.id)


def correction_preset(record: Record) -> Answers:
    """Return what a correction starts with: what was written, and what it corrects."""
    shipped = forms.form(record.form)
    kept = {name: v for name, v in record.answers.items() if name in shipped.fields}
    return {**kept, CORRECTS: link(record.id), REASON: None}


def _links(
    store: Store, form: Form, client: RecordId, team: Team, today: date
) -> dict[str, Choices]:
    found: dict[str, Choices] = {}
    for field in form.field:
        target = BELONGS_TO.get((form.name, field.name))
        if field.type is FieldType.RECORD and target and client:
            held = reads.records(store, form=target, client=client)
            found[field.name] = [(link(one.id), _title(one, team, today)) for one in held]
    return found


def _agreements(store: Store, form: Form, day: date) -> tuple[SharingAgreement, ...]:
    """Return the agreements a record of a form may rest on."""
    if RESTS_ON not in form.fields:
        return ()
    return register(reads.records(store, form=AGREEMENT), day).standing


def _title(record: Record, team: Team, today: date) -> str:
    said = told(record, team, on=today)
    return f"{said.title}, {said.place}" if said.place else said.title


def _corrections(store: Store, record: Record | None) -> list[Record]:
    if record is None or CORRECTS not in forms.form(record.form).fields:
        return []
    held = reads.records(store, form=record.form, client=record.client)
    beside = [one for one in held if one.answers.get(CORRECTS) == link(record.id)]
    return sorted(beside, key=lambda one: one.id)


def _corrected(store: Store, record: Record | None) -> Record | None:
    """Return what a record corrects, as long as it is of the same form and client."""
    name = linked(record.answers.get(CORRECTS)) if record is not None else None
    held = store.record(name) if name else None
    if record is None or held is None or held.form != record.form:
        return None
    return held if held.client == record.client else None
