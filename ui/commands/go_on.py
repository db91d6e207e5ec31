# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem go-on`: write again in a vault that is older than it should be, with all the team has."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.words import _
from storage import older
from sync.exchange import exchange
from sync.rollback import came_back
from sync.share import FolderShare
from ui.clock import Clock, local
from ui.commands.console import Console
from ui.commands.vault import opened, seat_in, takes_vault
from ui.older_words import one_that_came_back, what_came_back, what_happened


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)
    parser.add_argument(
        "--share", type=Path, required=True, metavar="DIR", help=_("the team's folder")
    )


def run(arguments: Namespace, console: Console) -> int:
    """Go on and exchange; the status is 0 when all was sent."""
    clock, share = Clock(), FolderShare(arguments.share)
    share.names("")  # not to go on before there is somebody to go on with
    today = clock.today()
    with opened(arguments, console) as store:
        was = older.older(store)
        if was is not None:
            console.say(what_happened(was, today))
        older.go_on(store, now_ms=clock.now_ms())
        was = was or older.went_on(store)
        console.progress(_("Taking in what the team has ..."))
        done = exchange(store, share, now_ms=clock.now_ms(), random=os.urandom)
        back = came_back(store, seat_in(store))
    said = what_came_back(was, back, today) if was is not None else []
    for line in (done.words, *done.notes, *said):
        console.say(line)
    for one in back:
        console.say(f"  {one_that_came_back(one, today)}")
    console.give(
        {
            "newest_own_work": _moment(was.held_ms) if was else None,
            "newest_known": _moment(was.known_ms) if was else None,
            "came_back": [
                {"record": one.record.hex(), "form": one.form, "at": _moment(one.at_ms)}
                for one in back
            ],
            "notes": list(done.notes),
            "unsent": done.unsent,
        }
    )
    return int(bool(done.unsent))


def _moment(ms: int) -> str | None:
    return local(ms).isoformat(" ", "minutes") if ms else None
