# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A vault with a recovery key for tests: backed up, restored, damaged, compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage import copies, entry, ledger, recovery, unlock
from storage.backup import RECOVERY, back_up
from storage.restore import Restored, restore
from storage.store import Store
from storage.unlock import Cost
from tests.storage.pen import OWN, START_MS, Pen, feed

FAST = Cost(1, 8192)
OLD = "amber copper dolphin lantern willow"
NEW = "velvet harbour pencil orchid summit"
DAY_MS = 24 * 3600 * 1000
SAID = "Kettle talk by the quay"


@dataclass
class Kept:
    """A vault with a recovery key, and where its backups go."""

    folder: Path
    store: Store
    paper: str
    to: Path

    def back_up(self, now_ms: int = START_MS) -> Path:
        return back_up(self.store, self.folder, self.to, now_ms=now_ms)

    def restore(self, backup: Path, to: Path | None = None, *, words: str = "") -> Restored:
        return restore(
            backup,
            to or self.folder.with_name("anew"),
            words=words or self.paper,
            passphrase=NEW,
            now_ms=START_MS + DAY_MS,
            cost=FAST,
            floor=FAST,
        )


@contextmanager
def kept_in(place: Path) -> Iterator[Kept]:
    folder = place / "vaults" / "northside"
    store = entry.create(folder, OLD, cost=FAST, floor=FAST)
    seed = recovery.new_seed()
    with store.transaction():
        ledger.use_feed(store, feed(OWN), author="ann")
        ledger.put_key(store, RECOVERY, recovery.public_of(seed))
    unlock.add_recovery(folder, OLD, recovery.public_of(seed), floor=FAST)
    pen = Pen(store)
    client = pen.client("Croft", "Leanne", born="1994-07-02")
    pen.write("note", {"note": SAID}, client=client)
    made = Kept(folder, store, " ".join(recovery.words_of(seed)), place / "stick")
    try:
        yield made
    finally:
        made.store.db.close()


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, so that two vaults can be compared."""
    return {
        name: sorted(store.rows(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608
        for name in copies.tables(store)
    }


def opened(folder: Path, passphrase: str = NEW) -> Store:
    return Store.open(folder, unlock.unlock(folder, passphrase, floor=FAST))


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}
