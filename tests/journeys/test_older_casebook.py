# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A casebook's old files are put back: nothing is written in it until its owner goes on."""

import shutil
from pathlib import Path

import pytest

from storage.store import Store
from storage.unlock import unlock
from tests.journeys.commands import run
from ui import home

TODAY = "2026-11-24"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made") / "town"
    assert run("demo", place, "--clients", 4, "--months", 2, "--today", TODAY).status == 0
    return place


@pytest.fixture
def town(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "town")
    return tmp_path / "town"


def taken_in(vault: Path, surname: str) -> int:
    table = vault.parent / f"{surname}.csv"
    table.write_text(f"surname,forename,born\n{surname},Sam,1980", encoding="utf-8")
    return run("import", "--vault", vault, "--form", "client", table, "--apply").status


def test_old_files_are_put_back_and_their_owner_goes_on(town: Path, tmp_path: Path) -> None:
    vault, share = town / "vaults" / "osei", town / "share"
    use = ("--vault", vault, "--share", share)
    assert run("exchange", *use).err == ""
    shutil.copytree(vault, tmp_path / "old")
    assert taken_in(vault, "Hook") == 0
    assert run("exchange", *use).err == ""
    shutil.rmtree(vault)
    shutil.copytree(tmp_path / "old", vault)
    said = run("exchange", *use)
    assert said.status == 1
    assert "older than your team has seen" in said.err
    assert taken_in(vault, "Refused") == 1
    assert run("show", "--vault", vault).status == 0
    assert run("check", "--vault", vault).status == 0
    said = run("go-on", *use)
    assert said.status == 0, said
    assert "older than the one it last worked in" in said.out
    assert "1 record of yours came back from the team." in said.out
    assert "  Client, " in said.out
    assert taken_in(vault, "Allowed") == 0
    assert run("exchange", *use).err == ""


def test_what_had_not_been_shared_is_said_to_be_missing_and_since_when(
    town: Path, tmp_path: Path
) -> None:
    vault, share = town / "vaults" / "osei", town / "share"
    use = ("--vault", vault, "--share", share)
    assert run("exchange", *use).err == ""
    shutil.copy(vault / "vault.db", tmp_path / "old.db")
    assert taken_in(vault, "Hook") == 0
    shutil.copy(tmp_path / "old.db", vault / "vault.db")
    assert taken_in(vault, "Refused") == 1
    said = run("go-on", *use, "--json")
    assert said.status == 0
    assert said.json["came_back"] == []
    assert said.json["newest_known"] >= said.json["newest_own_work"] > "2026"
    assert run("exchange", *use).err == ""


def test_an_old_page_found_by_a_check_is_put_right_by_going_on(town: Path) -> None:
    vault, share = town / "vaults" / "osei", town / "share"
    passphrase = home.made_up_passphrase(town)
    store = Store.open(vault, unlock(vault, passphrase))
    store.write(
        "UPDATE record SET live = (SELECT live FROM record WHERE form = 'client' LIMIT 1)"
        " WHERE id = (SELECT max(id) FROM record WHERE form = 'client')"
    )
    store.close()
    said = run("check", "--vault", vault)
    assert said.status == 1
    assert "not what the signed bundles say" in said.err
    assert "tandem go-on" in said.err
    assert run("go-on", "--vault", vault, "--share", share).status == 0
    assert run("check", "--vault", vault).status == 0


def test_nobody_goes_on_without_the_share(town: Path, tmp_path: Path) -> None:
    vault = town / "vaults" / "osei"
    said = run("go-on", "--vault", vault, "--share", tmp_path / "nowhere")
    assert said.status == 1
    assert "cannot be reached" in said.err
    assert (
        run("exchange", "--vault", vault, "--share", town / "share", "--json").json["notes"] == []
    )
