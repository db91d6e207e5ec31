# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""No key and no passphrase is echoed: more than thirty failures, forced one after the other.

What is looked through: every word of each error and of those behind it, standard output, standard
error, the log. What is looked for: the vault's key in any spelling, every passphrase and every
recovery word that was typed.
"""

import logging
import traceback
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from storage import entry, holders, keyfile, recovery, unlock
from storage.backup import back_up
from storage.connection import connect, peek
from storage.cost import Cost
from storage.durable import TRIES
from storage.errors import VaultError
from storage.keyfile import RECOVERY
from storage.rekey import rekey
from storage.restore import restore
from storage.store import Store
from tests.storage.pen import START_MS
from tests.storage.safe import FAST, NEW, OLD, Kept

LEAST = 30
WRONG = "velvet harbour pencil orchid zebra"
Act = Callable[[], object]


def spoil(path: Path, at: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 0x55
    path.write_bytes(raw)


class Trials:
    """Failures, and all that was said in them."""

    def __init__(self, kept: Kept) -> None:
        self.kept, self.folder = kept, kept.folder
        self.said: list[str] = []
        self.failures = 0
        self.whole = {one.name: one.read_bytes() for one in kept.folder.iterdir()}
        self.other = " ".join(recovery.words_of(recovery.new_seed()))
        self.backup = back_up(kept.store, kept.folder, kept.to, now_ms=START_MS)
        self.key = bytes(unlock.unlock_with_recovery(kept.folder, kept.paper))
        self.backup_key = bytes(unlock.unlock_with_recovery(self.backup, kept.paper))

    def fail(self, *acts: Act) -> None:
        """Do what must fail, and keep what it says."""
        for act in acts:
            with pytest.raises(VaultError) as raised:
                act()
            self.failures += 1
            error: BaseException | None = raised.value
            while error is not None:
                said = [*traceback.format_exception(error, chain=False), repr(error), str(error)]
                # Where our own test wrote the words into its source, they are no echo.
                self.said += [one for one in said if f'File "{__file__}"' not in one]
                error = error.__cause__ or error.__context__
            (self.folder / TRIES).unlink(missing_ok=True)

    def every_way_in(self) -> list[Act]:
        """Return the ways to open a vault, with the right words."""
        folder, paper = self.folder, self.kept.paper
        fast = {"cost": FAST, "floor": FAST}
        return [
            lambda: entry.enter(folder, OLD, now_ms=START_MS, floor=FAST),
            lambda: Store.open(folder, unlock.unlock(folder, OLD, floor=FAST)),
            lambda: connect(folder, unlock.unlock_with_recovery(folder, paper)),
            lambda: peek(folder, unlock.unlock_with_recovery(folder, paper)),
            lambda: self._again(paper, fast),
        ]

    def _again(self, paper: str, fast: dict[str, Cost]) -> None:
        unlock.recover(self.folder, paper, NEW, now_ms=START_MS, **fast)
        Store.open(self.folder, unlock.unlock(self.folder, NEW, floor=FAST))

    def wrong_words(self) -> list[Act]:
        """Return everything that takes words, with wrong ones."""
        folder, store = self.folder, self.kept.store
        fast = {"cost": FAST, "floor": FAST}
        found: list[Act] = [
            lambda: entry.enter(folder, WRONG, now_ms=START_MS, floor=FAST),
            lambda: unlock.change_passphrase(folder, WRONG, NEW, **fast),
            lambda: unlock.change_passphrase(folder, OLD, "password", **fast),
            lambda: unlock.add_recovery(folder, WRONG, bytes(32), floor=FAST),
            lambda: unlock.recover(folder, self.other, NEW, now_ms=START_MS, **fast),
            lambda: unlock.recover(folder, self.kept.paper, "password", now_ms=START_MS, **fast),
            lambda: rekey(store, WRONG, now_ms=START_MS, cost=FAST, floor=FAST),
            lambda: holders.drill(store, self.kept.paper, now_ms=START_MS),
            lambda: self._restored(words=self.other),
            lambda: self._restored(passphrase="password"),  # noqa: S106
        ]
        words = self.kept.paper.split()
        misread = ([*words[:-1], "zebra"], words[1:], [words[1], words[0], *words[2:]])
        tried = unlock.unlock_with_recovery
        return found + [partial(tried, folder, " ".join(typed)) for typed in misread]

    def _restored(self, *, words: str = "", passphrase: str = NEW) -> None:
        restore(
            self.backup,
            self.folder.with_name("anew"),
            words=words or self.kept.paper,
            passphrase=passphrase,
            now_ms=START_MS,
            cost=FAST,
            floor=FAST,
        )

    def put_back(self) -> None:
        """Let the vault's files be as they were."""
        for one in self.folder.iterdir():
            one.unlink()
        for name, raw in self.whole.items():
            (self.folder / name).write_bytes(raw)


def test_no_failure_tells_a_key_or_a_passphrase(
    kept: Kept, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    trials = Trials(kept)
    trials.fail(*trials.wrong_words())
    in_use = trials.every_way_in()
    trials.fail(in_use[0], in_use[1], in_use[2])
    kept.store.close()
    trials.whole = {one.name: one.read_bytes() for one in kept.folder.iterdir()}
    db, slots = kept.folder / "vault.db", kept.folder / keyfile.NAME
    for spoiling in (
        lambda: spoil(db, 3),
        lambda: spoil(db, 100),
        lambda: db.write_bytes(b"SQLite format 3\0" + bytes(4080)),
        db.unlink,
        lambda: slots.write_bytes(slots.read_bytes()[:-40]),
    ):
        spoiling()
        trials.fail(*trials.every_way_in())
        trials.put_back()
    spoil(trials.backup / "vault.db", 100)
    trials.fail(trials._restored)
    assert trials.failures >= LEAST
    out, err = capfd.readouterr()
    heard = "\n".join([*trials.said, out, err, caplog.text])
    assert [one for one in secrets(trials) if one in heard] == []


def secrets(trials: Trials) -> list[str]:
    """Return every spelling of what must not be heard."""
    found = [OLD, NEW, WRONG, trials.kept.paper, trials.other]
    for typed in (OLD, NEW, WRONG, trials.kept.paper, trials.other):
        words = typed.split()
        found += [f"{a} {b}" for a, b in pairwise(words)]
    for key in (trials.key, trials.backup_key):
        found += [key.hex(), key.hex()[:16], key.hex().upper(), repr(key)[2:-1], str(list(key))]
    return found


def test_what_is_listened_for_would_be_heard(kept: Kept) -> None:
    trials = Trials(kept)
    spoken = f"PRAGMA key = \"x'{trials.key.hex()}'\" {OLD}"
    assert [one for one in secrets(trials) if one in spoken]
    assert RECOVERY in {one.kind for one in keyfile.read(trials.folder / keyfile.NAME).slots}
