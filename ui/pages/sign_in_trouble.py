# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a casebook did not open: for each reason its own name and its own next steps.

Each is told from the others by what the vault found, never by guessing: somebody with damaged files
must not go on trying words, and somebody with a slip of the finger must not think their work gone.
"""

from typing import NamedTuple

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage import errors

RECOVER, RESTORE, REPAIR = "recover", "restore", "repair"
"""Ways out, as `Rescue` knows them."""


class Trouble(NamedTuple):
    """What to say of a casebook that did not open.

    Attributes:
        head: its name, in bold.
        words: what happened and what is safe.
        steps: what to do now; empty where the words say it already.
        ways: which ways out to offer, the likeliest first.
    """

    head: str
    words: str
    steps: str = ""
    ways: tuple[str, ...] = ()


def trouble_of(error: CaseworkError) -> Trouble:
    """Return what to say, and what to offer."""
    known = _known(str(error))
    return known.get(type(error), Trouble("", str(error)))


def _known(said: str) -> dict[type[CaseworkError], Trouble]:
    """Return every reason that has a name of its own; `said` is the error's own sentence."""
    return {
        errors.WrongPassphrase: Trouble(_("Wrong words."), said, ways=(RECOVER,)),
        errors.VaultDamaged: Trouble(
            _("Damaged."), said, _("Then repair it, or put a backup back."), (REPAIR, RESTORE)
        ),
        errors.VaultOlder: Trouble(
            _("Older."),
            _("This casebook is older than your team has seen. What was shared is safe with them."),
            _("Put a newer backup back, or sign in: it can be read, and says how to go on."),
            (RESTORE,),
        ),
        errors.VaultMissing: Trouble(_("Not there."), said, _("Put a backup back."), (RESTORE,)),
        errors.VaultInUse: Trouble(
            _("In use."),
            _("This casebook is already open in another Tandem window. Nothing in it is lost."),
            _("Go on in that window, which may lie behind this one, or close it first."),
        ),
        errors.LaptopFull: Trouble(
            _("Disk full."),
            _("This laptop's disk is full. Everything that was saved is safe."),
            _("Empty the bin, move films and pictures elsewhere, then press Unlock again."),
        ),
        errors.VaultNewer: Trouble(_("Newer."), said),
    }


def words_of_way(way: str) -> tuple[str, str]:
    """Return a way out as a button says it, with its Alt letter, and its icon."""
    return {
        RECOVER: (_("Use the &recovery words"), "key-round"),
        RESTORE: (_("Put a &backup back"), "archive"),
        REPAIR: (_("Check and r&epair"), "life-buoy"),
    }[way]
