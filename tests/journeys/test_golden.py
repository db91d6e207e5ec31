# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A vault of every format there was opens in this Tandem, with all that was in it."""

import json
import shutil
from pathlib import Path

import pytest

from desktop_app.casework.made_up_cast import town
from desktop_app.casework.records import Edit, new_id
from storage import unlock
from storage.check import check
from storage.schema import migrations
from storage.store import Store
from tests.journeys.commands import run
from tests.journeys.golden import PLACE, told

KEPT = sorted(int(one.name) for one in PLACE.iterdir())


@pytest.fixture(params=KEPT)
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a copy of a golden vault."""
    return Path(shutil.copytree(PLACE / str(request.param), tmp_path / "osei"))


def test_there_is_one_of_the_first_format_and_of_this_one() -> None:
    assert KEPT[0] == 1
    assert KEPT[-1] == len(migrations()), "python -m tests.journeys.golden"


def test_it_holds_what_it_held(vault: Path) -> None:
    before = json.loads((vault / "told.json").read_text(encoding="utf-8"))
    assert len(before) > 40
    assert told(vault) == before


def test_it_is_whole_and_can_be_written_to(vault: Path) -> None:
    store = Store.open(vault, unlock.unlock(vault, town().passphrase))
    assert store.rows("PRAGMA user_version") == [(len(migrations()),)]
    record = new_id(1_795_600_000_000, bytes(10))
    store.save([Edit("note", record, b"", "partners", {"note": "on"})], now_ms=1_795_600_000_000)
    store.close()
    again = Store.open(vault, unlock.unlock(vault, town().passphrase))
    held = again.record(record)
    assert held is not None
    assert held.answers == {"note": "on"}
    assert check(again) == []
    again.close()


def test_it_is_backed_up_and_shown_as_any_other(vault: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text(town().passphrase, encoding="utf-8")
    use = ("--vault", vault, "--passphrase-file", words)
    assert run("check", *use).status == 0
    assert run("recovery-key", *use, "--out", tmp_path / "page.pdf", "--anew").status == 0
    assert run("backup", *use, "--to", tmp_path / "stick").status == 0
    assert run("show", *use, "--json").out.count("\n") > 40
