# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whole laptops for tests: a real encrypted vault, real keys, a real team, a share in between.

four = team_of_four(tmp_path)
visit = four.ann.save("visit", {"place": "home"})
four.everybody_exchanges()
assert four.bell.answers(visit)["place"] == "home"
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from pathlib import Path

import pytest
from nacl import bindings

from desktop_app.casework.audience import audience_for
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Role
from desktop_app.casework.records import Answers, Edit, Record, new_id
from storage.errors import VaultOlder
from storage.older import go_on
from storage.store import Store
from sync.admission import admit, found_team, led_here, let_in, waiting_for
from sync.asking import ask_to_join, invite, requests
from sync.exchange import exchange
from sync.outcome import Exchanged
from sync.seat import Seat, seat_of
from sync.share import Share
from sync.team import NewPerson
from tests.hostile_share import HostileShare

START_MS = 1_780_000_000_000
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
GRANT = NewPerson(
    "A. Grant",
    "Council",
    frozenset({Role.COORDINATOR}),
    frozenset({"partners", "coordination", "audit"}),
)
ANN = NewPerson("Ann Lowe", "Charity", frozenset({Role.KEY_WORKER}), frozenset({"partners"}))
SHAH = NewPerson(
    "PC R. Shah", "Police", frozenset({Role.OFFICER}), frozenset({"partners", "police"})
)
BELL = NewPerson(
    "T. Bell", "Health trust", frozenset({Role.NURSE}), frozenset({"partners", "health"})
)


opened = count()


@dataclass
class Clock:
    """The time, the same on every laptop until a test says otherwise."""

    now_ms: int = START_MS

    def later(self, ms: int = MINUTE_MS) -> int:
        """Let time pass."""
        self.now_ms += ms
        return self.now_ms


class Laptop:
    """One person's vault on one laptop."""

    def __init__(self, name: str, folder: Path, clock: Clock, *, fresh: bool = True) -> None:
        self.name = name
        self.folder = folder
        self.clock = clock
        self.skew_ms = 0
        # Another seed each time: a laptop put back from a backup does not throw the same dice.
        self.dice = random.Random(f"{name}{next(opened)}")  # noqa: S311
        key = bytearray(random.Random(name).randbytes(32))  # noqa: S311
        folder.mkdir(parents=True, exist_ok=True)
        self.store = Store.create(folder, key) if fresh else Store.open(folder, key)

    @property
    def now_ms(self) -> int:
        """Return what this laptop believes the time to be."""
        return self.clock.now_ms + self.skew_ms

    @property
    def seat(self) -> Seat:
        """Return its seat in the team."""
        seat = seat_of(self.store)
        assert seat is not None
        return seat

    def save(
        self,
        form: str,
        answers: Answers,
        *,
        record: bytes | None = None,
        client: bytes | None = None,
        audience: str = "",
    ) -> bytes:
        """Save a new record, or change one; return its id."""
        if record is not None:
            held = self.record(record)
            edit = Edit(held.form, held.id, held.client, held.audience, answers)
        else:
            record = new_id(self.clock.later(1), self.dice.randbytes(10))
            about = record if form == "client" else client or b""
            known = forms().get(form)
            goes_to = audience_for(known, audience) if known else audience
            edit = Edit(form, record, about, goes_to, answers)
        self.store.save([edit], now_ms=self.now_ms)
        return record

    def record(self, record: bytes) -> Record:
        """Return a record this laptop holds."""
        held = self.store.record(record)
        assert held is not None
        return held

    def answers(self, record: bytes) -> Answers:
        """Return what a record shows here; nothing when it is not held."""
        held = self.store.record(record)
        return held.answers if held else {}

    def exchange(self, share: Share) -> Exchanged:
        """Send and receive; should the vault turn out to be older, go on from there."""
        try:
            return self.exchange_only(share)
        except VaultOlder:
            go_on(self.store, now_ms=self.now_ms)
            return self.exchange_only(share)

    def exchange_only(self, share: Share) -> Exchanged:
        """Send and receive."""
        return exchange(self.store, share, now_ms=self.now_ms, random=self.dice.randbytes)

    def close(self) -> None:
        """Close the vault."""
        self.store.close()

    def reopened(self) -> "Laptop":
        """Return the same laptop after it was closed, or lost power."""
        return Laptop(self.name, self.folder, self.clock, fresh=False)


@dataclass
class Four:
    """A coordinator, a key worker, an officer who leads the police, a nurse who leads health."""

    grant: Laptop
    ann: Laptop
    shah: Laptop
    bell: Laptop
    clock: Clock
    share: Share

    def __iter__(self) -> Iterator[Laptop]:
        return iter((self.grant, self.ann, self.shah, self.bell))

    def everybody_exchanges(self, times: int = 2) -> None:
        """Let every laptop exchange, in turn, often enough for everybody to hear of everything."""
        for _ in range(times):
            for laptop in self:
                self.clock.later(2 * 60 * MINUTE_MS)
                laptop.exchange(self.share)

    def close(self) -> None:
        """Close every vault."""
        for laptop in self:
            laptop.close()


def boxes_that_can_be_made_again(patch: pytest.MonkeyPatch) -> None:
    """Let sealed boxes be the same on every run: they are the one thing libsodium throws for."""
    dice = random.Random("boxes")  # noqa: S311

    def box(message: bytes, holder: bytes) -> bytes:
        public, secret = bindings.crypto_box_seed_keypair(dice.randbytes(32))
        nonce = blake2b(public + holder, digest_size=24).digest()
        return public + bindings.crypto_box(message, nonce, holder, secret)

    patch.setattr(bindings, "crypto_box_seal", box)


def join_team(
    coordinator: Laptop,
    laptop: Laptop,
    share: Share,
    who: NewPerson | str,
    *,
    lead_of: tuple[str, ...] = (),
) -> None:
    """Take a laptop through the whole way in: invited, asked, compared, admitted, let in."""
    invitation = invite(
        coordinator.store, now_ms=coordinator.now_ms, random=coordinator.dice.randbytes
    )
    words = ask_to_join(
        laptop.store,
        invitation,
        name=laptop.name,
        laptop=f"{laptop.name}'s laptop",
        now_ms=laptop.now_ms,
        random=laptop.dice.randbytes,
    )
    laptop.exchange(share)
    coordinator.exchange(share)
    request = next(one for one in requests(coordinator.store) if one.words == words)
    admit(
        coordinator.store,
        request,
        who,
        now_ms=coordinator.now_ms,
        random=coordinator.dice.randbytes,
        lead_of=lead_of,
    )
    coordinator.exchange(share)
    laptop.exchange(share)
    let_in_whoever_waits(laptop)
    laptop.exchange(share)


def let_in_whoever_waits(laptop: Laptop) -> None:
    """As a lead, let in everybody the roster allows."""
    for audience in led_here(laptop.store):
        waiting = [one.id for one in waiting_for(laptop.store, audience)]
        if waiting:
            let_in(
                laptop.store, audience, waiting, now_ms=laptop.now_ms, random=laptop.dice.randbytes
            )


def team_of_four(folder: Path, share: Share | None = None) -> Four:
    """Make a team: four laptops that have joined, exchanged and been let in everywhere."""
    clock, share = Clock(), share or HostileShare()
    grant, ann, shah, bell = (
        Laptop(name, folder / name.lower(), clock) for name in ("Grant", "Ann", "Shah", "Bell")
    )
    found_team(
        grant.store,
        "Northside",
        GRANT,
        laptop="Grant's laptop",
        now_ms=clock.now_ms,
        random=grant.dice.randbytes,
    )
    grant.exchange(share)
    four = Four(grant, ann, shah, bell, clock, share)
    join_team(grant, ann, share, ANN)
    join_team(grant, shah, share, SHAH, lead_of=("police",))
    join_team(grant, bell, share, BELL, lead_of=("health",))
    four.everybody_exchanges()
    return four


def copy_of_four(made: Four, at: Path, to: Path) -> Four:
    """Copy a closed team of four and its share: faster than making another."""
    shutil.copytree(at, to, dirs_exist_ok=True)
    clock = Clock(made.clock.now_ms)
    share = HostileShare()
    if isinstance(made.share, HostileShare):
        share.files = dict(made.share.files)
    grant, ann, shah, bell = (
        Laptop(one.name, to / one.folder.name, clock, fresh=False) for one in made
    )
    return Four(grant, ann, shah, bell, clock, share)
