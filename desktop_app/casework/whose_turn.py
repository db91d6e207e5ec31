# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whose turn a row is that somebody else reads: whom to ask, and in which words to begin.

Rules, each with a test:

* Asked is whoever owns what the row waits for; where nobody does, whoever stands by the client,
  and where nobody does that either, the coordinator. Nobody asks themselves.
* The first words say of what is asked, and nothing of it that not every partner may read.
"""

from desktop_app.casework import handover, taken_twice
from desktop_app.casework.assignments import duties_on
from desktop_app.casework.due import CaseFile, Due, Look
from desktop_app.casework.due_chain import chain_of
from desktop_app.casework.forum import KIND as AGENDA
from desktop_app.casework.posture import posture_now
from desktop_app.casework.posture_rows import ASKED, may_answer
from desktop_app.casework.words import _

MISSED, HANDOVER = "missed", "handover"
"""Kinds of rows, as their own rules call them."""


def whom_to_ask(due: Due, file: CaseFile, look: Look) -> list[str]:
    """Return the person ids of whom a row can be asked of, in the order of their turn."""
    by = _beside(file, look)
    found = _owners(due, file, look, by) or by or list(look.team.coordinators)
    return [one for one in dict.fromkeys(found) if one and one != look.me.id]


def asking_words(due: Due) -> str:
    """Return the first words of what is asked."""
    if due.kind == MISSED and not (due.chain is not None and due.chain.told):
        return _("Can you see to this?")  # not everybody may know yet that any were missed
    return {
        MISSED: _("Missed appointments: what happens next?"),
        HANDOVER: _("The handover: what is it waiting for?"),
        taken_twice.KIND: _("Taken over twice: who has them?"),
        ASKED: _("Posture: do you agree?"),
        AGENDA: _("Before the case forum: what should be said of them?"),
    }.get(due.kind, _("Can you see to this?"))


def _owners(due: Due, file: CaseFile, look: Look, by: list[str]) -> list[str]:
    if due.kind == MISSED:
        chain = chain_of(file, look)
        return [one.owner for one in chain.to_do] if chain is not None else []
    if due.kind == HANDOVER:
        waits = handover.open_offers(file.records, look.day)
        return [
            person
            for one in waits
            if one.offer.record.id == due.record
            for person in (one.offer.handed_to, one.offer.worker)
        ]
    if due.kind == taken_twice.KIND:
        return list(look.team.coordinators)
    if due.kind == ASKED:
        asked = posture_now(file.records, look.team, look.day).asked
        acts = [one for one in asked if one.act.id == due.record]
        team = look.team
        return [who for who in by for one in acts if may_answer(one, team.persons[who], team)]
    return []


def _beside(file: CaseFile, look: Look) -> list[str]:
    """Return who stands by a client and is in the team still."""
    return [
        one.id
        for one in look.team.persons.values()
        if one.active and duties_on(file.records, one.id, look.day)
    ]
