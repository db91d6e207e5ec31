# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The log is the truth: read again, it gives the same records and tells who wrote what when."""

import pytest

from storage import ledger
from storage.store import Store
from sync.history import history, rebuild
from tests.sync.laptops import Four, Laptop


def derived(store: Store) -> list[tuple[object, ...]]:
    """Everything the records are, in the order of their ids."""
    tables = {
        "record": "id, form, client, audience, author, happened, live, trail, conflict, withdrawn",
        "caseload": "client, reference, name, born, last_seen, setting, key_worker, alerts",
        "words": "said",
    }
    return [
        row
        for table, columns in tables.items()
        for row in sorted(store.rows(f"SELECT {columns} FROM {table}"))  # noqa: S608
    ]


def a_busy_week(four: Four) -> bytes:
    client = four.ann.save("client", {"family_name": "Doe", "given_name": "Jo"})
    for laptop in four:
        laptop.save("visit", {"place": laptop.name, "at": "2026-06-01T10:00"}, client=client)
    four.everybody_exchanges()
    four.ann.save("client", {"family_name": "Dow"}, record=client)
    four.bell.save("client", {"family_name": "Doh"}, record=client)
    four.bell.save("clinical_note", {"note": "Seen"}, client=client)
    four.shah.save("note", {"note": "Police only"}, client=client, audience="police")
    four.shah.save("export", {"what": "list"})
    four.everybody_exchanges()
    four.shah.save("client", {"family_name": "Dow"}, record=client)
    four.everybody_exchanges()
    four.bell.save("client", {"given_name": "Joanna"}, record=client)
    four.bell.exchange(four.share)
    four.ann.save("client", {"given_name": "Josie"}, record=client)
    return client


def test_made_anew_from_the_log_the_records_are_the_same(four: Four) -> None:
    a_busy_week(four)
    for laptop in four:
        before = derived(laptop.store)
        rebuild(laptop.store, laptop.seat)
        assert derived(laptop.store) == before
        rebuild(laptop.store, laptop.seat)
        assert derived(laptop.store) == before


@pytest.mark.parametrize("audience", ["partners", "health", "police", "audit"])
def test_one_audience_can_be_made_anew_alone(four: Four, audience: str) -> None:
    a_busy_week(four)
    for laptop in four:
        before = derived(laptop.store)
        ids = ledger.bundle_ids(laptop.store)
        unread = ledger.unread_audiences(laptop.store)
        rebuild(laptop.store, laptop.seat, {audience})
        assert derived(laptop.store) == before
        assert ledger.bundle_ids(laptop.store) == ids
        assert ledger.unread_audiences(laptop.store) == unread


def test_what_is_not_sealed_yet_stands_after_a_rebuild(four: Four) -> None:
    visit = four.ann.save("visit", {"place": "home"})
    rebuild(four.ann.store, four.ann.seat)
    assert four.ann.answers(visit) == {"place": "home"}
    four.everybody_exchanges()
    assert four.bell.answers(visit) == {"place": "home"}


def told(laptop: Laptop, client: bytes) -> list[tuple[str, object]]:
    team = laptop.seat.team
    return [
        (team.name_of(past.person), dict(past.change.answers))
        for past in history(laptop.store, laptop.record(client))
    ]


def test_the_history_of_a_record_names_every_change_and_its_author(four: Four) -> None:
    client = a_busy_week(four)
    story = told(four.ann, client)
    assert story[0] == ("Ann Lowe", {"family_name": "Doe", "given_name": "Jo"})
    assert (
        {("Ann Lowe", "Dow"), ("T. Bell", "Doh"), ("PC R. Shah", "Dow")}
        == {
            (who, answers["family_name"])  # type: ignore[index]
            for who, answers in story[1:]
            if "family_name" in answers  # type: ignore[operator]
        }
    )
    assert story[-1] == ("Ann Lowe", {"given_name": "Josie"})
    four.everybody_exchanges()
    assert told(four.shah, client) == told(four.grant, client) == told(four.ann, client)
    past = history(four.ann.store, four.ann.record(client))[0]
    assert past.device == four.ann.seat.me.device.hex()
