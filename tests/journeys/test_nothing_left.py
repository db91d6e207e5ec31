# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a finder of the laptop finds: nothing in memory once it is locked, nothing beside the vault.

The program runs in a process of its own; everything is looked at from outside.
"""

import sys
from pathlib import Path

import pytest

from desktop_app.casework.made_up_cast import town
from desktop_app.casework.records import Edit, new_id
from storage import unlock
from storage.store import Store
from tests.journeys.commands import run
from tests.journeys.watching import files_with, spelled, watched
from ui.self_test import TYPED as TYPED_BY_SELF_TEST

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux shows it")
NAME, TYPED = "Aardvarkington", "kestrel under the viaduct"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a team whose laptops do not say their passphrase, with a client of a rare name."""
    return made(tmp_path_factory.mktemp("team") / "town")


def made(place: Path) -> Path:
    """Make it in a folder."""
    run("demo", place, "--clients", 2, "--months", 1, "--today", "2026-11-24")
    (place / "made-up.toml").unlink()
    store = Store.open(vault(place), unlock.unlock(vault(place), town().passphrase))
    client = new_id(1, bytes(10))
    answers = {"surname": NAME, "forename": "Kay"}
    now_ms = 1_795_600_000_000
    store.save([Edit("client", client, client, "partners", dict(answers))], now_ms=now_ms)
    store.close()
    for other in (place / "vaults").iterdir():
        if other != vault(place):
            (other / "vault.keys").unlink()
    return place


def vault(place: Path) -> Path:
    return place / "vaults" / "osei"


def secrets(place: Path) -> dict[str, bytes]:
    """Return what must not stand in memory: keys, words, and what somebody read and typed."""
    key = bytes(unlock.unlock(vault(place), town().passphrase))
    spelt = {"the key": key, "the key in letters": key.hex().encode()}
    return spelt | spelled(town().passphrase) | spelled(NAME) | spelled(TYPED)


def lock_and_look(place: Path, home: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Live a life up to its lock; return what stood in memory before and after."""
    sought = secrets(place)
    with watched("sit", place, home) as life:
        life.go_on(f"{town().passphrase}|{TYPED}")
        life.until("open")
        before = life.counted(sought)
        life.go_on()
        life.until("locked")
        return before, life.counted(sought)


def test_after_a_lock_nothing_stands_in_memory(team: Path, tmp_path: Path) -> None:
    before, after = lock_and_look(team, tmp_path / "home")
    for words in (NAME, TYPED):
        assert any(count for name, count in before.items() if name.startswith(words)), "a control"
    assert {name: count for name, count in after.items() if count} == {}


def test_a_whole_life_leaves_no_word_beside_the_vault_and_reaches_for_nobody(
    tmp_path: Path,
) -> None:
    home, words = tmp_path / "home", TYPED_BY_SELF_TEST
    place = home / "work"
    with watched("work", place, home) as life:
        said = life.until("ready")
        sought = plaintext()
        held = [one for part in life.deleted() for one in sought if one in part]
        reached = [line for line in said if line.startswith("reached")]
        assert (held, reached, life.sockets()) == ([], [], [])
        assert "dumpable 0" in said, "another program of the same person may read its memory"
        assert life.core_bytes() == "0"
        control = life.counted(spelled(words))
        life.go_on()
    assert sum(control.values()), "a control: the words were in its memory"
    assert files_with(sought, home) == []
    (home / "tmp" / "control").write_text(words, encoding="utf-16")
    assert files_with(sought, home) == ["tmp/control"]


def plaintext() -> list[bytes]:
    """Return what stands in the vaults of a made-up team and nowhere else, however spelled."""
    people = {one.surname for one in town().client}
    rare = sorted(name for name in people if len(name) > 6)
    assert rare
    return [way for words in (*rare, TYPED_BY_SELF_TEST) for way in spelled(words).values()]
