# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem verify`: whether a table taken out of the audit is as it was signed, and by whom."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from sync.extract import ENDING, NotSigned, signed_on
from ui.commands.console import Console
from ui.commands.vault import opened, seat_in, takes_vault

LARGEST = 256 << 20


class NotVerified(CaseworkError):
    """The table is not as it was signed, or nobody of the team signed it."""


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("table", type=Path, metavar="TABLE", help=_("the table (CSV)"))
    parser.add_argument(
        "--signature", type=Path, metavar="FILE", help=_("the signature; TABLE.sig when not given")
    )
    takes_vault(parser)


def run(arguments: Namespace, console: Console) -> int:
    """Check the signature against the team's list of laptops."""
    table: Path = arguments.table
    signature: Path = arguments.signature or table.with_name(table.name + ENDING)
    raw, said = _read(table), _read(signature)
    with opened(arguments, console) as store:
        seat = seat_in(store)
        try:
            laptop = signed_on(seat.roster, raw, said.decode("ascii", "replace"))
        except NotSigned:
            raise NotVerified(
                _(
                    "This table is not as any laptop of the team signed it. Do not rely on it; ask "
                    "for the extract again."
                )
            ) from None
        names = {"name": seat.team.name_of(laptop.person), "laptop": laptop.name}
    console.say(_("As it was signed, by %(name)s on the laptop “%(laptop)s”.") % names)
    console.give({"signed": True, **names})
    return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError:
        raise NotVerified(
            _("The table or its signature cannot be read. Nothing was checked.")
        ) from None
