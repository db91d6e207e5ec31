# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Every command that touches a casebook as a whole, walked, and found in the audit.

A command that is added is put into one of the two lists, or fails. The ways of the window are in
tests/ui/test_custody.py.
"""

import json
import shutil
from pathlib import Path

import pytest

from desktop_app.casework.made_up_cast import town
from desktop_app.casework.people import Role
from desktop_app.casework.records import Change, Record
from desktop_app.casework.reference import reference
from storage import audit, reads
from storage.audit import Wanted
from storage.entry import enter
from storage.older import notice
from storage.store import Store
from storage.unlock import unlock
from tests.journeys.commands import Said, run
from tests.logged import logged
from tests.storage.test_repair import damage
from ui.cli import COMMANDS
from ui.clock import Clock

KEPT = {
    *("backup", "restore", "repair", "recover", "recovery-key", "rekey", "go-on"),
    *("exchange", "import"),
}
WRITES_NOTHING = {"demo", "check", "verify", "self-test", "first-paint"}
SHOWS = {"show"}
"""What leaves by it is an export: tests/journeys/test_command_line.py."""
HEAD = "surname,forename,born,gender\n"
NEW = "velvet harbour pencil orchid summit"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made") / "town"
    assert run("demo", place, "--clients", 2, "--months", 1, "--today", "2026-11-24").status == 0
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "town"))


@pytest.fixture
def vault(place: Path) -> Path:
    return place / "vaults" / "osei"


def written(vault: Path, form: str = "upkeep", words: str = "") -> list[Change]:
    store = Store.open(vault, unlock(vault, words or town().passphrase))
    try:
        return logged(store, form)
    finally:
        store.close()


def hows(vault: Path, words: str = "") -> list[str]:
    return [str(one.answers["how"]) for one in written(vault, words=words)]


def paper(place: Path) -> str:
    told = (place / "made-up.toml").read_text(encoding="utf-8")
    line = next(one for one in told.splitlines() if one.startswith("recovery"))
    return str(json.loads(line.partition("=")[2]))


def done(said: Said) -> Said:
    assert said.status == 0, said.err
    return said


def test_every_command_is_walked_here_or_does_nothing_to_a_casebook() -> None:
    assert set(COMMANDS) == KEPT | WRITES_NOTHING | SHOWS


def test_a_backup_and_its_coming_back(place: Path, vault: Path, tmp_path: Path) -> None:
    made = done(run("backup", "--vault", vault, "--to", tmp_path / "stick", "--json")).json
    assert hows(vault)[-1:] == ["backup"]
    words, new = tmp_path / "paper", tmp_path / "new"
    words.write_text(paper(place), encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    told = ("--recovery-file", words, "--passphrase-file", new)
    done(run("restore", "--from", made["backup"], "--to", tmp_path / "anew", *told))
    assert hows(tmp_path / "anew", NEW)[-2:] == ["backup", "restored"]


def test_the_recovery_words_are_written_at_the_next_sign_in(
    place: Path, vault: Path, tmp_path: Path
) -> None:
    words, new = tmp_path / "paper", tmp_path / "new"
    words.write_text(paper(place), encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    done(run("recover", "--vault", vault, "--recovery-file", words, "--passphrase-file", new))
    enter(vault, NEW, now_ms=Clock().now_ms()).store.close()
    assert hows(vault, NEW)[-1:] == ["recovered"]


def test_wrong_words_are_written_at_the_next_sign_in(vault: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not these words at all", encoding="utf-8")
    for command in ("repair", "check"):
        assert run(command, "--vault", vault, "--passphrase-file", wrong).status == 1
    later = Clock().now_ms() + 60_000
    enter(vault, town().passphrase, now_ms=later).store.close()
    entry = written(vault)[-1].answers
    assert (entry["how"], entry["count"]) == ("wrong_words", 1), "the second had to wait"


def test_a_new_key_and_new_words(vault: Path, tmp_path: Path) -> None:
    done(run("rekey", "--vault", vault))
    done(run("recovery-key", "--vault", vault, "--out", tmp_path / "page.pdf"))
    assert hows(vault)[-2:] == ["rekeyed", "words_made"]


def test_a_repair(vault: Path) -> None:
    store = Store.open(vault, unlock(vault, town().passphrase))
    page = store.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'bundle_raw'")[0][0]
    store.close()
    damage(vault, page)
    run("repair", "--vault", vault)
    assert hows(vault)[-1:] == ["repaired"]


def told_to_the_officer(place: Path, form: str) -> list[Record]:
    """Exchange as the coordinator, and return the entries that have come."""
    vault = officers(place)
    run("exchange", "--vault", vault, "--share", place / "share")
    store = Store.open(vault, unlock(vault, town().passphrase))
    try:
        return audit.entries(store, Wanted(forms=[form]))
    finally:
        store.close()


def officers(place: Path) -> Path:
    (key,) = (one.key for one in town().colleague if one.role is Role.COORDINATOR)
    return place / "vaults" / key


def test_going_on_from_an_older_casebook_reaches_the_officer(place: Path, vault: Path) -> None:
    store = Store.open(vault, unlock(vault, town().passphrase))
    notice(store, known_ms=Clock().now_ms())
    store.close()
    run("go-on", "--vault", vault, "--share", place / "share")
    entries = told_to_the_officer(place, "upkeep")
    assert [one.text("how") for one in entries].count("went_on") == 1


def test_what_an_exchange_took_in_is_one_entry_with_how_many_and_from_whom(
    place: Path, vault: Path
) -> None:
    for _round in range(2):  # what is here already
        for one in (vault, officers(place)):
            run("exchange", "--vault", one, "--share", place / "share")
    before = len(told_to_the_officer(place, "collection"))
    for words in ("One", "Two", "Three"):
        take_in(officers(place), "client", HEAD + f"{words},Ann,1980,woman\n")
    told_to_the_officer(place, "collection")
    run("exchange", "--vault", vault, "--share", place / "share")
    take_in(vault, "client", "surname,forename,born,gender\nFour,Ann,1980,woman\n")
    run("exchange", "--vault", vault, "--share", place / "share")
    entries = told_to_the_officer(place, "collection")
    taken = [one for one in entries if one.text("how") == "exchange"][: len(entries) - before]
    mine = [one for one in taken if one.answers["count"] == 3]
    assert len(mine) == 1, [one.answers for one in entries]
    assert len(mine[0].answers["people"]) == 1  # type: ignore[arg-type]


def take_in(vault: Path, form: str, rows: str) -> None:
    table = vault.parent.parent / "table.csv"
    table.write_text(rows, encoding="utf-8")
    done(run("import", "--vault", vault, "--form", form, table, "--apply"))


def test_a_table_is_compared_and_taken_in(vault: Path) -> None:
    store = Store.open(vault, unlock(vault, town().passphrase))
    lee = reads.records(store, form="client")[0]
    store.close()
    ref = reference(lee.id)
    take_in(vault, "note", f"client_ref,happened_at,headline\n{ref},2026-11-20 10:00,Rang\n")
    compared, came = written(vault, "combination")[-1].answers, written(vault, "collection")[-1]
    assert (compared["how"], compared["clients"]) == ("matched", [lee.id.hex()])
    assert (came.answers["how"], came.answers["count"], came.answers["kind"]) == (
        ("table", 1, "note")
    )
    assert "Rang" not in str(came.answers)


def test_somebody_in_a_table_who_is_here_already_is_named(vault: Path, tmp_path: Path) -> None:
    head = "surname,forename,born,gender\n"
    take_in(vault, "client", f"{head}Quillfeather,Ann,1980-01-02,woman\n")
    table = tmp_path / "again.csv"
    table.write_text(f"{head}Quillfeather,Ann,1980-01-02,woman\n", encoding="utf-8")
    said = run("import", "--vault", vault, "--form", "client", table)
    assert "Already in the casebook" in said.err
    entry = written(vault, "combination")[-1].answers
    assert len(entry["clients"]) == 1  # type: ignore[arg-type]
    assert len(written(vault, "collection")) == 1, "nothing was taken in the second time"


def test_who_in_a_table_may_be_here_already_is_said_with_the_reasons(
    vault: Path, tmp_path: Path
) -> None:
    take_in(vault, "client", HEAD + "Quillfeather,Catherine,1980-03-02,woman\n")
    table = tmp_path / "again.csv"
    rows = "Quilfeather,Kate,1980-02-03,woman\nOther,Ann,1980,woman\nOther,Annie,1980,woman\n"
    table.write_text(HEAD + rows, encoding="utf-8")
    said = done(run("import", "--vault", vault, "--form", "client", table))
    same, nobody, further_up = said.out.splitlines()[:3]
    assert "Perhaps the same as QUILLFEATHER, Catherine (OR-" in same
    assert "day and month of birth swapped, the surnames sound alike" in same
    assert "Perhaps" not in nobody
    assert "Perhaps the same as OTHER, Ann (line 3): born in the same year" in further_up
    entry = written(vault, "combination")[-1].answers
    assert len(entry["clients"]) == 1  # type: ignore[arg-type]
