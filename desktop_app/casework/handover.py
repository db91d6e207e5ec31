# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Handing a client over: one offers, the other accepts, and until then the worker stays.

Rules, each with a test:

* An offer changes nothing. Accepting it writes, in one save, the acceptance and the whole handover
  into the worker's assignment (see `assignments`, whose rules it leaves as they are).
* Only the answer of whoever was offered the client counts; whoever offered may take it back.
* Of several offers of one duty by one worker the latest stands; what was accepted is done with.
* An offer of somebody who no longer has the duty is done with as well.
* Two offers that were both accepted, by people who had not heard of each other, make one worker;
  who it is, is for the coordinator to settle (see `taken_twice`).
* The order in which offers and answers arrive makes no difference.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, NamedTuple

from desktop_app.casework import taken_twice
from desktop_app.casework.assignments import Assignment, workers_on
from desktop_app.casework.board import Board, Known
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Group,
    Look,
    Piece,
    ask_them,
    open_file,
    pieces,
)
from desktop_app.casework.forms import form
from desktop_app.casework.readings import held as once
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Edit, Record, RecordId, link
from desktop_app.casework.words import _, inside

ACCEPTED, NOT_YET, TAKEN_BACK = "accepted", "not_yet", "taken_back"
_DONE = (TAKEN_BACK, ACCEPTED)
"""What an offer is done with; accepted outweighs taken back, whichever was said first."""
HANDOVERS = "handovers"
"""Name of the board."""
LATE_AFTER = timedelta(days=7)
"""An offer nobody has accepted for so long is late: the client is between two workers."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What these rules need of an offer."""

    form: ClassVar[str] = "handover"
    record: Record
    duty: str
    worker: str
    handed_to: str
    offered_on: date | None
    reason: str
    to_know: str
    promises: str
    assignment: bytes | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What these rules need of an answer to an offer."""

    form: ClassVar[str] = "handover_answer"
    record: Record
    answer: str
    words: str
    answered_on: date | None
    handover: bytes | None


class Open(NamedTuple):
    """An offer that waits.

    Attributes:
        offer: the offer.
        not_yet: the answer "not yet" that stands; None while there is none.
    """

    offer: Offer
    not_yet: Reply | None


FORMS = frozenset({Offer.form, Reply.form, Assignment.form})
"""The forms these rules read."""


def open_offers(records: Iterable[Record], day: date) -> list[Open]:
    """Return the offers that wait for an answer on a day, earliest first."""
    held = once(records)
    found = []
    for offer in _latest(held):
        reply = _reply(offer, held)
        done = reply is not None and reply.answer in _DONE
        if not done and offer.worker in workers_on(held, offer.duty, day):
            found.append(Open(offer, reply))
    return found


def accepting(
    offer: Offer, records: Iterable[Record], *, on: date, new: Callable[[], RecordId]
) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Return what is saved when an offer is accepted, and what sets the assignments back.

    The worker's assignments of that duty end with a day, a reason and a name; one of the
    receiver's own begins.

    Args:
        offer: what is accepted.
        records: the client's records.
        on: today.
        new: makes a record id.
    """
    held = [one for one in read_all(Assignment, records) if one.duty == offer.duty]
    theirs = [one for one in held if one.worker == offer.worker and one.ended_on is None]
    ended: Answers = {
        "until_on": on.isoformat(),
        "handed_to": offer.handed_to,
        "handover_reason": offer.reason,
        "handover_note": offer.to_know or None,
    }
    begun: Answers = {
        "duty": offer.duty,
        "worker": offer.handed_to,
        "from_on": on.isoformat(),
        "offer": link(offer.record.id),
    }
    if theirs:
        begun["took_over"] = link(max(theirs, key=_since).record.id)
    of, shipped = offer.record.client, form(Assignment.form)
    answer: Answers = {
        "answer": ACCEPTED,
        "answered_on": on.isoformat(),
        "handover": link(offer.record.id),
    }
    edits = [Edit(Reply.form, new(), of, form(Reply.form).audience, answer)]
    edits += [_change(one.record, ended) for one in theirs]
    edits.append(Edit(Assignment.form, new(), of, shipped.audience, begun))
    before = [{name: one.record.answers.get(name) for name in ended} for one in theirs]
    back = [_change(one.record, was) for one, was in zip(theirs, before, strict=True)]
    return tuple(edits), tuple(back)


def handovers(file: CaseFile, look: Look) -> list[Due]:
    """Return the offers that are this person's: made to them, or by them."""
    mine = open_offers(file.records, look.day)
    return taken_twice.on_today(file, look) + [
        _due(one, file, look)
        for one in mine
        if look.me.id in (one.offer.handed_to, one.offer.worker)
    ]


def board() -> Board:
    """Return the board of the clients who are between two workers."""
    return Board(
        HANDOVERS,
        _("Handovers"),
        _("Clients one worker has offered to another, until the other has accepted."),
        _("No client waits to be taken over."),
        "handshake",
        FORMS,
        from_day,
        _rows,
    )


def _rows(file: CaseFile, look: Look) -> list[Due]:
    offered = [_due(one, file, look) for one in open_offers(file.records, look.day)]
    return [*taken_twice.rows(file, look), *offered]


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return today for a client with an offer nobody has accepted."""
    held = file.records
    replies = (_reply(one, held) for one in _latest(held))
    waits = any(one is None or one.answer not in _DONE for one in replies)
    return known.day if waits or taken_twice.twice(held) else None


def named(records: Iterable[Record]) -> list[str]:
    """Return the person ids of who made, and who was made, an offer that is not accepted."""
    held = once(records)
    found = []
    for one in _latest(held):
        reply = _reply(one, held)
        if reply is None or reply.answer not in _DONE:
            found += [one.worker, one.handed_to]
    return found


def offer_because(found: Open, look: Look) -> tuple[Piece, ...]:
    """Return why an offer is shown, as whoever looks reads it."""
    offer = found.offer
    me, team = look.me.id, look.team
    worker = _("you") if offer.worker == me else team.name_of(offer.worker)
    to = _("you") if offer.handed_to == me else team.name_of(offer.handed_to)
    values = {
        "worker": worker,
        "to": to,
        "duty": codes("duty").label(offer.duty).lower(),
        "reason": inside(codes("offer_reason").label(offer.reason)),
        "when": say_short(offer.offered_on.isoformat(), look.day) if offer.offered_on else "?",
    }
    words = (
        _("**you offer them to %(to)s as %(duty)s**, since %(when)s: %(reason)s")
        if offer.worker == me
        else _("**%(worker)s offers them to %(to)s as %(duty)s**, since %(when)s: %(reason)s")
    )
    lead, reply = _("because "), found.not_yet.words if found.not_yet else ""
    if found.not_yet is not None:  # first, because a narrow row cuts off the end
        lead = _("because **not yet: “%(reply)s”**; ") if reply else _("because **not yet**; ")
    return pieces(lead, {"reply": reply}) + pieces(words, values)


def _due(found: Open, file: CaseFile, look: Look) -> Due:
    offer, receives = found.offer, found.offer.handed_to == look.me.id
    answers: tuple[Answer, ...] = (ask_them(), open_file())
    pack = Answer("handover_pack", _("Pack"), "P")
    if receives:
        accept = Answer("accept_handover", _("Accept"), "A")
        answers = (accept, Answer("not_yet", _("Not yet"), "N"), pack, open_file())
    elif offer.worker == look.me.id:
        answers = (Answer("take_back_offer", _("Take it back"), "T"), pack, open_file())
    days = (look.day - offer.offered_on).days if offer.offered_on else 0
    return Due(
        Group.FIRST if receives else Group.FINISH,
        "handover",
        file.client.id,
        offer.record.id,
        file.name,
        because=offer_because(found, look),
        answers=answers,
        icon="handshake",
        tone="warn" if found.not_yet else "info",
        late=timedelta(days=days) > LATE_AFTER,
        order=(3, -days),
    )


def _latest(records: Iterable[Record]) -> list[Offer]:
    """Return the latest offer of each worker for each duty, earliest first."""
    made = sorted(
        read_all(Offer, records), key=lambda one: (one.offered_on or date.min, one.record.id)
    )
    found = {(one.duty, one.worker): one for one in made if one.handed_to}
    return sorted(found.values(), key=lambda one: (one.offered_on or date.min, one.record.id))


def _reply(offer: Offer, records: Iterable[Record]) -> Reply | None:
    """Return the receiver's answer that stands: accepted for good, else the latest."""
    answers = [
        one
        for one in read_all(Reply, records)
        if one.handover == offer.record.id and one.record.author in _may_say(one, offer)
    ]
    answers.sort(key=lambda one: (one.answered_on or date.min, one.record.id))
    done = [one for code in _DONE for one in answers if one.answer == code]
    said = done or answers
    return said[-1] if said else None


def _may_say(reply: Reply, offer: Offer) -> tuple[str, ...]:
    """Return whose answer counts: the receiver's, and taking back is for whoever offered."""
    if reply.answer == TAKEN_BACK:
        return (offer.worker, offer.record.author)
    return (offer.handed_to,)


def _since(one: Assignment) -> tuple[date, RecordId]:
    return (one.from_on or date.min, one.record.id)


def _change(record: Record, answers: Answers) -> Edit:
    return Edit(record.form, record.id, record.client, record.audience, answers)
