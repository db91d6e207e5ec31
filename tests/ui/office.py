# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A small invented team with one real vault, for tests of the window.

office = Office(vault, team, clock)
lee = office.client("Croft", "Leanne")
office.colleague(SHAH, "visit", {"place": "Home"}, client=lee)   # as if it had just arrived
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desktop_app.casework.audience import audience_for, by_default
from desktop_app.casework.forms import form
from desktop_app.casework.people import Device, Person, Role, Team
from desktop_app.casework.records import Change, Edit, Record, new_id
from storage import ledger
from storage.ledger import Feed
from storage.store import Store
from ui.clock import Clock

OSEI, SHAH, BELLO, LOWE, LUND, LING = (letter * 16 for letter in "abcdef")
PEOPLE = (
    (OSEI, "K. Osei", Role.KEY_WORKER),
    (SHAH, "PC R. Shah", Role.OFFICER),
    (BELLO, "A. Bello", Role.NURSE),
    (LOWE, "M. Lowe", Role.COORDINATOR),
    (LUND, "K. Lund", Role.KEY_WORKER),
)
Given = Mapping[str, Any]
NOW = datetime.fromisoformat("2026-11-23T15:04")


class OfficeClock(Clock):
    """A clock that stands until a test lets time pass."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def now_ms(self) -> int:
        return int(self.at.timestamp() * 1000)

    def later(self, minutes: int = 1) -> None:
        self.at += timedelta(minutes=minutes)


def device_of(person: str) -> str:
    """Return the device id of somebody's laptop: 32 hex letters."""
    return person * 2


def feed_of(person: str) -> Feed:
    """Return the feed somebody writes in."""
    feed = bytes.fromhex(person * 2)
    return Feed(int.from_bytes(feed[:7], "big"), feed, bytes.fromhex(device_of(person)), 0, b"", 0)


def small_team() -> Team:
    """Return the team: two key workers, an officer, a nurse, a coordinator."""
    persons = {
        one: Person(one, name, "Agency", frozenset({role}), by_default({role}))
        for one, name, role in PEOPLE
    }
    devices = {device_of(one): Device(device_of(one), one, "laptop") for one in persons}
    return Team("team", "Harbour", persons, devices, made_up=True)


def with_analyst(team: Team) -> Team:
    """Return the team with T. Ling in it, who reads and writes next to nothing."""
    roles = frozenset({Role.ANALYST})
    ling = Person(LING, "T. Ling", "Agency", roles, by_default(roles))
    return replace(team, persons={**team.persons, LING: ling})


class Office:
    """One vault, and what colleagues write into it from their laptops."""

    def __init__(self, store: Store, clock: OfficeClock, *, me: str = OSEI) -> None:
        self.store, self.clock, self.me = store, clock, me
        self._number = 0
        self._seq: dict[str, int] = {}
        with store.transaction():
            for person, _name, _role in PEOPLE:
                if person != me:
                    ledger.put_feed(store, feed_of(person))
            ledger.use_feed(store, feed_of(me), author=me)

    def new(self) -> bytes:
        """Return a record id, later than every one before."""
        self._number += 1
        return new_id(1_700_000_000_000 + self._number, self._number.to_bytes(10, "big"))

    def save(
        self, name: str, answers: Given, *, client: bytes = b"", record: bytes = b"", to: str = ""
    ) -> bytes:
        """Save as the person signed in; return the record."""
        record = record or self.new()
        about = record if name == "client" else client
        edit = Edit(name, record, about, audience_for(form(name), to), dict(answers))
        self.store.save([edit], now_ms=self.clock.now_ms())
        return record

    def colleague(
        self,
        person: str,
        name: str,
        answers: Given,
        *,
        client: bytes,
        record: bytes = b"",
        saw: bool = True,
        without: Collection[int] = (),
        to: str = "",
    ) -> bytes:
        """Take in what a colleague wrote; return the record. `saw`: whether they saw ours."""
        record, feed = record or self.new(), feed_of(person)
        self._seq[person] = self._seq.get(person, 0) + 1
        change = Change(
            name,
            record,
            client,
            audience_for(form(name), to),
            self.clock.now_ms(),
            feed.number,
            self._seq[person],
            0,
            dict(answers),
        )
        with self.store.transaction():
            applied = self.store.apply(
                [change], author=person, saw=lambda number, _seq: saw and number not in without
            )
        assert not applied.refused
        return record

    def share(self) -> None:
        """Let everything that waits leave this laptop, as sealing a bundle does."""
        feed = ledger.own_feed(self.store)
        assert feed is not None
        with self.store.transaction():
            for seq, _changes in ledger.pending(self.store):
                ledger.drop_pending(self.store, seq)
                ledger.put_feed(
                    self.store,
                    Feed(feed.number, feed.id, feed.device, seq, b"i" * 32, feed.last_at),
                )

    def record(self, record: bytes) -> Record:
        """Return a record the vault holds."""
        held = self.store.record(record)
        assert held is not None
        return held

    def of(self, client: bytes, name: str) -> list[Record]:
        """Return a client's records of a form, in the order they were made."""
        rows = self.store.rows(
            "SELECT id FROM record WHERE client = ? AND form = ?", (client, name)
        )
        return sorted((self.record(row[0]) for row in rows), key=lambda one: one.id)

    def client(self, surname: str = "Croft", forename: str = "Leanne", **more: str) -> bytes:
        """Put a client on the casebook."""
        answers = {"surname": surname, "forename": forename, "known_as": "Lee", **more}
        return self.save("client", answers)
