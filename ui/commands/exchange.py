# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem exchange`: one whole exchange with the team's folder, without the window."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.words import _
from sync.exchange import exchange
from sync.outcome import Exchanged
from sync.share import FolderShare
from ui.clock import Clock, local
from ui.commands.console import Console
from ui.commands.vault import opened, takes_vault

LAST_SHARED = "last_shared"
"""Setting inside the vault, shown by the window: when it last exchanged, ISO local time."""


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)
    parser.add_argument(
        "--share", type=Path, required=True, metavar="DIR", help=_("the team's folder")
    )


def run(arguments: Namespace, console: Console) -> int:
    """Exchange; the status is 0 when all was sent and nothing was set aside."""
    now_ms = Clock().now_ms()
    share = FolderShare(arguments.share)

    def show(done: int, of: int) -> None:
        console.progress(_("Sharing: %(done)d of %(all)d bundles ...") % {"done": done, "all": of})

    with opened(arguments, console) as store:
        done = exchange(store, share, now_ms=now_ms, random=os.urandom, progress=show)
        if not done.unsent:
            with store.transaction():
                store.put(LAST_SHARED, local(now_ms).isoformat(timespec="minutes"))
    _tell(done, console)
    return int(bool(done.unsent or done.stopped or any(one.settled for one in done.aside)))


def _tell(done: Exchanged, console: Console) -> None:
    aside = [one for one in done.aside if one.settled]
    console.say(done.words)
    waiting = [one.words for one in done.waiting]
    for note in (*done.notes, *waiting, *(one.reason.words for one in aside)):
        console.say(note)
    console.give(
        {
            "sent": done.sent,
            "added": done.added,
            "unsent": done.unsent,
            "changes": dict(done.items),
            "waiting": waiting,
            "set_aside": [one.reason.words for one in aside],
            "refused": done.refused,
            "requests": done.requests,
            "notes": list(done.notes),
        }
    )
