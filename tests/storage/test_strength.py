# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What may be a passphrase: generated words always, one's own when nobody could guess them."""

from pathlib import Path

import pytest

from storage import unlock
from storage.errors import WeakPassphrase
from storage.strength import see_it_is_strong
from storage.unlock import Cost

FAST = Cost(1, 8192)
OLD = "amber copper dolphin lantern willow"


def passes(words: str) -> bool:
    """Say whether words may be a passphrase."""
    try:
        see_it_is_strong(words)
    except WeakPassphrase:
        return False
    return True


def test_generated_words_always_pass() -> None:
    assert [
        words for words in (unlock.generate() for _again in range(300)) if not passes(words)
    ] == []
    assert not passes(unlock.generate(words=2)), "or anything would"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "password",
        "Saltings2026!",
        "qwertyuiopasdfghjkl",
        "the the the the the",
        "amber amber amber amber amber",
        "liverpool fc forever",
        "12345678901234567890",
    ],
)
def test_what_could_be_guessed_is_refused_and_told_what_to_do(words: str) -> None:
    with pytest.raises(WeakPassphrase) as told:
        see_it_is_strong(words)
    assert not words.strip() or words not in str(told.value)


def test_words_of_ones_own_pass_when_they_are_hard_to_guess() -> None:
    assert passes("my aunt's otter plays the tuba on wednesdays in grimsby")
    assert passes("Amber  COPPER dolphin lantern willow")


def test_no_vault_is_given_a_passphrase_that_could_be_guessed(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    unlock.create_vault(folder, OLD, cost=FAST, floor=FAST)
    before = (folder / "vault.keys").read_bytes()
    with pytest.raises(WeakPassphrase):
        unlock.change_passphrase(folder, OLD, "password", cost=FAST, floor=FAST)
    assert (folder / "vault.keys").read_bytes() == before
