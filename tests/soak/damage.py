# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Damage: every page of a vault altered in three places, and pages and files moved about.

A vault is read whole after each attack, through every table and index. Whatever comes back without
an error must be what was there. What no look at the file can tell, since every page of it is one
that was once right, is named so in the table: only the heads on the share can show it.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from operator import methodcaller
from pathlib import Path
from typing import Any

from desktop_app.casework.records import Edit
from storage.check import check
from storage.connection import DB
from storage.errors import VaultDamaged, VaultError
from storage.store import Draft, Store
from storage.unlock import unlock
from tests.bench.invented import Invented
from tests.soak.attacks import FILE, LOG, SEEN_ON_THE_SHARE, Attack, Copies, attacks, flips
from tests.soak.figures import note, quick_scratch, scratch, small, tell
from tests.soak.workplace import LOW, WORDS, workplace

QUESTIONS = (
    "SELECT * FROM record ORDER BY place",
    "SELECT id FROM record INDEXED BY record_client WHERE client >= x'' ORDER BY client, happened",
    "SELECT id FROM record INDEXED BY record_form WHERE form >= '' ORDER BY form, happened",
    "SELECT * FROM caseload ORDER BY place",
    "SELECT name FROM caseload INDEXED BY caseload_name WHERE name >= '' ORDER BY name",
    "SELECT born FROM caseload INDEXED BY caseload_born WHERE born >= '' ORDER BY born",
    "SELECT * FROM bundle ORDER BY place",
    "SELECT * FROM bundle_raw ORDER BY place",
    "SELECT * FROM feed ORDER BY number",
    "SELECT * FROM own",
    "SELECT * FROM pending ORDER BY place",
    "SELECT * FROM draft ORDER BY client",
    "SELECT * FROM document ORDER BY kind, n, id",
    "SELECT * FROM secret ORDER BY name",
    "SELECT * FROM seen ORDER BY feed, other",
    "SELECT * FROM value ORDER BY name",
    "SELECT * FROM works_with ORDER BY person, client",
    "SELECT * FROM sound ORDER BY sound, place",
    "SELECT rowid FROM words WHERE words MATCH 'zz* OR s*' ORDER BY rowid",
)
LONG = "SELECT id FROM record WHERE length(live) > 4000 ORDER BY id"
Answers = list[Any]


@dataclass(slots=True)
class Tally:
    """What came of attacks of one kind.

    Attributes:
        tried: how many there were.
        wrong: how many gave something else than was there, without an error.
        unfound: how many a check of the vault finds nothing of, whatever was read.
        other: how many were told in other words than that the vault is damaged.
    """

    tried: int = 0
    wrong: int = 0
    unfound: int = 0
    other: Counter[str] = field(default_factory=Counter)


class Victim:
    """A vault that is laid out again for every attack."""

    def __init__(self, folder: Path, key: bytes, files: dict[str, bytes]) -> None:
        self.folder, self._key = folder, key
        self.lay(files)
        store = self._opened()
        self._long = [row[0] for row in store.rows(LONG)]
        _close(store)

    def lay(self, files: dict[str, bytes]) -> None:
        """Put its files there, and nothing else."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name, raw in files.items():
            (self.folder / name).write_bytes(raw)

    def read(self, other: Counter[str]) -> Answers:
        """Ask every question; None for an answer that was an error."""
        answers: Answers = []
        store: Store | None = None
        for ask in self._asks():
            try:
                store = store or self._opened()
                answers.append(ask(store))
            except Exception as error:  # noqa: BLE001  all but one of them are to be counted
                if not isinstance(error, VaultDamaged):
                    other[type(error).__name__] += 1
                answers.append(None)
                _close(store)  # an error of one page clings to a connection
                store = None
        _close(store)
        return answers

    def _asks(self) -> Iterator[Callable[[Store], Any]]:
        """Yield every question, then a look at each record that goes on in pages of its own."""
        yield from (methodcaller("rows", question) for question in QUESTIONS)
        yield from (methodcaller("record", record) for record in self._long)

    def found(self) -> bool:
        """Say whether a check finds something."""
        try:
            store = self._opened()
        except VaultError:
            return True
        try:
            return bool(check(store))
        finally:
            _close(store)

    def _opened(self) -> Store:
        return Store.open(self.folder, bytearray(self._key))


def _close(store: Store | None) -> None:
    if store is not None:
        with suppress(VaultError):
            store.close()
        store.db.close()


def suffered(victim: Victim, some: Iterator[Attack], truth: Answers, tally: Tally) -> None:
    """Try attacks and count what came of them."""
    for attack in some:
        victim.lay(attack.files)
        answers = victim.read(tally.other)
        wrong = any(
            got is not None and got != right for got, right in zip(answers, truth, strict=True)
        )
        victim.lay(attack.files)
        found = victim.found()
        tally.tried += 1
        tally.wrong += wrong
        if wrong and found:
            note(f"read as something else: {attack.what}")
        tally.unfound += not found


def copies(folder: Path, scrap: Path) -> Copies:
    """Return a vault as it was, as it is, and as it lay while it was open."""
    made = workplace(folder, clients=40, visits=40)
    old = (made.vault / DB).read_bytes()
    store, invented = Store.open(made.vault, made.key()), Invented("later")
    try:
        for number, client in enumerate(made.clients):
            # Longer than a page: such words go on in pages of their own.
            words = f"{number} " + "told on the quay " * 60 * number
            note_ = Edit("note", invented.new_id(), client, "partners", {"note": words})
            store.save([note_, invented.visit(client, "")], now_ms=made.now_ms + number)
            store.keep_draft(Draft("note", client, b"", "", {"note": words}, made.now_ms))
        shutil.copytree(made.vault, scrap)
    finally:
        store.close()
    return Copies(
        old=old,
        new=(made.vault / DB).read_bytes(),
        running=(scrap / DB).read_bytes(),
        log=(scrap / f"{DB}-wal").read_bytes(),
    )


def main() -> None:
    """Measure."""
    dice = random.Random("damage")  # noqa: S311
    every = 25 if small() else 1
    with scratch() as place, quick_scratch() as quick:
        made = copies(place / "made", place / "running")
        key = bytes(unlock(place / "made" / "other", WORDS, floor=LOW))
        victim = Victim(quick / "vault", key, {DB: made.new})
        truth = victim.read(Counter())
        victim.lay({DB: made.running, LOG: made.log})
        if None in truth or victim.read(Counter()) != truth:
            raise SystemExit("an untouched vault does not read the same, closed and open")
        pages = Tally()
        suffered(victim, flips(made, dice, every=every), truth, pages)
        note(f"{pages}")
        moved: dict[str, Tally] = {}
        for kind, some in attacks(made, dice, every=every):
            moved[kind] = Tally()
            suffered(victim, some, truth, moved[kind])
            note(f"{kind}: {moved[kind]}")
    whole = 3 * made.pages
    tell("Damage: bits flipped, in content, IV and HMAC", pages.tried, "", whole, at_least=True)
    tell("Damage: flips read without an error as something else", pages.wrong, "", 0)
    tell("Damage: flips a check does not find", pages.unfound, "", 0)
    other = sum((pages.other + sum((one.other for one in moved.values()), Counter())).values())
    tell("Damage: told in other words than that the vault is damaged", other, "", 0)
    for kind, tally in moved.items():
        heads = "; only heads on the share can tell" if kind in SEEN_ON_THE_SHARE else ""
        name = f"Damage: {kind}, of {tally.tried:,} read as something else"
        tell(f"{name}{heads}", tally.wrong, "", 0)
        if kind in FILE:
            tell(f"Damage: {kind}, not found by a check", tally.unfound, "", 0)


if __name__ == "__main__":
    main()
