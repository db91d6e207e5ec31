# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the doorstep hands to the store, and what it takes in from colleagues meanwhile."""

from collections.abc import Collection

from desktop_app.casework import forms
from desktop_app.casework.records import Answers, Edit, Record
from desktop_app.casework.wording import answer_in_words
from desktop_app.casework.words import _
from ui.authors import by_and_at, newest_of
from ui.pages import doorstep_answers, doorstep_fields
from ui.pages.doorstep_answers import ACCOUNT, VISIT, of_visit
from ui.pages.doorstep_facts import Facts
from ui.pages.doorstep_screen import DoorstepParts
from ui.session import Session

DAY_AND_TIME = ("next_step_on", "next_step_time")


def edits_of(
    session: Session, facts: Facts, typed: Answers, *, joined: Record | None, to: str
) -> list[Edit]:
    """Return the visit and the account to save, as far as something is different.

    Args:
        session: who saves.
        facts: what the screen was opened with.
        typed: every answer of the screen.
        joined: the colleague's visit the account is added to; None for one's own.
        to: the audience of a new account.
    """
    held = joined or facts.visit
    client = held.client if held else facts.asked
    visit = held.id if held else session.new_record()
    edits = []
    event = doorstep_answers.visit_answers(typed, held, joined=joined is not None)
    if event:
        kept = held.audience if held else ""
        edits.append(session.edit(VISIT, event, client=client, record=visit, narrowed_to=kept))
    account = facts.account
    if account is not None and not facts.editable:
        return edits
    words = doorstep_answers.account_answers(typed, account, visit)
    if words:
        record, client = (account.id, account.client) if account else (None, client)
        edits.append(session.edit(ACCOUNT, words, client=client, record=record, narrowed_to=to))
    return edits


def keep_as_correction(
    session: Session, facts: Facts, typed: Answers, touched: Collection[str]
) -> bool:
    """Keep what was typed into an account that was sealed meanwhile, as a draft of a correction.

    Args:
        session: whose vault keeps it.
        facts: what is known now.
        typed: every answer of the screen.
        touched: the questions that were answered here.
    """
    fields = forms.form(ACCOUNT).fields
    words = {name: typed.get(name) for name in touched if name in fields}
    if facts.account is None or not words:
        return False
    client = facts.account.client
    session.keep_draft(ACCOUNT, words, client=client, record=facts.account.id)
    return True


def take_in_visit(
    parts: DoorstepParts,
    before: Record,
    now: Record,
    newer: Facts,
    *,
    touched: Collection[str],
    session: Session,
) -> None:
    """Show what a colleague changed in a visit; where something was typed here, only tell it.

    Args:
        parts: the screen.
        before: the visit as it was.
        now: the visit as it is.
        newer: what is known now.
        touched: the questions that were answered here.
        session: whose team and day it is.
    """
    old, new, standing = of_visit(before), of_visit(now), doorstep_fields.answers_of(parts)
    changed = [name for name in {**old, **new} if new.get(name) != old.get(name)]
    shown: Answers = {}
    for name in changed:
        if name not in standing or standing[name] == new.get(name):
            continue
        if name in touched:
            doorstep_fields.say_arrived(parts, name, _arrived(now, name, newer, session))
        else:
            shown[name] = new.get(name)
    if not shown.keys().isdisjoint(DAY_AND_TIME):
        shown |= {name: new.get(name) for name in DAY_AND_TIME}
    doorstep_fields.show_answers(parts, shown)


def _arrived(visit: Record, name: str, newer: Facts, session: Session) -> str:
    """Return who changed an answer, when, and to what."""
    live = newest_of(visit, name)
    who, at = by_and_at(live, newer.authors, session) if live else (_("Somebody"), "")
    field = forms.form(VISIT).fields[name]
    said = answer_in_words(field, visit.answers.get(name), session.team, on=session.today())
    told = _("%(who)s changed this at %(time)s: %(words)s")
    return told % {"who": who, "time": at, "words": said or _("nothing")}
