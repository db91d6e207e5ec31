# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem check`: whether a vault is whole, page by page, and what the signed bundles say."""

from argparse import ArgumentParser, Namespace

from desktop_app.casework.words import _, ngettext
from storage import reads
from storage.check import check
from sync.replay import replay
from ui.commands.console import Console
from ui.commands.vault import opened, takes_vault


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Check everything; the status is 0 when nothing is wrong."""
    with opened(arguments, console) as store:
        damage = check(store, progress=console.progress)
        # Only where every page is whole can one of them be told to be an old one.
        found = damage or replay(store, progress=console.progress)
        held = 0 if found else sum(reads.counts(store).values())
    for one in found:
        console.complain(one.words)
    if damage:
        console.complain(
            _("Leave its folder as it is and tell the coordinator. What was shared is safe.")
        )
    elif found:
        console.complain(
            _(
                "An older part of the file was put back. What was shared is safe: tandem go-on "
                "makes everything anew from the signed bundles and takes in what the team has."
            )
        )
    else:
        console.say(
            ngettext(
                "The casebook is whole. It holds %(n)d record.",
                "The casebook is whole. It holds %(n)d records.",
                held,
            )
            % {"n": held}
        )
    console.give({"whole": not found, "records": held, "found": [one.words for one in found]})
    return int(bool(found))
