# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The rites a vault goes through seldom, and must come through whole: recorded, to be cut short.

A passphrase changed, a recovery key added, a lost passphrase recovered, a backup, a restore over a
vault and where there is none, a repair, a migration. Before each a mark says what is about to be
done and what may open the vault from then on, after it that it is done.

    python -m tests.soak.at_rites RITE PLACE PAPER
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from storage import ledger, recovery, schema, unlock
from storage.backup import RECOVERY, back_up
from storage.repair import repair
from storage.restore import restore
from storage.store import Store
from tests.soak.recorder import Pencil
from tests.storage.pen import START_MS
from tests.storage.safe import DAY_MS, FAST, NEW, OLD

VAULT, ANEW, STICK = "vaults/northside", "vaults/anew", "stick"
THIRD = "orchid lantern summit harbour pencil"
TOMORROW = """
ALTER TABLE record ADD COLUMN tomorrow TEXT NOT NULL DEFAULT '';
UPDATE record SET tomorrow = hex(trail);
CREATE INDEX record_tomorrow ON record (tomorrow);
"""
"""A migration that writes many pages anew."""


class AtRites:
    """A vault, the stick its backups lie on, and the words that open both."""

    def __init__(self, place: Path, paper: str) -> None:
        self.vault, self.anew, self.stick = place / VAULT, place / ANEW, place / STICK
        self.paper = paper
        self.pencil = Pencil()
        self.words = OLD

    def passphrase(self) -> None:
        """Change the passphrase twice; the vault is opened in between."""
        for new in (NEW, THIRD):
            self.pencil.mark(about_to="words", words=new)
            unlock.change_passphrase(self.vault, self.words, new, cost=FAST, floor=FAST)
            self._done(new)
            self._opened().close()

    def recover(self) -> None:
        """Give the vault a new passphrase by its recovery words."""
        self.pencil.mark(about_to="words", words=NEW)
        unlock.recover(self.vault, self.paper, NEW, now_ms=START_MS, cost=FAST, floor=FAST)
        self._done(NEW)
        self._opened().close()

    def recovery(self) -> None:
        """Let another recovery key take the first one's place."""
        store, seed = self._opened(), recovery.new_seed()
        public = recovery.public_of(seed)
        self.pencil.mark(about_to="paper", paper=" ".join(recovery.words_of(seed)))
        unlock.add_recovery(self.vault, self.words, public, floor=FAST)
        with store.transaction():
            ledger.put_key(store, RECOVERY, public)
        self._done(self.words)
        store.close()

    def backup(self) -> None:
        """Make three backups, two of them on one day: the older of these is cleared away."""
        store = self._opened()
        for at_ms in (START_MS, START_MS + DAY_MS, START_MS + DAY_MS + 60_000):
            self.pencil.mark(about_to="backup")
            made = back_up(store, self.vault, self.stick, now_ms=at_ms)
            self.pencil.mark(done="backup", made=made.name)
        store.close()

    def restore(self) -> None:
        """Restore the vault from its backup, in its own place."""
        self._restore(self.vault)

    def restore_anew(self) -> None:
        """Restore where no vault is."""
        self._restore(self.anew)

    def repair(self) -> None:
        """Repair the vault."""
        self.pencil.mark(about_to="repair")
        repair(self.vault, self._key(), now_ms=START_MS)
        self._done(self.words)

    def migrate(self) -> None:
        """Open the vault with the Tandem of tomorrow."""
        self.pencil.mark(about_to="migrate")
        with tomorrow():
            store = self._opened()
        self._done(self.words)
        store.close()

    def _restore(self, to: Path) -> None:
        self.pencil.mark(about_to="words", words=NEW)
        backup = next(self.stick.iterdir())
        restore(
            backup,
            to,
            words=self.paper,
            passphrase=NEW,
            now_ms=START_MS + DAY_MS,
            cost=FAST,
            floor=FAST,
        )
        self._done(NEW)

    def _done(self, words: str) -> None:
        self.words = words
        self.pencil.mark(done="rite", words=words)

    def _key(self) -> bytearray:
        return unlock.unlock(self.vault, self.words, floor=FAST)

    def _opened(self) -> Store:
        return Store.open(self.vault, self._key())


RITES: dict[str, Callable[[AtRites], None]] = {
    "passphrase": AtRites.passphrase,
    "recover": AtRites.recover,
    "recovery": AtRites.recovery,
    "backup": AtRites.backup,
    "restore": AtRites.restore,
    "restore_anew": AtRites.restore_anew,
    "repair": AtRites.repair,
    "migrate": AtRites.migrate,
}


@contextmanager
def tomorrow() -> Iterator[None]:
    """Be of a Tandem whose vaults are one migration further."""
    today = schema.migrations
    scripts = (*today(), TOMORROW)
    schema.migrations = cache(lambda: scripts)
    try:
        yield
    finally:
        schema.migrations = today


def main() -> None:
    """Go through one."""
    rite, place, paper = sys.argv[1:]
    RITES[rite](AtRites(Path(place), paper))


if __name__ == "__main__":
    main()
