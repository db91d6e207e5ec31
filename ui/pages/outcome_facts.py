# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a form on the last four weeks is asked with, gathered from the vault in one go."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.corrections import in_force_of
from desktop_app.casework.outcome_pack_file import Pack
from desktop_app.casework.outcomes import AFTER, REVIEW, Filled, form_due, look_back_on, pack_of
from desktop_app.casework.readings import read, read_all
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.treatment import episode_now
from storage import reads
from storage.store import Store
from ui.pages.client_file import ClientFile, client_file
from ui.pages.plan_facts import PLAN_FORMS, packs_of
from ui.pages.record_facts import is_unsent
from ui.session import Session
from ui.team_limits import limits_of


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """What the page asks with.

    Attributes:
        file: the client's file.
        pack: the questions.
        record: the form that is changed or corrected; None for a new one.
        correcting: whether others may have read it, so that a correction follows it.
        stage: at which stage a new one would be.
        look_back: which four weeks it would ask about.
        older: the form that was asked for, where `record` has corrected it meanwhile.
    """

    file: ClientFile
    pack: Pack
    record: Record | None
    stage: str
    look_back: str
    correcting: bool = False
    older: Record | None = None


def question(
    session: Session, client: RecordId, record: RecordId | None
) -> Callable[[Store], OutcomeFacts | None]:
    """Return what to ask the vault for the form of a client."""
    team, now = session.team, session.now()

    def ask(store: Store) -> OutcomeFacts | None:
        person = reads.client(store, client)
        if person is None:
            return None
        held = reads.standing(store, client, forms=PLAN_FORMS, near=(), since="")
        file = client_file(person, held, team, now=now)
        known, day = packs_of(store), now.date()
        old = _counting(held, record)
        pack = pack_of(read(Filled, old), known) if old is not None else known.in_use
        due = form_due(file.records, day, limits_of(store))
        running = episode_now(file.records, day) is not None
        stage = due.stage if due else REVIEW if running else AFTER
        look_back, out = look_back_on(file.records, day), _is_out(store, old, session)
        asked = next((one for one in held if one.id == record), None)
        older = asked if asked is not None and old is not None and asked.id != old.id else None
        return OutcomeFacts(file, pack, old, stage, look_back, out, older)

    return ask


def _counting(held: Sequence[Record], record: RecordId | None) -> Record | None:
    """Return the form that is to be put right: what corrects it, where somebody already has."""
    found = in_force_of(record, read_all(Filled, held)) if record else None
    return found.record if found else None


def _is_out(store: Store, old: Record | None, session: Session) -> bool:
    """Say whether others may have read a form: it is corrected then, not altered."""
    return old is not None and (old.author != session.me.id or not is_unsent(store, old))


def shown_of(facts: OutcomeFacts | None) -> Sight | None:
    """Return what the page shows, for the audit; None for a client who is not held."""
    if facts is None:
        return None
    shown = [facts.record] if facts.record else []
    return sight("outcome", shown, clients=[facts.file.client.id])
