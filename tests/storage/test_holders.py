# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Ways in besides the passphrase: every rule of storage/holders.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import entry, holders, keyfile, recovery, unlock
from storage.backup import back_up
from storage.errors import NoRecovery, WrongRecovery
from storage.holders import Standing
from storage.keyfile import RECOVERY, TEAM
from storage.store import Store
from tests.storage.pen import START_MS
from tests.storage.safe import FAST, NEW, OLD, files, opened


def paper() -> tuple[str, bytes]:
    """Return the words of a new recovery key, and its public half."""
    seed = recovery.new_seed()
    return " ".join(recovery.words_of(seed)), recovery.public_of(seed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vaults" / "northside"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    made = entry.create(folder, OLD, cost=FAST, floor=FAST)
    yield made
    made.db.close()


def kinds(folder: Path) -> list[str]:
    return sorted(one.kind for one in keyfile.read(folder / keyfile.NAME).slots)


def give(store: Store, public: bytes, kind: str = TEAM) -> None:
    holders.name(store, kind, public)
    assert holders.put_in_order(store)


def test_a_new_vault_holds_a_way_in_for_itself_and_for_its_passphrase(
    store: Store, folder: Path
) -> None:
    assert kinds(folder) == ["own", "passphrase"]


def test_the_teams_paper_opens_it_once_the_vault_names_it(store: Store, folder: Path) -> None:
    words, public = paper()
    give(store, public)
    assert kinds(folder) == ["own", "passphrase", "team"]
    assert unlock.unlock_with_recovery(folder, words) == unlock.unlock(folder, OLD, floor=FAST)
    unlock.recover(folder, words, NEW, now_ms=START_MS, cost=FAST, floor=FAST)
    store.close()
    store.db = opened(folder, NEW).db


def test_another_team_key_takes_its_place_and_the_old_words_open_nothing(
    store: Store, folder: Path
) -> None:
    (old, public), (new, other) = paper(), paper()
    give(store, public)
    give(store, other)
    assert unlock.unlock_with_recovery(folder, new)
    with pytest.raises(WrongRecovery):
        unlock.unlock_with_recovery(folder, old)
    unlock.unlock(folder, OLD, floor=FAST)
    assert not (folder / keyfile.BEFORE).exists()


def test_its_own_paper_and_the_teams_both_open_it(store: Store, folder: Path) -> None:
    (mine, own), (ours, team) = paper(), paper()
    give(store, own, RECOVERY)
    give(store, team)
    key = unlock.unlock(folder, OLD, floor=FAST)
    assert unlock.unlock_with_recovery(folder, mine) == key
    assert unlock.unlock_with_recovery(folder, ours) == key
    give(store, b"")
    assert kinds(folder) == ["own", "passphrase", "recovery"]


def test_what_is_in_order_is_not_written_again(store: Store, folder: Path) -> None:
    give(store, paper()[1])
    before = files(folder)["vault.keys"]
    assert holders.put_in_order(store)
    assert files(folder)["vault.keys"] == before


def test_a_slot_somebody_put_into_the_file_is_not_believed(store: Store, folder: Path) -> None:
    words, public = paper()
    theirs, planted = paper()
    give(store, public)
    unlock.add_recovery(folder, OLD, planted, floor=FAST)
    assert unlock.unlock_with_recovery(folder, theirs)
    holders.put_in_order(store)
    with pytest.raises(WrongRecovery):
        unlock.unlock_with_recovery(folder, theirs)
    backup = back_up(store, folder, folder.parent.with_name("stick"), now_ms=START_MS)
    with pytest.raises(WrongRecovery):
        unlock.unlock_with_recovery(backup, theirs)
    assert unlock.unlock_with_recovery(backup, words)


def test_a_backup_opens_with_the_teams_paper_and_with_the_vault_it_came_from(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    words, public = paper()
    give(store, public)
    backup = back_up(store, folder, tmp_path / "stick", now_ms=START_MS)
    assert kinds(backup) == ["own", "team"]
    found = keyfile.read(backup / keyfile.NAME)
    assert holders.open_backup(store, found) == unlock.unlock_with_recovery(backup, words)
    other = entry.create(tmp_path / "other", OLD, cost=FAST, floor=FAST)
    with pytest.raises(WrongRecovery):
        holders.open_backup(other, found)
    other.close()


# The drill


def test_a_drill_opens_the_slot_for_real_and_is_remembered(store: Store) -> None:
    words, public = paper()
    assert holders.standing(store) == Standing(own=False, team=False, sealed=False, drilled="")
    holders.name(store, TEAM, public)
    assert holders.standing(store) == Standing(own=False, team=True, sealed=False, drilled="")
    holders.drill(store, words.upper(), now_ms=START_MS)
    assert holders.standing(store).sealed
    assert holders.standing(store).drilled == "2026-05-28"


def test_a_drill_with_other_words_is_none(store: Store) -> None:
    give(store, paper()[1])
    with pytest.raises(WrongRecovery):
        holders.drill(store, paper()[0], now_ms=START_MS)
    with pytest.raises(WrongRecovery, match="twelve words"):
        holders.drill(store, "amber copper", now_ms=START_MS)
    assert holders.standing(store).drilled == ""


def test_another_team_key_wants_another_drill(store: Store) -> None:
    words, public = paper()
    give(store, public)
    holders.drill(store, words, now_ms=START_MS)
    give(store, paper()[1])
    assert holders.standing(store).drilled == ""


def test_without_a_team_key_there_is_nothing_to_drill(store: Store) -> None:
    with pytest.raises(NoRecovery, match="not sealed to a team"):
        holders.drill(store, paper()[0], now_ms=START_MS)


def test_nothing_of_the_words_is_kept(store: Store, folder: Path) -> None:
    words, public = paper()
    give(store, public)
    holders.drill(store, words, now_ms=START_MS)
    kept = repr([store.rows("SELECT * FROM value"), store.rows("SELECT * FROM secret")])
    assert not any(word in kept for word in words.split() if len(word) > 4)
    assert recovery.seed_of(words).hex() not in kept
    assert repr(bytes(recovery.seed_of(words)))[2:-1] not in kept
