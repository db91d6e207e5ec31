# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem repair`: what can be read of a damaged vault, in a new one; the damaged one is kept."""

from argparse import ArgumentParser, Namespace

from storage.entry import at_the_door
from storage.repair import Repaired, repair
from ui.clock import Clock
from ui.commands.console import Console
from ui.commands.vault import passphrase_for, takes_vault
from ui.putting_right import said_of_repaired


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Repair; the status is 0 when nothing was lost."""
    now_ms = Clock().now_ms()
    key = at_the_door(arguments.vault, passphrase_for(arguments, console), now_ms=now_ms)
    done = repair(arguments.vault, key, now_ms=now_ms, progress=console.progress)
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
    for words in said_of_repaired(done):
        console.say(words)
