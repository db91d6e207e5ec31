# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The recovery key: every rule of storage/recovery.py, and what storage/unlock.py does with it."""

import os
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import keyfile, recovery, unlock
from storage.errors import NoRecovery, VaultDamaged, VaultError, WrongPassphrase, WrongRecovery
from storage.secret import word_list
from storage.unlock import Cost
from tests.storage.pen import START_MS

FAST = Cost(1, 8192)
OLD = "amber copper dolphin lantern willow"
NEW = "velvet harbour pencil orchid summit"
SEEDS = st.binary(min_size=recovery.SEED, max_size=recovery.SEED)
PLACES = st.integers(0, recovery.WORDS - 1)
VAULT = bytes(range(16))


def words(seed: bytes) -> list[str]:
    return list(recovery.words_of(bytearray(seed)))


@given(SEEDS)
def test_the_words_give_back_the_key(seed: bytes) -> None:
    said = words(seed)
    assert len(said) == 12
    assert recovery.seed_of(" ".join(said)) == seed


@given(SEEDS, PLACES, st.integers(1, 7775))
def test_any_one_wrong_word_is_found(seed: bytes, place: int, other: int) -> None:
    said = words(seed)
    listed = word_list()
    said[place] = listed[(listed.index(said[place]) + other) % len(listed)]
    with pytest.raises(WrongRecovery):
        recovery.seed_of(" ".join(said))


@given(SEEDS, PLACES, PLACES)
def test_any_two_words_that_changed_places_are_found(seed: bytes, a: int, b: int) -> None:
    said = words(seed)
    if said[a] == said[b]:
        return
    said[a], said[b] = said[b], said[a]
    with pytest.raises(WrongRecovery):
        recovery.seed_of(" ".join(said))


def test_the_check_finds_every_wrong_word_and_every_swap() -> None:
    # What the two tests above sample, proved: see the rules of storage/recovery.py.
    base, check = len(word_list()), recovery.CHECK
    assert all(check % divisor for divisor in range(2, 11_586)), "a prime"
    assert check > base
    assert all(pow(base, apart, check) != 1 for apart in range(1, recovery.WORDS))
    assert ((1 << 128) - 1) * check < base**recovery.WORDS, "there is room for every key"


SEED = bytes(range(100, 116))


@pytest.mark.parametrize("place", range(12))
def test_a_wrong_word_is_told_by_its_position_and_not_repeated(place: int) -> None:
    said = words(SEED)
    said[place] = "zoom" if said[place] != "zoom" else "zone"
    with pytest.raises(WrongRecovery, match=rf"Word {place + 1} is not the one") as raised:
        recovery.seed_of(" ".join(said))
    assert said[place] not in str(raised.value)


def test_a_word_of_no_list_is_told_by_its_position_and_not_repeated() -> None:
    said = words(SEED)
    said[6] = "xyzzy"
    with pytest.raises(WrongRecovery, match="Word 7 is not a word") as raised:
        recovery.seed_of(" ".join(said))
    assert "xyzzy" not in "".join(traceback.format_exception(raised.value))


def test_two_words_that_changed_places_are_named() -> None:
    said = words(SEED)
    said[2], said[3] = said[3], said[2]
    with pytest.raises(WrongRecovery, match="Words 3 and 4 have changed places"):
        recovery.seed_of(" ".join(said))


def test_many_wrong_words_are_told_as_such() -> None:
    with pytest.raises(WrongRecovery, match="More than one"):
        recovery.seed_of(" ".join(word_list()[:12]))


def test_words_for_a_number_no_key_has_are_refused() -> None:
    number = (recovery.CHECK << 128) + recovery.CHECK
    said = []
    for _place in range(12):
        number, digit = divmod(number, 7776)
        said.append(word_list()[digit])
    assert number == 0
    with pytest.raises(WrongRecovery):
        recovery.seed_of(" ".join(reversed(said)))


def test_too_few_words_are_counted() -> None:
    with pytest.raises(WrongRecovery, match="twelve words; 11 were given"):
        recovery.seed_of(" ".join(words(SEED)[:11]))


@pytest.mark.parametrize(
    "typed",
    [
        "\n".join(f"{n}. {word}" for n, word in enumerate(words(SEED), 1)),
        ",".join(words(SEED)).upper(),
        "   ".join(word.title() for word in words(SEED)),
    ],
)
def test_numbers_commas_capitals_and_spaces_do_no_harm(typed: str) -> None:
    assert recovery.seed_of(typed) == SEED


@given(SEEDS, st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_for_its_vault_and_no_other(seed: bytes, key: bytes) -> None:
    sealed = recovery.seal(recovery.public_of(bytearray(seed)), VAULT, bytearray(key))
    assert recovery.open_seal(bytearray(seed), VAULT, sealed) == bytearray(key)
    assert recovery.open_seal(bytearray(seed), bytes(16), sealed) is None
    assert recovery.open_seal(bytearray(bytes([seed[0] ^ 1]) + seed[1:]), VAULT, sealed) is None


def test_any_altered_byte_of_a_seal_is_noticed() -> None:
    seed = bytearray(SEED)
    sealed = recovery.seal(recovery.public_of(seed), VAULT, bytearray(32))
    for at in range(len(sealed)):
        altered = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        assert recovery.open_seal(seed, VAULT, altered) is None
    assert recovery.open_seal(seed, VAULT, sealed[:40]) is None


def test_made_up_keys_differ() -> None:
    assert len({bytes(recovery.new_seed()) for _ in range(20)}) == 20


# What unlock does with it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def key(folder: Path) -> bytearray:
    made = unlock.create_vault(folder, OLD, cost=FAST, floor=FAST)
    (folder / "vault.db").write_bytes(b"as it was")
    return made


@pytest.fixture
def paper(folder: Path, key: bytearray) -> str:
    """The words of the vault's recovery key."""
    seed = recovery.new_seed()
    unlock.add_recovery(folder, OLD, recovery.public_of(seed), floor=FAST)
    return " ".join(recovery.words_of(seed))


def test_the_recovery_words_open_the_vault_and_give_it_a_new_passphrase(
    folder: Path, key: bytearray, paper: str
) -> None:
    unlock.recover(folder, paper.upper(), NEW, now_ms=START_MS, cost=FAST, floor=FAST)
    assert (folder / "vault.db").read_bytes() == b"as it was"
    assert unlock.unlock(folder, NEW, floor=FAST) == key
    with pytest.raises(WrongPassphrase):
        unlock.unlock(folder, OLD, floor=FAST)
    unlock.recover(folder, paper, OLD, now_ms=START_MS, cost=FAST, floor=FAST)
    assert unlock.unlock(folder, OLD, floor=FAST) == key


def test_the_recovery_words_outlive_a_change_of_passphrase(
    folder: Path, key: bytearray, paper: str
) -> None:
    unlock.change_passphrase(folder, OLD, NEW, cost=FAST, floor=FAST)
    assert unlock.unlock_with_recovery(folder, paper) == key


def test_a_new_recovery_key_takes_the_place_of_the_old(
    folder: Path, key: bytearray, paper: str
) -> None:
    seed = recovery.new_seed()
    unlock.add_recovery(folder, OLD, recovery.public_of(seed), floor=FAST)
    assert unlock.unlock_with_recovery(folder, " ".join(recovery.words_of(seed))) == key
    with pytest.raises(WrongRecovery, match="another casebook"):
        unlock.unlock_with_recovery(folder, paper)


def test_recovering_without_a_recovery_key_changes_nothing(folder: Path, key: bytearray) -> None:
    before = (folder / "vault.keys").read_bytes()
    with pytest.raises(NoRecovery, match="no recovery key"):
        unlock.recover(folder, " ".join(words(SEED)), NEW, now_ms=START_MS, cost=FAST, floor=FAST)
    assert (folder / "vault.keys").read_bytes() == before


def test_a_passphrase_too_cheap_leaves_the_vault_as_it_was(folder: Path, paper: str) -> None:
    before = (folder / "vault.keys").read_bytes()
    with pytest.raises(VaultDamaged):
        unlock.recover(folder, paper, NEW, now_ms=START_MS, cost=FAST)
    assert (folder / "vault.keys").read_bytes() == before


def test_the_public_half_is_named_in_the_slot_and_nothing_secret_is(
    folder: Path, key: bytearray, paper: str
) -> None:
    told = [(folder / "vault.keys").read_text()]
    slot = keyfile.read(folder / "vault.keys").slots[-1]
    seed = recovery.seed_of(paper)
    assert slot.to == recovery.public_of(seed).hex()
    for typed in (" ".join(words(os.urandom(16))), paper.replace(paper.split()[3], "zoom")):
        with pytest.raises(VaultError) as raised:
            unlock.unlock_with_recovery(folder, typed)
        told += ["".join(traceback.format_exception(raised.value)), repr(raised.value)]
    secrets = [key.hex()[:16], seed.hex(), *paper.split()]
    assert [one for one in secrets if any(f"{one} " in text for text in told)] == []
