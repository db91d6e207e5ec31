# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem demo`: a made-up team to try everything in."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

from desktop_app.casework.dates import NotADate, read_date
from desktop_app.casework.made_up_cast import town
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from ui import home as homes
from ui.clock import Clock
from ui.commands.console import Console
from ui.made_up import make_team


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("place", type=Path, metavar="DIR", help=_("an empty or a new folder"))
    parser.add_argument(
        "--clients", type=_count, default=24, metavar="N", help=_("how many clients; usually 24")
    )
    parser.add_argument(
        "--months", type=_count, default=6, metavar="M", help=_("how many months; usually 6")
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help=_("which of many such teams; usually 1")
    )
    parser.add_argument(
        "--today", type=_day, metavar="DAY", help=_("the day it is made for; usually today")
    )


def run(arguments: Namespace, console: Console) -> int:
    """Make the team, and say how to open it."""
    place: Path = arguments.place

    def tell(done: int, of: int) -> None:
        console.progress(
            _("Making up a team: %(done)d of %(all)d changes ...") % {"done": done, "all": of}
        )

    tell(0, 1)
    make_team(
        place,
        today=arguments.today or Clock().today(),
        clients=arguments.clients,
        months=arguments.months,
        seed=arguments.seed,
        tell=tell,
    )
    _tell(place, console)
    return 0


def _tell(place: Path, console: Console) -> None:
    passphrase, recovery = town().passphrase, homes.made_up_recovery(place)
    vaults = homes.vaults(place)
    console.say(_("A made-up team is ready. Nobody in it is real."))
    console.say("")
    for one in vaults:
        role = Role(one.about.role)
        console.say(f"  {one.about.person:16} {role.words:16} {one.folder}")
    console.say("")
    console.say(_("Passphrase of all of them:  %(words)s") % {"words": passphrase})
    console.say(_("Recovery words of the team:  %(words)s") % {"words": recovery})
    console.say(_("Team folder:  %(folder)s") % {"folder": str(place / "share")})
    console.say(_("To open it:  tandem --home %(folder)s") % {"folder": str(place)})
    console.give(
        {
            "home": str(place),
            "share": str(place / "share"),
            "passphrase": passphrase,
            "recovery": recovery,
            "vaults": {one.about.role: str(one.folder) for one in vaults},
        }
    )


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise ArgumentTypeError(_("give a number from 1"))
    return number


def _day(text: str) -> date:
    try:
        day = read_date(text, Clock().today())
    except NotADate as error:
        raise ArgumentTypeError(str(error)) from None
    if day is None:
        raise ArgumentTypeError(_("give a day"))
    return day
