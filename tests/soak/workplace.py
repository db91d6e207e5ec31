# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A vault to be treated badly: of a laptop in a team, whose colleague has sent it work."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from storage.unlock import Cost, change_passphrase, unlock, wipe
from tests.bench.invented import WORDS as FIRST_WORDS
from tests.bench.invented import Invented, Laptop, two_laptops

LOW = Cost(1, 8 << 10)
"""Least work libsodium does: thousands of vaults are opened here, and nothing is in them."""
WORDS = "harbour pencil orchid summit lantern"
CLIENTS, ROUNDS, VISITS_A_ROUND = 12, 8, 6
VAULT, SHARE = "other", "share"


@dataclass(frozen=True, slots=True)
class Workplace:
    """Folders of the vault and of the share, and what stands in the vault that may be altered.

    Attributes:
        place: the folder both lie in.
        now_ms: the time it was left.
        clients: ids of the clients in it.
    """

    place: Path
    now_ms: int
    clients: tuple[bytes, ...]

    @property
    def vault(self) -> Path:
        """Return the vault's folder."""
        return self.place / VAULT

    @property
    def share(self) -> Path:
        """Return the share."""
        return self.place / SHARE

    def copied(self, to: Path) -> "Workplace":
        """Copy it, to be ruined."""
        shutil.copytree(self.place, to)
        return Workplace(to, self.now_ms, self.clients)

    def key(self) -> bytearray:
        """Return the vault's key."""
        return unlock(self.vault, WORDS, floor=LOW)


def workplace(place: Path, *, clients: int = CLIENTS, visits: int = VISITS_A_ROUND) -> Workplace:
    """Make one."""
    colleague, laptop = two_laptops(place)
    ids = _fill(laptop, clients, visits)
    invented = Invented("colleague")
    theirs = [invented.client() for _number in range(clients)]
    colleague.save(theirs)
    for _round in range(ROUNDS):
        about = [one.record for one in theirs]
        colleague.save(list(invented.visits(visits, about, colleague.me)))
        colleague.exchange()
    now_ms = max(colleague.now_ms, laptop.now_ms)
    colleague.store.close()
    laptop.store.close()
    change_passphrase(laptop.folder, FIRST_WORDS, WORDS, cost=LOW, floor=LOW)
    wipe(unlock(laptop.folder, WORDS, floor=LOW))  # the slot of the first words goes with it
    return Workplace(place, now_ms, ids)


def _fill(laptop: Laptop, clients: int, visits: int) -> tuple[bytes, ...]:
    invented = Invented("laptop")
    mine = [invented.client() for _number in range(clients)]
    laptop.save(mine)
    ids = tuple(one.record for one in mine)
    laptop.save(list(invented.visits(clients * visits // 2, ids, laptop.me)))
    laptop.exchange()
    return ids
