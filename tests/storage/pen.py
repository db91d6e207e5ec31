# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A pen for tests: writes records into a store, and changes as a colleague's laptop sends them."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop_app.casework.records import Answers, Change, Edit, Json, new_id
from storage import ledger
from storage.ledger import Feed
from storage.store import Saved, Store

START_MS = 1_780_000_000_000
OWN, BELL, SHAH = 0x07, 0x0B, 0x05
"""Feed numbers: this laptop's, and those of two colleagues."""


def feed(number: int, *, head_seq: int = 0, last_at: int = 0) -> Feed:
    """Return a feed with a given number."""
    return Feed(
        number,
        number.to_bytes(7, "big") + bytes(9),
        bytes([number]) * 16,
        head_seq,
        bytes(32),
        last_at,
    )


def change(
    form: str,
    record: bytes,
    answers: Answers,
    *,
    client: bytes = b"",
    audience: str = "partners",
    at: int = START_MS,
    feed: int = BELL,
    seq: int = 1,
    idx: int = 0,
) -> Change:
    """Return a change as it comes from another laptop."""
    return Change(form, record, client, audience, at, feed, seq, idx, answers)


def saw_nothing(_feed: int, _seq: int) -> bool:
    """Nobody had heard of anybody."""
    return False


def saw_all(_feed: int, _seq: int) -> bool:
    """Everything had arrived before."""
    return True


def opened(folder: Path, secret: bytes) -> Store:
    """Open a vault with a copy of its key."""
    return Store.open(folder, bytearray(secret))


def as_after_a_power_cut(folder: Path, to: Path, key: bytes) -> Store:
    """Open a copy of a vault's files as they lie on the disk at this moment."""
    shutil.copytree(folder, to)
    return Store.open(to, bytearray(key))


@dataclass
class Pen:
    """Writes into one store, a minute later each time."""

    store: Store
    now_ms: int = START_MS
    made: int = 0

    def new(self) -> bytes:
        """Return the id of a record not yet written."""
        self.made += 1
        self.now_ms += 60_000
        return new_id(self.now_ms, self.made.to_bytes(10, "big"))

    def write(
        self,
        form: str,
        answers: Answers,
        *,
        client: bytes = b"",
        audience: str = "partners",
    ) -> bytes:
        """Save a new record and return its id."""
        record = self.new()
        about = record if form == "client" else client
        self.store.save([Edit(form, record, about, audience, answers)], now_ms=self.now_ms)
        return record

    def alter(self, record: bytes, answers: Answers) -> Saved:
        """Alter a record."""
        held = self.store.record(record)
        assert held is not None
        self.now_ms += 60_000
        edit = Edit(held.form, held.id, held.client, held.audience, answers)
        return self.store.save([edit], now_ms=self.now_ms)

    def answers(self, record: bytes) -> Answers:
        """Return what a record shows; nothing when it is not held."""
        held = self.store.record(record)
        return held.answers if held else {}

    def client(self, surname: str, forename: str = "", **more: Json) -> bytes:
        """Save a new client."""
        answers: Answers = {"surname": surname}
        if forename:
            answers["forename"] = forename
        answers.update(more)
        return self.write("client", answers)

    def seen(self, client: bytes, at: str) -> bytes:
        """Save a visit at which a client was seen."""
        told: Answers = {"at": at, "state": "done", "kind": "home", "outcome": "seen"}
        return self.write("visit", told, client=client)

    def leave(self) -> None:
        """Let all that waits in the newest bundle leave the laptop."""
        seq = ledger.pending(self.store)[-1][0]
        with self.store.transaction():
            ledger.put_feed(self.store, feed(OWN, head_seq=seq))
            ledger.drop_pending(self.store, seq)
