# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A check finds what is wrong, says so without content, and leaves the vault as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.check import check, quick
from storage.connection import was_left_open
from tests.sync.laptops import Four, team_of_four

SAID = "Kettle talk by the quay"


@pytest.fixture
def four(tmp_path: Path) -> Iterator[Four]:
    made = team_of_four(tmp_path)
    made.ann.save("client", {"surname": "Croft", "forename": "Leanne", "born": "1994-07-02"})
    made.ann.save("note", {"note": SAID})
    made.everybody_exchanges()
    yield made
    made.close()


def _kinds(four: Four) -> set[str]:
    return {one.what for one in check(four.ann.store)}


def test_a_whole_vault_has_no_finding_and_says_what_it_looked_at(four: Four) -> None:
    heard: list[str] = []
    assert check(four.ann.store, progress=heard.append) == []
    assert len(heard) == 6


def test_checking_changes_nothing(four: Four) -> None:
    four.ann.close()
    before = (four.ann.folder / "vault.db").read_bytes()
    four.ann = four.ann.reopened()
    check(four.ann.store)
    four.ann.close()
    assert (four.ann.folder / "vault.db").read_bytes() == before
    four.ann = four.ann.reopened()


def test_a_record_that_cannot_be_read_is_found_without_its_words(four: Four) -> None:
    four.ann.store.write("UPDATE record SET live = substr(live, 1, 9) WHERE form = 'note'")
    found = check(four.ann.store)
    assert {one.what for one in found} == {"records"}
    assert not any(SAID in one.words for one in found)


def test_a_search_out_of_step_is_found(four: Four) -> None:
    four.ann.store.write("DELETE FROM words_docsize")
    assert "search" in _kinds(four)


def test_a_log_that_lost_a_bundle_is_found(four: Four) -> None:
    four.ann.store.write("DELETE FROM bundle_raw WHERE place = (SELECT max(place) FROM bundle)")
    assert _kinds(four) == {"log"}


def test_a_part_without_its_bundle_is_found(four: Four) -> None:
    four.ann.store.rows("PRAGMA foreign_keys = OFF")
    four.ann.store.write("DELETE FROM bundle WHERE place = (SELECT max(place) FROM bundle)")
    assert {"links"} <= _kinds(four)


def test_a_quick_look_finds_what_is_torn_and_nothing_in_what_is_whole(four: Four) -> None:
    assert quick(four.ann.store) == []
    folder = four.ann.folder
    four.ann.store.write("CREATE INDEX torn ON record (author)")
    four.ann.store.rows("PRAGMA writable_schema = ON")
    four.ann.store.write(
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
        " WHERE name = 'record') WHERE name = 'torn'"
    )
    four.ann.close()
    four.ann = four.ann.reopened()
    assert {one.what for one in quick(four.ann.store)} == {"structure"}
    assert folder.exists()


def test_a_store_that_was_not_closed_is_known_by_what_it_left(four: Four) -> None:
    assert was_left_open(four.ann.folder), "it is open now"
    four.ann.close()
    assert not was_left_open(four.ann.folder)
    four.ann = four.ann.reopened()
