# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem restore`: a vault made anew from a backup and the recovery words."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.people import Role
from desktop_app.casework.words import _, ngettext
from storage.restore import Restored, restore
from storage.store import Store
from storage.unlock import unlock
from sync.seat import seat_of
from ui import home as homes
from ui.clock import Clock, local
from ui.commands.console import Console, new_passphrase, recovery_words
from ui.commands.recover import takes_recovery


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
        "--to", type=Path, required=True, metavar="DIR", help=_("where the vault is to lie")
    )
    takes_recovery(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Restore; the status is 0 only when the new vault was opened with its new passphrase."""
    words = recovery_words(arguments, console)
    chosen = new_passphrase(arguments, console)
    done = restore(
        arguments.backup,
        arguments.to,
        words=words,
        passphrase=chosen,
        now_ms=Clock().now_ms(),
        progress=console.progress,
    )
    console.progress(_("Opening it with the new passphrase …"))
    store = Store.open(done.folder, unlock(done.folder, chosen))
    try:
        homes.write_about(done.folder, _about(store, done))
    finally:
        store.close()
    _tell(done, console)
    return 0


def _about(store: Store, done: Restored) -> homes.About:
    """Return what the sign-in page says: as before, else as the team's list says."""
    if done.kept is not None and (done.kept / homes.ABOUT).is_file():
        return homes.about_of(done.kept)
    seat = seat_of(store)
    if seat is None or seat.laptop is None:
        return homes.about_of(done.folder)
    person = seat.team.persons[seat.person]
    role = next((one.value for one in Role if one in person.roles), "")
    return homes.About(person.name, role, seat.laptop.name, team=seat.team.name)


def _tell(done: Restored, console: Console) -> None:
    newest = local(done.newest_ms).isoformat(" ", "minutes") if done.newest_ms else ""
    console.say(_("The vault is back: %(folder)s.") % {"folder": done.folder})
    if newest:
        console.say(
            _(
                "The newest of this laptop's own work in it is from %(when)s. What was written "
                "later comes back with the next exchange if it had been shared; if not, it is "
                "missing: write it again."
            )
            % {"when": newest}
        )
    if done.waiting:
        console.say(
            ngettext(
                "%(n)d change waits to be shared.",
                "%(n)d changes wait to be shared.",
                done.waiting,
            )
            % {"n": done.waiting}
        )
    if done.kept is not None:
        console.say(
            _("What was there before is kept as it was: %(folder)s.") % {"folder": done.kept}
        )
    console.give(
        {
            "folder": str(done.folder),
            "kept": str(done.kept) if done.kept else None,
            "newest_own_work": newest or None,
            "waiting": done.waiting,
        }
    )
