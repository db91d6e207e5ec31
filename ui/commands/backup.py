# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem backup`: a copy of a vault that only its recovery words open."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.words import _
from storage.backup import back_up
from ui.clock import Clock
from ui.commands.console import Console
from ui.commands.vault import opened, takes_vault


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="DIR",
        help=_("the folder for backups; best on another disk"),
    )


def run(arguments: Namespace, console: Console) -> int:
    """Make one; the status is 0 only when it was opened again and compared."""
    with opened(arguments, console) as store:
        made = back_up(
            store,
            arguments.vault,
            arguments.to,
            now_ms=Clock().now_ms(),
            progress=console.progress,
        )
    console.say(
        _("Backed up, opened again and compared: %(folder)s. Only the recovery words open it.")
        % {"folder": made}
    )
    console.give({"backup": str(made)})
    return 0
