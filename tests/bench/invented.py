# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Records and laptops to measure with: as many as wanted, the same on every run."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.casework.made_up_cast import prose, town
from desktop_app.casework.people import Role
from desktop_app.casework.records import Answers, Edit, link, new_id
from storage.store import Store
from storage.unlock import create_vault, unlock
from sync.admission import admit, found_team
from sync.asking import ask_to_join, invite, requests
from sync.exchange import exchange
from sync.outcome import Exchanged
from sync.seat import seat_of
from sync.share import FolderShare
from sync.team import NewPerson

START_MS = 1_760_000_000_000
WORDS = "one two three four five"
ROUND_MS = 60_000
PARTNERS = frozenset({"partners"})


@dataclass
class Laptop:
    """A vault in a team, with what is needed to exchange."""

    name: str
    folder: Path
    store: Store
    share: FolderShare
    dice: random.Random
    now_ms: int = START_MS

    def exchange(self) -> Exchanged:
        """Send and receive, a minute later."""
        self.now_ms += ROUND_MS
        return exchange(self.store, self.share, now_ms=self.now_ms, random=self.dice.randbytes)

    def save(self, edits: Sequence[Edit], *, at_once: int = 20_000) -> None:
        """Save, so many edits to a transaction."""
        for first in range(0, len(edits), at_once):
            self.now_ms += 1
            self.store.save(edits[first : first + at_once], now_ms=self.now_ms)

    @property
    def me(self) -> str:
        """Return the person id of whose laptop it is."""
        seat = seat_of(self.store)
        assert seat is not None
        return seat.person


def two_laptops(place: Path) -> tuple[Laptop, Laptop]:
    """Return a coordinator's and a key worker's laptop of one team."""
    one = coordinators(place)
    other = asking(one, place, "other")
    admitted(one, "Other")
    for laptop in (one, other, one, other):
        laptop.exchange()
    return one, other


def coordinators(place: Path) -> Laptop:
    """Return a coordinator's laptop, whose team is nobody else yet."""
    (place / "share").mkdir(parents=True)
    one = _laptop(place, "one")
    roles = frozenset({Role.COORDINATOR, Role.KEY_WORKER})
    found_team(
        one.store,
        "Bench",
        NewPerson("One", "", roles, PARTNERS),
        laptop="one",
        now_ms=one.now_ms,
        random=one.dice.randbytes,
        made_up=True,
    )
    one.exchange()
    return one


def asking(one: Laptop, place: Path, name: str) -> Laptop:
    """Return a laptop that has asked to join, and the coordinator has seen that."""
    other = _laptop(place, name)
    other.now_ms = one.now_ms
    invitation = invite(one.store, now_ms=one.now_ms, random=one.dice.randbytes)
    ask_to_join(
        other.store,
        invitation,
        name=name,
        laptop=name,
        now_ms=other.now_ms,
        random=other.dice.randbytes,
    )
    other.exchange()
    one.exchange()
    return other


def admitted(one: Laptop, name: str) -> None:
    """Admit the laptop that asks, as a key worker's."""
    admit(
        one.store,
        requests(one.store)[0],
        NewPerson(name, "", frozenset({Role.KEY_WORKER}), PARTNERS),
        now_ms=one.now_ms,
        random=one.dice.randbytes,
    )


def opened(place: Path, name: str) -> Laptop:
    """Return a laptop that was closed."""
    folder = place / name
    return _with(place, name, Store.open(folder, unlock(folder, WORDS)))


def _laptop(place: Path, name: str) -> Laptop:
    folder = place / name
    return _with(place, name, Store.create(folder, create_vault(folder, WORDS)))


def _with(place: Path, name: str, store: Store) -> Laptop:
    dice = random.Random(name)  # noqa: S311  the same on every run
    share = FolderShare(place / "share", random=dice.randbytes)
    return Laptop(name, place / name, store, share, dice)


class Invented:
    """Invents clients and what is recorded about them."""

    def __init__(self, seed: str) -> None:
        self._dice = random.Random(seed)  # noqa: S311  the same on every run
        self._now_ms = START_MS
        said = prose().visits
        self._lines = [*said["small"], *said["openings"], *said["closings"], *said["phone"]]

    def new_id(self) -> bytes:
        """Return the id of a record made a second after the last."""
        self._now_ms += 1000
        return new_id(self._now_ms, self._dice.randbytes(10))

    def text(self) -> str:
        """Return a note of a few sentences."""
        return " ".join(self._dice.choices(self._lines, k=self._dice.randint(1, 4)))

    def client(self) -> Edit:
        """Invent a client. There are enough names for a city: some people share theirs."""
        dice, more = self._dice, town().more
        record = self.new_id()
        forename = dice.choice((*more.forenames_man, *more.forenames_woman))
        surname = dice.choice(more.surnames) + dice.choice(_ENDINGS)
        born = f"{dice.randint(1950, 2003)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
        answers: Answers = {
            "surname": surname,
            "forename": forename,
            "born": born,
            "gender": dice.choice(("man", "woman")),
            "address_1": f"{dice.randint(1, 99)} {dice.choice(more.streets)}",
            "town": "Saltings",
            "postcode": f"ZZ{dice.randint(1, 9)} {dice.randint(1, 9)}AB",
            "phone": f"07700 900{dice.randint(0, 999):03d}",
            "first_contact_on": "2025-10-01",
        }
        return Edit("client", record, record, "partners", answers)

    def visit(self, client: bytes, worker: str) -> Edit:
        """Invent a visit."""
        dice = self._dice
        answers: Answers = {
            "at": f"{dice.choice(_DAYS)}T{dice.randint(9, 17):02d}:30",
            "state": "done",
            "kind": dice.choice(("home", "street", "office", "phone")),
            "outcome": dice.choice(("seen", "seen", "refused", "not_seen")),
            "people": [worker],
            "minutes": dice.choice((5, 10, 20, 40)),
            "purpose": self.text(),
        }
        return Edit("visit", self.new_id(), client, "partners", answers)

    def account(self, visit: Edit) -> Edit:
        """Invent the account of a visit."""
        answers: Answers = {"visit": link(visit.record), "seen": "seen", "note": self.text()}
        return Edit("account", self.new_id(), visit.client, "partners", answers)

    def visits(self, count: int, clients: Sequence[bytes], worker: str) -> Iterator[Edit]:
        """Invent visits to some clients."""
        for _number in range(count):
            yield self.visit(self._dice.choice(clients), worker)

    def changes(
        self, count: int, held: Sequence[Edit], clients: Sequence[bytes], worker: str
    ) -> list[Edit]:
        """Invent changes: three of five alter one to three answers of a record, two are new."""
        dice, made = self._dice, []
        fields = ("minutes", "purpose", "at", "kind")
        for _number in range(count):
            if dice.random() < 0.6:
                old = dice.choice(held)
                fresh = self.visit(old.client, worker).answers
                altered = {name: fresh[name] for name in dice.sample(fields, dice.randint(1, 3))}
                made.append(Edit("visit", old.record, old.client, "partners", altered))
            else:
                made.append(self.visit(dice.choice(clients), worker))
        return made


_DAYS = [f"2025-{month:02d}-{day:02d}" for month in range(1, 10) for day in range(1, 29)]
_ENDINGS = ("", "", "s", "ton", "ley", "man", "son", "well", "field", "croft", "by", "worth")
