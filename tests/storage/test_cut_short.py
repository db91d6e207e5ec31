# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A change of passphrase that ends in the middle: what it leaves beside the vault."""

from pathlib import Path

import pytest

from storage import unlock
from storage.errors import WrongPassphrase
from storage.unlock import Cost

FAST = Cost(1, 8192)
OLD = "amber copper dolphin lantern willow"
NEW = "velvet harbour pencil orchid summit"


@pytest.mark.parametrize("last", ["vault.keys.before.new", "vault.keys.new"])
def test_a_change_of_passphrase_that_is_killed_leaves_the_old_words_and_no_trace_of_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    folder, put = tmp_path / "vault", Path.replace
    key = unlock.create_vault(folder, OLD, cost=FAST, floor=FAST)

    def or_killed(self: Path, to: Path) -> Path:
        if self.name == last:
            raise KeyboardInterrupt
        return put(self, to)

    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", or_killed)
        with pytest.raises(KeyboardInterrupt):
            unlock.change_passphrase(folder, OLD, NEW, cost=FAST, floor=FAST)
    assert (folder / last).exists()
    with pytest.raises(WrongPassphrase):
        unlock.unlock(folder, NEW, floor=FAST)
    assert unlock.unlock(folder, OLD, floor=FAST) == key
    assert [one.name for one in folder.iterdir()] == ["vault.keys"]
