# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem show`: records as JSON, for a person or a program outside Tandem.

Rules, each with a test:

* What leaves is logged first: the record of what was taken out is durable in the vault before one
  letter is written. Where it cannot be logged, nothing is shown.
* Only what this vault holds can leave; what was withdrawn says so.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any

import msgspec

from desktop_app.casework import audience, forms
from desktop_app.casework.audit import taken_out
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Answers, Record, RecordId, new_id
from desktop_app.casework.reference import reference, typed_reference
from desktop_app.casework.words import _
from storage import reads
from storage.store import Store
from ui.clock import Clock, local
from ui.commands.console import Console
from ui.commands.vault import me, opened, takes_vault


class NoSuchClient(CaseworkError):
    """No client in this vault has the reference asked for."""


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)
    parser.add_argument("--client", metavar="REF", help=_("only this client, such as OR-4F7K2"))
    parser.add_argument("--for", dest="recipient", metavar=_("WHOM"), help=_("who is to have it"))
    parser.add_argument("--why", metavar=_("REASON"), help=_("what it is for"))


def run(arguments: Namespace, console: Console) -> int:
    """Log that records are taken out, then write them."""
    clock = Clock()
    with opened(arguments, console) as store:
        person, team = me(store)
        client = find_client(store, arguments.client) if arguments.client else None
        found = reads.records(store, client=client.id if client else None, withdrawn=True)
        shown = [as_json(one, team) for one in found]
        answers: Answers = {
            "what": "client_file" if client else "list",
            "what_note": _("Records as JSON, on the command line"),
            "format": "json",
            "recipient": arguments.recipient or person.name,
            "reason": arguments.why or _("Asked for on the command line"),
        }
        whose = list(dict.fromkeys(one.client for one in found if one.client))
        log(store, person, answers, whose, records=len(shown), clock=clock)
        for one in shown:
            _write(one, console)
    return 0


def log(
    store: Store,
    person: Person,
    answers: Answers,
    clients: Sequence[RecordId],
    *,
    records: int,
    clock: Clock,
) -> None:
    """Write durably that something is about to leave Tandem."""
    form = forms.form("export")
    if not audience.may_write(form, person.roles):
        raise CaseworkError(_("This person may not take records out. Nothing was shown."))
    now_ms = clock.now_ms()
    record, at = new_id(now_ms, os.urandom(10)), clock.now().isoformat(timespec="minutes")
    store.save([taken_out(answers, clients, record=record, at=at, records=records)], now_ms=now_ms)


def find_client(store: Store, typed: str) -> Record:
    """Return the client with a reference.

    Raises:
        NoSuchClient: there is none, or more than one.
    """
    wanted = typed_reference(typed)
    held = reads.records(store, form="client") if wanted else []
    found = [one for one in held if reference(one.id) == wanted]
    if len(found) > 1:
        raise NoSuchClient(_("More than one client has this reference. Open the window instead."))
    if not found:
        raise NoSuchClient(_("No client in this casebook has this reference. Nothing was shown."))
    return found[0]


def as_json(record: Record, team: Team) -> dict[str, Any]:
    """Return a record as JSON says it."""
    shown: dict[str, Any] = {
        "id": record.id.hex(),
        "form": record.form,
        "client": reference(record.client) if record.client else None,
        "audience": record.audience,
        "author": team.name_of(record.author),
        "recorded_at": local(record.recorded_at).isoformat(timespec="seconds"),
        "answers": {name: v for name, v in record.answers.items() if not name.startswith("_")},
    }
    if record.withdrawn is not None:
        shown["withdrawn"] = record.withdrawn
    if record.conflicts:
        shown["two_answers"] = {
            name: [one.answers[name] for one in lives] for name, lives in record.conflicts.items()
        }
    return shown


def _write(value: dict[str, Any], console: Console) -> None:
    """Write one record: a line for a program, spread out for a person."""
    raw = msgspec.json.encode(value)
    console.write((raw if console.machine else msgspec.json.format(raw, indent=2)).decode() + "\n")
