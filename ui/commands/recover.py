# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem recover`: a new passphrase for a vault whose old one is lost."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.words import _
from storage.unlock import recover
from ui.clock import Clock
from ui.commands.console import Console, new_passphrase, recovery_words
from ui.commands.vault import cost_beside


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "--vault", type=Path, required=True, metavar="V", help=_("the folder of the casebook")
    )
    takes_recovery(parser)


def takes_recovery(parser: ArgumentParser) -> None:
    """Let a command take the recovery words and a new passphrase."""
    parser.add_argument(
        "--recovery-file",
        metavar="FILE",
        help=_("read the recovery words from the first line of this file, - for standard input"),
    )
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=_("read the new passphrase from this file, - for standard input"),
    )


def run(arguments: Namespace, console: Console) -> int:
    """Give the vault a new passphrase; its records are not touched."""
    words = recovery_words(arguments, console)
    chosen = new_passphrase(arguments, console)
    console.progress(_("Opening the casebook ..."))
    recover(
        arguments.vault,
        words,
        chosen,
        now_ms=Clock().now_ms(),
        cost=cost_beside(arguments.vault),
    )
    console.say(_("The casebook has a new passphrase. The old one no longer opens it."))
    console.give({"recovered": True})
    return 0
