# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem restore`: a vault made anew from a backup and the recovery words."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.words import _
from ui.clock import Clock, local
from ui.commands.console import Console, new_passphrase, recovery_words
from ui.commands.recover import takes_recovery
from ui.commands.vault import cost_beside
from ui.putting_right import put_back, said_of_restored


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--from",
        dest="backup",
        type=Path,
        required=True,
        metavar="B",
        help=_("the backup: a folder whose name begins tandem-backup"),
    )
    parser.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help=_("where the casebook is to lie")
    )
    takes_recovery(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Restore; the status is 0 only when the new vault was opened with its new passphrase."""
    words = recovery_words(arguments, console)
    chosen = new_passphrase(arguments, console)
    done = put_back(
        arguments.backup,
        arguments.to,
        words=words,
        passphrase=chosen,
        cost=cost_beside(arguments.to),
        now_ms=Clock().now_ms(),
        progress=console.progress,
    )
    console.say(_("The casebook is back: %(folder)s.") % {"folder": done.folder})
    for words in said_of_restored(done):
        console.say(words)
    newest = local(done.newest_ms).isoformat(" ", "minutes") if done.newest_ms else ""
    console.give(
        {
            "folder": str(done.folder),
            "kept": str(done.kept) if done.kept else None,
            "newest_own_work": newest or None,
            "waiting": done.waiting,
        }
    )
    return 0
