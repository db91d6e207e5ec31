# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem check`: prove that a vault is whole."""

from argparse import ArgumentParser, Namespace

from desktop_app.casework.words import _
from storage.check import check
from ui.commands.console import Console
from ui.commands.vault import opened, takes_vault


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Check every page, index and record; 0 when all is as it should be."""
    with opened(arguments, console) as store:
        found = check(store, progress=console.progress)
    if console.machine:
        wrong = [{"what": one.what, "words": one.words} for one in found]
        console.give({"whole": not found, "found": wrong})
    elif found:
        for one in found:
            console.say(one.words)
    else:
        console.say(_("The vault is whole."))
    return 1 if found else 0
