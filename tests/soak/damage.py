# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Damage: every page of a vault altered in three places, and pages and files moved about.

A vault is read whole after each attack, through every table and index. Whatever comes back without
an error must be what was there. What no look at the file can tell, since every page of it is one
that was once right, must be noticed otherwise: by the mark beside the vault when it is opened, by
what the share holds when it next exchanges, or by a check, which reads the signed bundles again.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from operator import methodcaller
from pathlib import Path
from typing import Any

from desktop_app.casework.records import Edit
from storage.check import check
from storage.connection import DB
from storage.errors import VaultDamaged, VaultError, VaultOlder
from storage.older import NAME as MARK
from storage.store import Draft, Store
from sync.exchange import exchange
from sync.replay import replay
from sync.share import FolderShare
from tests.bench.invented import Invented
from tests.soak.attacks import FILE, LOG, ONCE_RIGHT, Attack, Copies, attacks, flips
from tests.soak.figures import note, quick_scratch, scratch, small, tell
from tests.soak.workplace import Workplace, workplace

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
BY_THE_WAY = frozenset({"draft", "value"})
"""Tables that hold no work and follow from nothing: what was typed and not saved, settings."""
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
        seen: of what leaves what was once right: when each was first noticed.
        unseen: how many nothing noticed, though work reads as something else.
        by_the_way: how many nothing noticed, where no work does.
    """

    tried: int = 0
    wrong: int = 0
    unfound: int = 0
    other: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    unseen: int = 0
    by_the_way: int = 0


class Victim:
    """A vault that is laid out again for every attack."""

    def __init__(self, made: Workplace, folder: Path, files: dict[str, bytes]) -> None:
        self._made, self.folder, self._key = made, folder, bytes(made.key())
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

    def first_seen(self, files: dict[str, bytes]) -> str:
        """Say when somebody is told that the vault is not as it should be; empty for never."""
        self.lay(files)
        try:
            store = self._opened()
        except VaultError:
            return "when opened"
        try:
            if store.older:
                return "when opened"
            if self._exchanges_not(store):
                return "at the next exchange"
        finally:
            _close(store)
        self.lay(files)
        store = self._opened()
        try:
            return "by a check" if check(store) or replay(store) else ""
        finally:
            _close(store)

    def _exchanges_not(self, store: Store) -> bool:
        share = self.folder.with_name("share of a try")
        shutil.rmtree(share, ignore_errors=True)
        shutil.copytree(self._made.share, share)
        now_ms = self._made.now_ms + 3_600_000
        try:
            exchange(store, FolderShare(share), now_ms=now_ms, random=os.urandom)
        except (VaultOlder, VaultDamaged):
            return True
        return False

    def _opened(self) -> Store:
        return Store.open(self.folder, bytearray(self._key))


def _close(store: Store | None) -> None:
    if store is not None:
        with suppress(VaultError):
            store.close()
        store.db.close()


def suffered(
    victim: Victim,
    some: Iterator[Attack],
    truth: Answers,
    tally: Tally,
    *,
    once_right: bool = False,
) -> None:
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
        if wrong and once_right:
            tally_seen(victim, attack, [*zip(answers, truth, strict=True)], tally)


def tally_seen(
    victim: Victim, attack: Attack, answers: Sequence[tuple[Any, Any]], tally: Tally
) -> None:
    """Count when an attack is first noticed that leaves what once was right."""
    when = victim.first_seen(attack.files)
    tally.seen[when] += 1
    if when:
        return
    tables = [question.split(" FROM ")[1].split()[0] for question in QUESTIONS]
    tables += ["record"] * (len(answers) - len(tables))
    wrong = {
        table
        for table, (got, right) in zip(tables, answers, strict=True)
        if got is not None and got != right
    }
    if wrong <= BY_THE_WAY:
        tally.by_the_way += 1
    else:
        tally.unseen += 1
        note(f"noticed by nothing: {attack.what}, {sorted(wrong)}")


def copies(made: Workplace, scrap: Path) -> Copies:
    """Return a vault as it was, as it is, and as it lay while it was open.

    Since it was as it was, work was saved and shared, and more was saved and not shared yet.
    """
    old, old_mark = (made.vault / DB).read_bytes(), (made.vault / MARK).read_bytes()
    store, invented = Store.open(made.vault, made.key()), Invented("later")
    half = len(made.clients) // 2
    try:
        for number, client in enumerate(made.clients):
            if number == half:
                now_ms = made.now_ms + number
                exchange(store, FolderShare(made.share), now_ms=now_ms, random=os.urandom)
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
        mark=(made.vault / MARK).read_bytes(),
        old_mark=old_mark,
    )


def main() -> None:
    """Measure."""
    dice = random.Random("damage")  # noqa: S311
    every = 25 if small() else 1
    with scratch() as place, quick_scratch() as quick:
        desk = workplace(place / "made", clients=40, visits=40)
        made = copies(desk, place / "running")
        victim = Victim(desk, quick / "vault", {DB: made.new})
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
            right = kind in ONCE_RIGHT
            beside = {MARK: made.mark} if right else {}
            with_mark = (Attack(one.what, beside | one.files) for one in some)
            suffered(victim, with_mark, truth, moved[kind], once_right=right)
            note(f"{kind}: {moved[kind]}")
    whole = 3 * made.pages
    tell("Damage: bits flipped, in content, IV and HMAC", pages.tried, "", whole, at_least=True)
    tell("Damage: flips read without an error as something else", pages.wrong, "", 0)
    tell("Damage: flips a check does not find", pages.unfound, "", 0)
    other = sum((pages.other + sum((one.other for one in moved.values()), Counter())).values())
    tell("Damage: told in other words than that the vault is damaged", other, "", 0)
    for kind, tally in moved.items():
        if kind in ONCE_RIGHT:
            told = ", ".join(f"{count:,} {when}" for when, count in tally.seen.items() if when)
            more = f"; {tally.by_the_way:,} more hold no work" if tally.by_the_way else ""
            what = f"{tally.wrong:,} of {tally.tried:,} read as something else, noticed {told}"
            tell(f"Damage: {kind}, {what}{more}; by nothing", tally.unseen, "", 0)
            continue
        name = f"Damage: {kind}, of {tally.tried:,} read as something else"
        tell(name, tally.wrong, "", 0)
        if kind in FILE:
            tell(f"Damage: {kind}, not found by a check", tally.unfound, "", 0)


if __name__ == "__main__":
    main()
