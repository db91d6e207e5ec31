# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Passphrases and slots: every rule of storage/unlock.py."""

import json
import os
import re
import resource
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import cost, keyfile, unlock
from storage.errors import (
    LaptopFull,
    LaptopRefuses,
    NotEnoughMemory,
    VaultDamaged,
    VaultError,
    VaultMissing,
    VaultNewer,
    WrongPassphrase,
)
from storage.secret import word_list
from storage.unlock import Cost

FAST = Cost(1, 8192)
WORDS = "amber copper dolphin lantern willow"
OTHER = "velvet harbour pencil orchid summit"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def key(folder: Path) -> bytearray:
    return unlock.create_vault(folder, WORDS, cost=FAST, floor=FAST)


def opened(folder: Path, words: str = WORDS) -> bytearray:
    return unlock.unlock(folder, words, floor=FAST)


def slot_file(folder: Path) -> dict[str, object]:
    found = json.loads((folder / "vault.keys").read_text())
    assert isinstance(found, dict)
    return found


def rewrite(folder: Path, **slot: object) -> None:
    """Write an altered slot with a right checksum, as somebody who knows the format would."""
    found = keyfile.read(folder / "vault.keys")
    altered = msgspec.structs.replace(found.slots[0], **slot)
    (folder / "vault.keys").unlink()
    keyfile.write(folder, keyfile.KeyFile(found.tandem, found.version, found.vault, [altered]))


def test_the_passphrase_gives_back_the_key_the_vault_was_made_with(
    folder: Path, key: bytearray
) -> None:
    assert opened(folder) == key
    assert len(key) == 32


def test_two_vaults_with_one_passphrase_have_two_keys(folder: Path, key: bytearray) -> None:
    other = unlock.create_vault(folder.with_name("other"), WORDS, cost=FAST, floor=FAST)
    assert other != key


@pytest.mark.parametrize(
    "typed",
    [
        "  Amber  COPPER dolphin\tlantern willow ",
        "\uff21\uff4d\uff42\uff45\uff52 copper dolphin lantern willow",
    ],
)
def test_capitals_spaces_and_wide_letters_do_no_harm(
    folder: Path, key: bytearray, typed: str
) -> None:
    assert opened(folder, typed) == key


def test_a_wrong_passphrase_is_told_as_such(folder: Path, key: bytearray) -> None:
    with pytest.raises(WrongPassphrase, match="do not open"):
        opened(folder, "amber copper dolphin lantern willows")


def test_changing_the_passphrase_keeps_the_key_and_touches_only_the_slot_file(
    folder: Path, key: bytearray
) -> None:
    (folder / "vault.db").write_bytes(b"as it was")
    unlock.change_passphrase(folder, WORDS, OTHER, cost=FAST, floor=FAST)
    assert opened(folder, OTHER) == key
    assert (folder / "vault.db").read_bytes() == b"as it was"
    with pytest.raises(WrongPassphrase):
        opened(folder)


def test_changing_the_passphrase_needs_the_old_one(folder: Path, key: bytearray) -> None:
    before = (folder / "vault.keys").read_bytes()
    with pytest.raises(WrongPassphrase):
        unlock.change_passphrase(folder, OTHER, WORDS, cost=FAST, floor=FAST)
    assert (folder / "vault.keys").read_bytes() == before


def test_the_previous_slot_file_stays_until_the_new_one_has_opened_once(
    folder: Path, key: bytearray
) -> None:
    unlock.change_passphrase(folder, WORDS, OTHER, cost=FAST, floor=FAST)
    assert (folder / "vault.keys.before").exists()
    opened(folder, OTHER)
    assert [one.name for one in folder.iterdir()] == ["vault.keys"]


def test_a_slot_file_lost_while_it_was_replaced_is_taken_from_the_previous_one(
    folder: Path, key: bytearray
) -> None:
    unlock.change_passphrase(folder, WORDS, OTHER, cost=FAST, floor=FAST)
    (folder / "vault.keys").write_bytes(b"")
    assert opened(folder) == key
    assert opened(folder) == key, "the good file took the place of the damaged one"


def test_a_damaged_slot_file_never_takes_the_place_of_the_good_one_beside_it(
    folder: Path, key: bytearray
) -> None:
    unlock.change_passphrase(folder, WORDS, OTHER, cost=FAST, floor=FAST)
    good = (folder / "vault.keys.before").read_bytes()
    (folder / "vault.keys").write_bytes(b"damaged")
    unlock.change_passphrase(folder, WORDS, OTHER, cost=FAST, floor=FAST)
    assert (folder / "vault.keys.before").read_bytes() == good
    assert opened(folder, OTHER) == key


def test_a_slot_file_a_power_cut_left_half_written_is_cleared_when_the_vault_opens(
    folder: Path, key: bytearray
) -> None:
    for left in ("vault.keys.new", "vault.keys.before.new"):
        (folder / left).write_bytes(b"a passphrase nobody was told of")
    assert opened(folder) == key
    assert [one.name for one in folder.iterdir()] == ["vault.keys"]


def test_a_previous_slot_file_that_cannot_be_removed_does_not_keep_anybody_out(
    folder: Path, key: bytearray
) -> None:
    (folder / "vault.keys.before").mkdir()
    assert opened(folder) == key


def test_slots_of_another_kind_outlive_a_change_of_passphrase(folder: Path, key: bytearray) -> None:
    found = keyfile.read(folder / "vault.keys")
    paper = keyfile.Slot("paper", "", 0, 0, "", "aa")
    keyfile.write(
        folder, keyfile.KeyFile(found.tandem, found.version, found.vault, [paper, *found.slots])
    )
    unlock.change_passphrase(folder, WORDS, OTHER, cost=FAST, floor=FAST)
    assert opened(folder, OTHER) == key
    assert paper in keyfile.read(folder / "vault.keys").slots


def test_a_second_passphrase_slot_is_tried_too(folder: Path, key: bytearray) -> None:
    other = unlock.create_vault(folder.with_name("other"), OTHER, cost=FAST, floor=FAST)
    first = keyfile.read(folder / "vault.keys")
    second = keyfile.read(folder.with_name("other") / "vault.keys")
    both = [*second.slots, *first.slots]
    keyfile.write(folder, keyfile.KeyFile(first.tandem, first.version, first.vault, both))
    assert opened(folder) == key
    with pytest.raises(WrongPassphrase):
        opened(folder, OTHER), "a slot of another vault fits nowhere else"
    assert other != key


@pytest.mark.parametrize(
    ("name", "value"), [("passes", 2), ("memory", 16384), ("salt", "00" * 16), ("nonce", "00" * 24)]
)
def test_every_number_of_a_slot_is_authenticated(
    folder: Path, key: bytearray, name: str, value: object
) -> None:
    rewrite(folder, **{name: value})
    with pytest.raises(WrongPassphrase):
        opened(folder)


def test_a_slot_is_bound_to_its_vault(folder: Path, key: bytearray) -> None:
    found = keyfile.read(folder / "vault.keys")
    keyfile.write(folder, keyfile.KeyFile(found.tandem, found.version, "00" * 16, found.slots))
    with pytest.raises(WrongPassphrase):
        opened(folder)


def test_less_work_than_the_floor_is_refused(folder: Path, key: bytearray) -> None:
    with pytest.raises(VaultDamaged):
        unlock.unlock(folder, WORDS)


def test_a_cheap_vault_cannot_be_made_by_accident(folder: Path) -> None:
    with pytest.raises(VaultDamaged):
        unlock.create_vault(folder, WORDS, cost=Cost(3, (64 << 20) - 1))
    assert not (folder / "vault.keys").exists()


@pytest.mark.parametrize("asked", [{"passes": 11}, {"memory": (1 << 30) + 1}])
def test_more_work_than_the_ceiling_is_refused_at_once(
    folder: Path, key: bytearray, asked: dict[str, object]
) -> None:
    rewrite(folder, **asked)
    with pytest.raises(VaultDamaged):
        opened(folder)


def test_a_vault_of_the_real_cost_opens(folder: Path) -> None:
    key = unlock.create_vault(folder, WORDS, cost=unlock.FLOOR)
    assert unlock.unlock(folder, WORDS) == key


def test_the_standard_cost_is_well_over_the_floor() -> None:
    assert unlock.STANDARD.reaches(unlock.FLOOR)
    assert unlock.CEILING.reaches(unlock.STANDARD)
    assert Cost(3, 256 << 20) == unlock.STANDARD


def test_too_little_memory_has_its_own_words(
    folder: Path, key: bytearray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cost, "CEILING", Cost(10, 1 << 60))
    rewrite(folder, memory=1 << 50)
    with pytest.raises(NotEnoughMemory, match="memory"):
        opened(folder)


def test_a_missing_vault_is_not_a_damaged_one(folder: Path) -> None:
    with pytest.raises(VaultMissing):
        opened(folder)


def test_a_vault_without_its_slot_file_is_damaged(folder: Path) -> None:
    folder.mkdir()
    (folder / "vault.db").write_bytes(b"x")
    with pytest.raises(VaultDamaged):
        opened(folder)


def test_a_slot_file_without_a_passphrase_slot_is_damaged(folder: Path, key: bytearray) -> None:
    rewrite(folder, kind="paper")
    with pytest.raises(VaultDamaged):
        opened(folder)


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed"])
def test_a_slot_of_the_wrong_length_is_damaged(folder: Path, key: bytearray, part: str) -> None:
    rewrite(folder, **{part: "ab"})
    with pytest.raises(VaultDamaged):
        opened(folder)


def test_a_newer_slot_file_says_so(folder: Path, key: bytearray) -> None:
    (folder / "vault.keys").write_text(json.dumps({**slot_file(folder), "version": 2}))
    with pytest.raises(VaultNewer, match="newer"):
        opened(folder)


def test_any_altered_byte_of_the_slot_file_is_noticed(folder: Path, key: bytearray) -> None:
    raw = (folder / "vault.keys").read_bytes()
    silent = []
    for at in range(len(raw)):
        if chr(raw[at]).isspace():
            continue
        (folder / "vault.keys").write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        try:
            opened(folder)
        except VaultError:
            continue
        silent.append(at)
    assert silent == []


@given(st.binary(max_size=200))
def test_whatever_stands_in_the_slot_file_ends_in_plain_words(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    folder = tmp_path_factory.mktemp("vault")
    (folder / "vault.keys").write_bytes(raw)
    with pytest.raises(VaultDamaged):
        opened(folder)


def test_a_vault_is_never_made_over_another(folder: Path, key: bytearray) -> None:
    with pytest.raises(LaptopRefuses, match="already"):
        unlock.create_vault(folder, OTHER, cost=FAST, floor=FAST)
    assert opened(folder) == key


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LaptopRefuses):
        unlock.create_vault(tmp_path / "file" / "vault", WORDS, cost=FAST, floor=FAST)


def test_a_slot_file_that_cannot_be_read_is_told_in_words(folder: Path) -> None:
    (folder / "vault.keys").mkdir(parents=True)
    with pytest.raises(LaptopRefuses):
        opened(folder)


@pytest.mark.skipif(os.name != "posix", reason="Windows cannot limit the size of files")
def test_a_full_disk_leaves_the_old_slot_file(folder: Path, key: bytearray) -> None:
    with pytest.raises(LaptopFull, match="full"), room_for(100):
        unlock.change_passphrase(folder, WORDS, OTHER, cost=FAST, floor=FAST)
    assert opened(folder) == key
    assert not [one for one in folder.iterdir() if one.name.endswith(".new")]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes."""
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, was[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_only_its_owner_may_read_the_slot_file(folder: Path, key: bytearray) -> None:
    assert (folder / "vault.keys").stat().st_mode & 0o077 == 0


def test_no_key_and_no_passphrase_stands_in_an_exception_or_in_the_file(
    folder: Path, key: bytearray
) -> None:
    told = [(folder / "vault.keys").read_text()]
    tried: list[tuple[str, dict[str, Any]]] = [
        (OTHER, {}),
        (WORDS, {"passes": 0}),
        (WORDS, {"sealed": "ab"}),
        (WORDS, {"memory": 1 << 40}),
        (WORDS, {"kind": "paper"}),
    ]
    for words, altered in tried:
        rewrite(folder, **altered)
        with pytest.raises(VaultError) as raised:
            opened(folder, words)
        told += ["".join(traceback.format_exception(raised.value)), repr(raised.value)]
    secrets = [key.hex(), key.hex()[:16], WORDS, OTHER, WORDS.split()[2], OTHER.split()[2]]
    assert [one for one in secrets if any(one in text for text in told)] == []


def test_wiping_leaves_nothing() -> None:
    secret = bytearray(b"secret")
    unlock.wipe(secret)
    assert secret == bytes(6)


def test_the_list_has_7776_plain_words_and_none_begins_another() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == 7776
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words)
    assert list(words) == sorted(words)
    assert not any(later.startswith(word) for word, later in pairwise(words))


def test_a_made_up_passphrase_has_five_words_of_the_list() -> None:
    made = [unlock.generate() for _ in range(20)]
    assert all(len(one.split()) == 5 for one in made)
    assert all(word in word_list() for one in made for word in one.split())
    assert len(set(made)) == 20


def test_numbers_that_would_favour_some_words_are_thrown_away() -> None:
    drawn = iter([(62208).to_bytes(2, "big"), b"\xff\xff", (7776).to_bytes(2, "big")])
    assert unlock.generate(1, random=lambda _size: next(drawn)) == word_list()[0]
