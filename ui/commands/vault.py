# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Opening a vault from the command line, and closing it whatever happens."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.casework.people import Person, Team
from desktop_app.casework.words import _
from storage.cost import Cost, of_laptop
from storage.entry import enter
from storage.store import Store
from storage.tries import told
from sync.seat import NotInTeam, Seat, seat_of
from ui import home as homes
from ui.clock import Clock
from ui.commands.console import Console, passphrase


def takes_vault(parser: ArgumentParser) -> None:
    """Let a command take the vault it works on."""
    parser.add_argument(
        "--vault", type=Path, required=True, metavar="V", help=_("the folder of the casebook")
    )
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help=_("read the passphrase from this file, - for standard input"),
    )


def passphrase_for(arguments: Namespace, console: Console) -> str:
    """Return the passphrase of the vault a command was given.

    Raises:
        NoPassphrase: there is neither a file nor a terminal.
    """
    # A made-up team's passphrase lies beside its vaults, for everybody to read.
    known = homes.made_up_passphrase(arguments.vault.resolve().parent.parent)
    return passphrase(arguments, console, known=known)


def cost_beside(vault: Path) -> Cost:
    """Return what a guess at a passphrase costs on this laptop, going by where its vaults lie.

    Raises:
        NotEnoughMemory: as it says.
    """
    return of_laptop(vault.resolve().parent.parent)


@contextmanager
def opened(arguments: Namespace, console: Console, *, words: str = "") -> Iterator[Store]:
    """Open the vault a command was given; close it at the end.

    Args:
        arguments: what was typed.
        console: whom to ask.
        words: the passphrase, when it was asked for already.

    Raises:
        CaseworkError: in words, why it cannot be opened.
    """
    folder: Path = arguments.vault
    words = words or passphrase_for(arguments, console)
    console.progress(_("Opening the casebook ..."))
    entered = enter(folder, words, now_ms=Clock().now_ms())
    store = entered.store
    if entered.tries.count:
        console.complain(told(entered.tries))
    try:
        yield store
    finally:
        store.close()


def seat_in(store: Store) -> Seat:
    """Return this vault's seat in its team.

    Raises:
        NotInTeam: it has none.
    """
    seat = seat_of(store)
    if seat is None:
        raise NotInTeam
    return seat


def me(store: Store) -> tuple[Person, Team]:
    """Return whose vault it is, and their team."""
    seat = seat_in(store)
    team = seat.team
    return team.persons[seat.person], team
