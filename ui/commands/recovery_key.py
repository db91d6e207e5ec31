# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem recovery-key`: the words that open a vault when its passphrase is lost, on one page.

Rules, each with a test:

* The page is whole on the disk before the vault knows of the key: no vault has a key nobody holds.
* A page is never written over another file, and a key never takes another's place unasked.
* The words are said on the page and nowhere else.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from desktop_app.reports.recovery_page import recovery_page
from storage import custody, ledger, recovery
from storage.backup import RECOVERY
from storage.durable import write_whole
from storage.unlock import add_recovery, wipe
from sync.seat import seat_of
from ui.clock import Clock
from ui.commands.console import Console
from ui.commands.vault import opened, passphrase_for, takes_vault


class NoNewKey(CaseworkError):
    """No recovery key was made; why is said in words."""


def takes(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    takes_vault(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE.pdf", help=_("the page to print")
    )
    parser.add_argument(
        "--anew",
        action="store_true",
        help=_("make another key in place of the one the casebook has"),
    )


def run(arguments: Namespace, console: Console) -> int:
    """Make a key, its page, and let it open the vault."""
    out: Path = arguments.out
    words = passphrase_for(arguments, console)
    with opened(arguments, console, words=words) as store:
        if ledger.key(store, RECOVERY) is not None and not arguments.anew:
            raise NoNewKey(
                _(
                    "This casebook has a recovery key. If its paper is lost or was seen, add "
                    "--anew: earlier backups still open with the old words only."
                )
            )
        if out.exists():
            raise NoNewKey(_("There is a file of this name already. Choose another name."))
        seat, seed = seat_of(store), recovery.new_seed()
        laptop = seat.laptop.name if seat is not None and seat.laptop is not None else ""
        made = recovery_page(recovery.words_of(seed), laptop=laptop, day=Clock().today())
        public = recovery.public_of(seed)
        wipe(seed)
        write_whole(out, made)
        add_recovery(arguments.vault, words, public)
        with store.transaction():
            ledger.put_key(store, RECOVERY, public)
            custody.note(store, "words_made", now_ms=Clock().now_ms())
    console.say(
        _(
            "Print %(file)s, put the page where you keep what may never be lost, then delete the "
            "file: whoever has its words can open the casebook and its backups."
        )
        % {"file": out}
    )
    console.give({"page": str(out)})
    return 0
