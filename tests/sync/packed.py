# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A team whose old work lies in a pack, for tests."""

from pathlib import Path

from storage import ledger
from sync import packs, places
from sync.packs import bundles_in, read_index
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Four, Laptop, join_team

FEW = 6
"""For fewer files no pack is made in these tests."""


def days_later(four: Four, days: int = 31) -> None:
    four.clock.later(days * DAY_MS)


def work(four: Four, count: int = 8) -> list[bytes]:
    """Let Ann and Bell write so many visits each, every one in a bundle of its own; all have it."""
    visits = []
    for _ in range(count):
        visits += [one.save("visit", {"place": "home"}) for one in (four.ann, four.bell)]
        four.ann.exchange(four.share)
        four.bell.exchange(four.share)
    four.everybody_exchanges()
    return visits


def pack_up(four: Four) -> str:
    """Let a month pass and the coordinator's laptop pack; return the pack."""
    days_later(four)
    four.everybody_exchanges(3)
    (path,) = share_of(four).of(".pack")
    return path


def share_of(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    return four.share


def index_of(raw: bytes) -> bytes:
    return raw[: packs.index_size(raw)]


def alone(four: Four) -> set[str]:
    return set(share_of(four).of(".bundle"))


def inside(four: Four, path: str) -> dict[str, bytes]:
    raw = share_of(four).files[path]
    index = index_of(raw)
    return dict(bundles_in(places.root(four.grant.seat.chain.team), raw, index, read_index(index)))


def newcomer(four: Four, folder: Path, name: str = "Ann again") -> Laptop:
    """Give Ann a further laptop; it has exchanged."""
    laptop = Laptop(name, folder / name, four.clock)
    join_team(four.grant, laptop, four.share, four.ann.seat.person)
    return laptop


def held_by(laptop: Laptop) -> set[str]:
    feeds = ledger.feeds(laptop.store)
    return {
        laptop.seat.bundle_path(feeds[number].id, seq, id_)
        for (number, seq), id_ in ledger.bundle_ids(laptop.store).items()
    }
