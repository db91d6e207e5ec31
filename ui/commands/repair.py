# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem repair`: what can be read of a damaged vault, in a new one; the damaged one is kept."""

from argparse import ArgumentParser, Namespace

from desktop_app.casework.words import _, ngettext
from storage.repair import Repaired, repair
from storage.unlock import unlock
from ui.clock import Clock
from ui.commands.console import Console
from ui.commands.vault import passphrase_for, takes_vault


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Repair; the status is 0 when nothing was lost."""
    key = unlock(arguments.vault, passphrase_for(arguments, console))
    done = repair(arguments.vault, key, now_ms=Clock().now_ms(), progress=console.progress)
    _tell(done, console)
    return int(bool(done.lost))


def _tell(done: Repaired, console: Console) -> None:
    console.give(
        {
            "kept": str(done.kept) if done.kept else None,
            "saved": done.saved,
            "lost": done.lost,
        }
    )
    if done.kept is None:
        console.say(_("The vault is whole. Nothing was changed."))
        return
    records = done.saved["record"]
    console.say(
        ngettext("%(n)d record was saved.", "%(n)d records were saved.", records) % {"n": records}
    )
    for table, count in done.lost.items():
        told = _("some") if count is None else str(count)
        console.say(_("Not saved: %(n)s of “%(table)s”.") % {"n": told, "table": table})
    if done.lost:
        console.say(_("Exchange now: what was shared comes back from your team."))
    console.say(_("The damaged vault is kept as it was: %(folder)s.") % {"folder": done.kept})
