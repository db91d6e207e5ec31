# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody at work in a real vault: what is recorded, for the power to be cut in the middle of it.

Saves, alters, keeps drafts, exchanges, changes the passphrase, closes and opens, in an order that
comes from a seed. Before each thing it marks what it is about to do, after it that it is done.

    python -m tests.soak.at_work PLACE SEED STEPS [careless]

Careless is the negative control: the vault no longer flushes (`synchronous = OFF`).
"""

import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.casework.records import Answers, Edit
from storage import ledger
from storage.errors import LaptopFull
from storage.store import Draft, Store
from storage.unlock import change_passphrase, unlock
from sync import places
from sync.exchange import exchange
from sync.seat import Seat, seat_of
from sync.share import FolderShare
from tests.bench.invented import Invented
from tests.soak.recorder import Pencil
from tests.soak.workplace import LOW, SHARE, VAULT, WORDS

A_DAY_MS = 24 * 3600 * 1000
SOME_PAGES = 30_000
"""So many letters fill several pages of the file."""


class SlowShare(FolderShare):
    """A share on which a colleague's work appears little by little; marks what is sent."""

    def __init__(self, place: Path, pencil: Pencil, dice: random.Random) -> None:
        super().__init__(place, random=dice.randbytes)
        self.pencil = pencil
        self.upto = 0

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, without the bundles that are yet to come."""
        return [one for one in super().names(folder) if self._there(one)]

    def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Write files; from now on others may have them."""
        self.pencil.mark(sent=[path for path, _raw in files])
        return super().put(files)

    def _there(self, name: str) -> bool:
        found = places.numbered(name)
        return not name.endswith(".bundle") or found is None or found[0] <= self.upto


class AtWork:
    """One person's day."""

    def __init__(self, place: Path, seed: str, *, careless: bool) -> None:
        self.folder, self.careless = place / VAULT, careless
        self.dice = random.Random(seed)  # noqa: S311  the same on every run
        self.invented = Invented(seed)
        self.pencil = Pencil()
        self.share = SlowShare(place / SHARE, self.pencil, self.dice)
        self.words, self.made = WORDS, 0
        self.store = self._opened()
        self.now_ms = self._latest() + A_DAY_MS
        self.clients = self._clients()
        self.mine: list[Edit] = []

    def day(self, steps: int) -> None:
        """Do so many things."""
        doings: list[tuple[Callable[[], None], int]] = [
            (self.save_new, 10),
            (self.alter, 6),
            (self.save_several, 3),
            (self.draft, 5),
            (self.drop_draft, 2),
            (self.exchange, 3),
            (self.change_words, 2),
            (self.open_again, 1),
        ]
        for act in self.dice.choices(
            [one for one, _weight in doings], [weight for _one, weight in doings], k=steps
        ):
            self.now_ms += self.dice.randint(1, 600_000)
            try:
                act()
            except LaptopFull:  # only where the disk was made small
                self.pencil.mark(undone=True)

    def save_new(self) -> None:
        """Record a visit."""
        self._save([self._visit()])

    def alter(self) -> None:
        """Alter some answers of a visit recorded here."""
        if not self.mine:
            return
        old, fresh = self.dice.choice(self.mine), self._visit().answers
        some: Answers = {name: fresh[name] for name in self.dice.sample(("minutes", "purpose"), 2)}
        self._save([Edit(old.form, old.record, old.client, old.audience, some)])

    def save_several(self) -> None:
        """Save a new client and visits together, with more words than a page holds."""
        client, long = self.invented.client(), self._visit()
        long.answers["purpose"] = (self.invented.text() + " ") * 9
        note = Edit("note", self.invented.new_id(), client.record, "partners", {})
        note.answers["note"] = ("She keeps the kettle on. " * (SOME_PAGES // 25)).strip()
        self._save([client, self._visit(), long, note])
        self.clients.append(client.record)

    def draft(self) -> None:
        """Keep what was typed about somebody."""
        client, note = self.dice.choice(self.clients), self.invented.text()
        self.pencil.mark(about_to="draft", client=client.hex(), note=note)
        self.store.keep_draft(
            Draft("note", client, b"", self.seat.person, {"note": note}, self.now_ms)
        )
        self.pencil.mark(done="draft")

    def drop_draft(self) -> None:
        """Forget what was typed about somebody."""
        client = self.dice.choice(self.clients)
        self.pencil.mark(about_to="draft", client=client.hex(), note=None)
        self.store.drop_draft("note", client, b"", self.seat.person)
        self.pencil.mark(done="draft")

    def exchange(self) -> None:
        """Send what waits and take in what a colleague has sent by now."""
        self.share.upto += self.dice.randint(1, 4)
        exchange(self.store, self.share, now_ms=self.now_ms, random=self.dice.randbytes)
        heads = {str(one.number): one.head_seq for one in ledger.feeds(self.store).values()}
        self.pencil.mark(done="exchange", heads=heads)

    def change_words(self) -> None:
        """Change the passphrase; now and then sign in with it, which clears the old one away."""
        self.made += 1
        words = f"{WORDS} {self.made}"
        self.pencil.mark(about_to="words", words=words)
        change_passphrase(self.folder, self.words, words, cost=LOW, floor=LOW)
        self.pencil.mark(done="words")
        self.words = words
        if self.dice.random() < 0.5:
            self.open_again()

    def open_again(self) -> None:
        """Lock and sign in."""
        self.leave()
        self.store = self._opened()

    def leave(self) -> None:
        """Lock. On a full disk what is in the log stays there."""
        try:
            self.store.close()
        except LaptopFull:
            self.store.db.close()

    @property
    def seat(self) -> Seat:
        """Return the seat in the team."""
        seat = seat_of(self.store)
        assert seat is not None
        return seat

    def _save(self, edits: list[Edit]) -> None:
        told = [(one.record.hex(), one.answers) for one in edits]
        self.pencil.mark(about_to="save", edits=told)
        self.store.save(edits, now_ms=self.now_ms)
        self.pencil.mark(done="save")
        self.mine += [one for one in edits if one.form == "visit"]

    def _visit(self) -> Edit:
        return self.invented.visit(self.dice.choice(self.clients), self.seat.person)

    def _opened(self) -> Store:
        store = Store.open(self.folder, unlock(self.folder, self.words, floor=LOW))
        if self.careless:
            store.rows("PRAGMA synchronous = OFF")
        return store

    def _latest(self) -> int:
        return max(one.last_at for one in ledger.feeds(self.store).values())

    def _clients(self) -> list[bytes]:
        rows = self.store.rows("SELECT id FROM record WHERE form = 'client' ORDER BY id")
        return [row[0] for row in rows]


def main() -> None:
    """Work through a day, and close the vault."""
    place, seed, steps, *careless = sys.argv[1:]
    somebody = AtWork(Path(place), seed, careless=bool(careless))
    somebody.day(int(steps))
    somebody.leave()


if __name__ == "__main__":
    main()
