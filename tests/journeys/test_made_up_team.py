# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The made-up team on a laptop: what each colleague finds in their vault on the first morning."""

import os
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_app.casework.made_up_cast import town
from desktop_app.casework.records import Answers
from storage import audit, ledger, reads
from storage.store import Store
from storage.unlock import unlock
from sync.carry import carry
from sync.exchange import Exchange, exchange
from sync.outcome import Previewed
from sync.preview import preview
from sync.seat import seat_of
from sync.share import FolderShare
from ui import home as homes
from ui.made_up import LAST_SHARED, READ, NotEmpty, make_team, stream

TODAY = date(2026, 11, 24)
MORNING_MS = int(datetime(2026, 11, 24, 8, tzinfo=UTC).timestamp() * 1000)
EVERYBODY = ("bello", "lowe", "osei", "shah")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up team with everybody whose story has a loose end."""
    place = tmp_path_factory.mktemp("made up") / "town"
    make_team(place, today=TODAY, clients=11, months=3)
    return place


@pytest.fixture(scope="module")
def waiting(home: Path) -> list[Previewed]:
    """What the coordinator finds on Import on the first morning, before anything is taken in."""
    folder = home / homes.VAULTS / "lowe"
    store = Store.open(folder, unlock(folder, town().passphrase))
    carried = carry(FolderShare(home / "share"), Exchange(store, MORNING_MS, os.urandom).begin())
    found = preview(store, carried, now_ms=MORNING_MS)
    assert not reads.conflicts(store), "the conflict comes with what waits"
    store.close()
    return found


@pytest.fixture(scope="module")
def vaults(home: Path, waiting: list[Previewed]) -> Iterator[dict[str, Store]]:
    """Every vault of it, open, once the coordinator has imported what waited for him."""
    held = {}
    for key in EVERYBODY:
        folder = home / homes.VAULTS / key
        held[key] = Store.open(folder, unlock(folder, town().passphrase))
    for _until_nothing_is_new in range(2):
        exchange(held["lowe"], FolderShare(home / "share"), now_ms=MORNING_MS, random=os.urandom)
    yield held
    for store in held.values():
        store.close()


def test_the_coordinator_finds_the_last_day_of_three_laptops_waiting_on_import(
    waiting: list[Previewed],
) -> None:
    assert len({one.arrived.author for one in waiting}) == 3
    assert sum(bool(one.arrived.items) for one in waiting) >= 3
    assert not any(one.waits for one in waiting)


def test_the_sign_in_page_finds_four_colleagues_and_the_passphrase(home: Path) -> None:
    places = homes.vaults(home)
    assert [one.folder.name for one in places] == list(EVERYBODY)
    assert {one.about.role for one in places} == {"key_worker", "officer", "nurse", "coordinator"}
    assert all(one.about.made_up and one.about.share == str(home / "share") for one in places)
    assert homes.made_up_passphrase(home) == town().passphrase


def test_what_stands_beside_the_vaults_names_no_client(home: Path) -> None:
    beside = list(home.rglob("*.toml"))
    assert len(beside) == 5
    for path in beside:
        text = path.read_text(encoding="utf-8")
        tomllib.loads(text)
        assert not [one for one in town().client if one.surname in text]


def test_everybody_holds_what_they_may_hold_and_nothing_else(vaults: dict[str, Store]) -> None:
    held = {key: {one.audience for one in reads.records(store)} for key, store in vaults.items()}
    assert held["osei"] == {"partners"}
    assert held["bello"] == {"partners", "health"}
    assert held["shah"] <= {"partners", "police"}
    assert "health" not in held["lowe"]
    assert "police" not in held["lowe"]


def test_everybody_sees_the_same_of_what_is_shared(vaults: dict[str, Store]) -> None:
    waiting = {change.record for _seq, some in ledger.pending(vaults["osei"]) for change in some}

    def shared(store: Store) -> dict[bytes, object]:
        found = reads.records(store, withdrawn=True)
        return {
            one.id: one.answers
            for one in found
            if one.audience == "partners" and one.id not in waiting
        }

    first, *others = [shared(store) for store in vaults.values()]
    assert len(first) > 300
    assert all(one == first for one in others)


def test_one_telephone_number_has_two_answers_and_nothing_else_has(
    vaults: dict[str, Store],
) -> None:
    for store in vaults.values():
        (conflict,) = reads.conflicts(store)
        assert list(conflict.conflicts) == ["phone"]


def test_one_bundle_on_the_share_was_set_aside(vaults: dict[str, Store]) -> None:
    for store in vaults.values():
        (aside,) = ledger.set_aside(store)
        assert aside.tries > 1


def test_the_key_worker_has_something_to_share_and_a_note_half_written(
    vaults: dict[str, Store],
) -> None:
    assert audit.to_share(vaults["osei"]) == 2
    (draft,) = vaults["osei"].drafts()
    assert draft.form == "note"
    assert all(audit.to_share(vaults[one]) == 0 for one in EVERYBODY if one != "osei")


def test_a_colleague_who_left_is_out_of_the_team_and_their_work_stays(
    vaults: dict[str, Store],
) -> None:
    seat = seat_of(vaults["osei"])
    assert seat is not None
    (okoye,) = [one for one in seat.team.persons.values() if one.name == "D. Okoye"]
    assert not okoye.active
    written = [one for one in reads.records(vaults["osei"]) if one.author == okoye.id]
    assert len(written) > 10


def test_old_alerts_are_read_and_the_new_one_is_not(vaults: dict[str, Store]) -> None:
    read = vaults["osei"].get(READ)
    assert isinstance(read, list)
    alerts = {one.id.hex(): one for one in reads.records(vaults["osei"], form="alert")}
    unread = [one for record, one in alerts.items() if record not in read]
    assert [one.text("set_on") for one in unread] == ["2026-11-23"]
    assert vaults["osei"].get(LAST_SHARED) == "2026-11-23T18:05"


def test_nobody_was_refused_a_change_they_were_not_allowed(vaults: dict[str, Store]) -> None:
    assert all(ledger.refused(store) == [] for store in vaults.values())


def test_a_folder_that_holds_anything_is_left_alone(home: Path) -> None:
    before = sorted(home.rglob("*"))
    with pytest.raises(NotEmpty):
        make_team(home, today=TODAY)
    assert sorted(home.rglob("*")) == before


def test_the_same_seed_makes_the_same_records_under_the_same_ids(tmp_path: Path) -> None:
    def made(name: str) -> list[tuple[bytes, Answers]]:
        place = tmp_path / name
        make_team(place, today=TODAY, clients=2, months=1, seed=7)
        folder = place / homes.VAULTS / "bello"
        store = Store.open(folder, unlock(folder, town().passphrase))
        found = [(one.id, one.answers) for one in reads.records(store, withdrawn=True)]
        store.close()
        return found

    assert made("one") == made("other")


def test_a_seeded_stream_is_the_same_every_time_and_another_seeds_is_not() -> None:
    assert stream("a")(100) == stream("a")(100)
    assert stream("a")(100) != stream("b")(100)
    draw = stream("a")
    assert draw(40) != draw(40)
