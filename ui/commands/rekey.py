# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem rekey`: a new key for a vault, when somebody may have seen the old one."""

from argparse import ArgumentParser, Namespace

from desktop_app.casework.words import _
from storage.rekey import rekey
from ui.clock import Clock
from ui.commands.console import Console
from ui.commands.vault import cost_beside, opened, passphrase_for, takes_vault


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Encrypt it anew; the status is 0 only when it was opened with its new key and compared."""
    words = passphrase_for(arguments, console)
    with opened(arguments, console, words=words) as store:
        rekey(
            store,
            words,
            now_ms=Clock().now_ms(),
            cost=cost_beside(arguments.vault),
            progress=console.progress,
        )
    console.say(
        _(
            "The casebook has a new key and was opened again with it. The passphrase and the "
            "recovery words are the same. What was copied before still opens as it did: an old "
            "copy of the casebook with the old key, earlier backups with the recovery words."
        )
    )
    console.give({"rekeyed": True})
    return 0
