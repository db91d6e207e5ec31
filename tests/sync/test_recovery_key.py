# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The team's recovery key: in the signed roster, on every laptop's slots, replaced by one act."""

import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from storage import entry, holders, ledger, recovery, unlock
from storage.errors import WrongRecovery
from storage.store import Store
from sync.admission import admit, found_team
from sync.asking import ask_to_join, invite, requests
from sync.deciding import replace_recovery_key
from sync.exchange import exchange
from sync.reasons import SetAside
from sync.roster import Roster, verify_next
from sync.seat import seated
from sync.share import FolderShare
from sync.team import NewPerson, amend, sign_roster
from tests.storage.pen import START_MS
from tests.storage.safe import FAST, OLD

LOWE = NewPerson("M. Lowe", "Police", frozenset({Role.COORDINATOR}), frozenset({"partners"}))
OSEI = NewPerson("K. Osei", "Outreach", frozenset({Role.KEY_WORKER}), frozenset({"partners"}))


def paper() -> tuple[str, bytes]:
    seed = recovery.new_seed()
    return " ".join(recovery.words_of(seed)), recovery.public_of(seed)


@dataclass
class Pair:
    """A coordinator's laptop and a key worker's, and the words of their team's recovery key."""

    lowe: Store
    osei: Store
    share: FolderShare
    words: str

    def exchange(self, *stores: Store) -> None:
        for store in stores or (self.lowe, self.osei, self.lowe, self.osei):
            exchange(store, self.share, now_ms=START_MS, random=os.urandom)


def opens(store: Store, words: str) -> bool:
    """Say whether some words open a vault."""
    assert store.folder is not None
    try:
        unlock.unlock_with_recovery(store.folder, words)
    except WrongRecovery:
        return False
    return True


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    (tmp_path / "share").mkdir()
    words, public = paper()
    lowe, osei = (
        entry.create(tmp_path / name, OLD, cost=FAST, floor=FAST) for name in ("lowe", "osei")
    )
    made = Pair(lowe, osei, FolderShare(tmp_path / "share"), words)
    found_team(
        lowe,
        "Saltings",
        LOWE,
        laptop="1",
        now_ms=START_MS,
        random=os.urandom,
        recovery=public,
    )
    raw = invite(lowe, now_ms=START_MS, random=os.urandom)
    ask_to_join(osei, raw, name="K. Osei", laptop="2", now_ms=START_MS, random=os.urandom)
    made.exchange(osei, lowe)
    admit(lowe, requests(lowe)[0], OSEI, now_ms=START_MS, random=os.urandom)
    made.exchange(lowe)
    return made


def test_the_founders_vault_opens_with_the_words_from_the_first_moment(pair: Pair) -> None:
    assert opens(pair.lowe, pair.words)
    assert holders.standing(pair.lowe).sealed


def test_whoever_joins_seals_their_vault_to_the_paper_when_they_first_exchange(
    pair: Pair,
) -> None:
    assert not holders.standing(pair.osei).team
    pair.exchange(pair.osei)
    assert opens(pair.osei, pair.words)
    holders.drill(pair.osei, pair.words, now_ms=START_MS)
    assert holders.standing(pair.osei).drilled


def test_another_key_opens_every_vault_after_its_next_exchange(pair: Pair) -> None:
    pair.exchange()
    words, public = paper()
    replace_recovery_key(pair.lowe, public, now_ms=START_MS, random=os.urandom)
    assert (opens(pair.lowe, words), opens(pair.lowe, pair.words)) == (True, False)
    assert (opens(pair.osei, words), opens(pair.osei, pair.words)) == (False, True)
    pair.exchange()
    assert (opens(pair.osei, words), opens(pair.osei, pair.words)) == (True, False)


def test_only_the_coordinators_laptop_replaces_it(pair: Pair) -> None:
    pair.exchange()
    with pytest.raises(NotAllowed):
        replace_recovery_key(pair.osei, paper()[1], now_ms=START_MS, random=os.urandom)


def test_a_coordinator_without_the_root_keys_cannot_slip_in_a_key_of_their_own(
    pair: Pair,
) -> None:
    seat = seated(pair.lowe)
    planted = amend(seat.chain, now_ms=START_MS, recovery=paper()[1])
    with pytest.raises(SetAside):
        verify_next(seat.chain.document, sign_roster(planted, seat.me))
    ledger.drop_key(pair.lowe, "root")
    with pytest.raises(NotAllowed, match="founded on"):
        replace_recovery_key(pair.lowe, paper()[1], now_ms=START_MS, random=os.urandom)
    assert opens(pair.lowe, pair.words)


def test_the_words_are_in_no_vault_and_not_on_the_share(pair: Pair, tmp_path: Path) -> None:
    pair.exchange()
    seed = bytes(recovery.seed_of(pair.words))
    for store in (pair.lowe, pair.osei):
        kept = [
            row
            for table in ("secret", "value", "document")
            for row in store.rows(
                f"SELECT * FROM {table}"  # noqa: S608
            )
        ]
        assert not any(seed in cell for row in kept for cell in row if isinstance(cell, bytes))
    files = [one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()]
    assert not any(seed in raw or pair.words.encode() in raw for raw in files)


def test_a_roster_of_a_team_without_a_key_is_read_as_before(pair: Pair) -> None:
    body = msgspec.msgpack.decode(seated(pair.lowe).chain.document.body)
    del body["recovery"]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(body), type=Roster).recovery == b""
