# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A rehearsal tells what taking in would do, and taking in then does exactly that."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from desktop_app.casework.clocks import Kind, counted
from desktop_app.casework.records import WITHDRAWN, Answers
from storage.store import Store
from sync import rehearsal
from sync.carry import carry
from sync.exchange import Exchange
from sync.preview import previewing
from sync.rehearsal import Rehearsal, Rehearsing
from tests.sync.laptops import Four, Laptop
from tests.sync.test_joined import join

NOW = datetime.fromisoformat("2026-06-01T12:00")


def rehearsed(laptop: Laptop, four: Four) -> Rehearsal:
    """Rehearse taking in what lies on the share, at somebody's laptop."""
    seat, store = laptop.seat, laptop.store
    going = Exchange(store, now_ms=laptop.now_ms, random=laptop.dice.randbytes)
    carried = carry(four.share, replace(going.begin(), outbox=()))
    trial = Rehearsing(store, seat.team, seat.team.persons[seat.person], NOW)
    for _some in previewing(store, carried, now_ms=laptop.now_ms, hear=trial.hear):
        pass
    for _step in trial.steps():
        pass
    return trial.found(more_lies_there=carried.more)


def everything_in(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table of a vault."""
    names = store.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {name: store.rows(f"SELECT * FROM {name}") for (name,) in names}  # noqa: S608


def test_what_would_come_is_counted_by_kind_and_by_client(four: Four) -> None:
    lee = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    four.ann.save("visit", {"place": "home"}, client=lee)
    four.ann.save("visit", {"place": "office"}, client=lee)
    four.ann.exchange(four.share)
    found = rehearsed(four.grant, four)
    assert found.made == {"client": 1, "visit": 2}
    assert not found.altered
    (croft,) = found.clients
    assert croft.new
    assert croft.items == {"client": 1, "visit": 2}
    assert found.names[lee] == "CROFT, Leanne"
    assert found.touched == 1
    assert found.whole


def test_a_rehearsal_changes_nothing_in_the_vault_and_nothing_on_the_share(four: Four) -> None:
    lee = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    four.everybody_exchanges()
    four.grant.save("client", {"phone": "07700 900111"}, record=lee)
    four.ann.save("client", {"phone": "07700 900222"}, record=lee)
    four.ann.save("alert", {"kind": "weapon", "review_on": "2026-06-09"}, client=lee)
    four.ann.exchange(four.share)
    before, files = everything_in(four.grant.store), dict(four.share.files)  # type: ignore[attr-defined]
    changes = four.grant.store.rows("SELECT total_changes()")
    found = rehearsed(four.grant, four)
    assert found.clashes
    assert found.clocks
    assert four.grant.store.rows("SELECT total_changes()") == changes
    assert everything_in(four.grant.store) == before
    assert four.share.files == files  # type: ignore[attr-defined]


def test_taking_in_does_what_the_rehearsal_said(four: Four) -> None:
    lee = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    visit = four.ann.save("visit", {"place": "home"}, client=lee)
    four.everybody_exchanges()
    four.ann.save("visit", {"minutes": 20}, record=visit)
    four.ann.save("visit", {"place": "office"}, client=lee)
    four.ann.save("visit", {"_withdrawn": "Somebody else"}, record=visit)
    four.ann.exchange(four.share)
    found = rehearsed(four.grant, four)
    held = {row[0] for row in four.grant.store.rows("SELECT id FROM record")}
    four.grant.exchange(four.share)
    rows = four.grant.store.rows("SELECT id, form FROM record WHERE client = ?", (lee,))
    assert found.made == Counter(form for id_, form in rows if id_ not in held)
    assert found.altered == {"visit": 1}
    assert found.withdrawn == 1
    assert four.grant.record(visit).withdrawn


def test_the_questions_that_would_be_answered_twice_are_named(four: Four) -> None:
    lee = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    four.everybody_exchanges()
    four.grant.save("client", {"phone": "07700 900111"}, record=lee)
    four.ann.save("client", {"phone": "07700 900222"}, record=lee)
    four.ann.exchange(four.share)
    (clash,) = rehearsed(four.grant, four).clashes
    assert clash.differ == ("phone",)
    assert clash.record.client == lee
    four.grant.exchange(four.share)
    assert list(four.grant.record(lee).conflicts) == ["phone"]


def test_a_newcomer_who_may_be_here_already_is_named_with_the_reasons(four: Four) -> None:
    here: Answers = {
        "surname": "Croft",
        "forename": "Leanne",
        "born": "1989-03-14",
        "phone": "07700 900111",
    }
    held = four.grant.save("client", here)
    came = four.ann.save("client", {**here, "forename": "Leeanne"})
    again = four.ann.save("client", {**here, "born": "1989-14-03"})
    four.ann.exchange(four.share)
    found = rehearsed(four.grant, four)
    pairs = {frozenset((one.client, one.other)) for one in found.alike}
    assert frozenset((came, held)) in pairs
    assert frozenset((came, again)) in pairs
    assert all(one.why for one in found.alike)
    assert found.names[held] == "CROFT, Leanne"


def test_a_newcomer_is_compared_by_further_telephones_that_come_with_them(four: Four) -> None:
    held = four.grant.save("client", {"surname": "Mahrsh", "forename": "D", "phone": "07700900111"})
    came = four.ann.save("client", {"surname": "Marsh", "forename": "Dan"})
    four.ann.save("reach", {"phone": "07700 900 111"}, client=came)
    four.ann.exchange(four.share)
    (found,) = rehearsed(four.grant, four).alike
    assert {found.client, found.other} == {came, held}
    assert "same phone" in found.why


def test_the_clocks_that_would_start_are_counted_and_late_ones_stand_first(four: Four) -> None:
    lee = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    four.everybody_exchanges()
    stay: Answers = {
        "setting": "sentenced",
        "from_on": "2026-05-01",
        "expected_release_on": "2026-06-10",
    }
    four.ann.save("setting", stay, client=lee)
    for day in ("25", "27"):
        missed: Answers = {"booked_for": f"2026-05-{day}T10:00", "state": "not_attended"}
        four.ann.save("appointment", missed, client=lee)
    four.ann.save("need", {"what": "A bed", "due_on": "2026-05-30"}, client=lee)
    four.ann.exchange(four.share)
    found = rehearsed(four.grant, four)
    assert counted(found.clocks) == {Kind.RELEASE: 1, Kind.NEED: 1}  # a miss in prison is no miss
    assert found.clocks[0].kind is Kind.NEED
    assert found.clocks[0].late
    assert Kind.RELEASE.words(1) == "1 release date"


def test_what_the_coordinator_may_not_read_is_not_rehearsed(four: Four) -> None:
    lee = four.ann.save("client", {"surname": "Croft"})
    four.everybody_exchanges()
    four.bell.save("clinical_note", {"note": "45 ml holds"}, client=lee)
    four.bell.exchange(four.share)
    found = rehearsed(four.grant, four)
    assert not found.made
    assert not found.clients


def test_beyond_what_is_looked_at_closely_it_says_how_much_is_left_out(
    four: Four, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        four.ann.save("client", {"surname": f"Croft{number}", "forename": "Leanne"})
        four.ann.exchange(four.share)
    monkeypatch.setattr(rehearsal, "MOST_CHANGES", 3)
    monkeypatch.setattr(rehearsal, "MOST_NEWCOMERS", 2)
    found = rehearsed(four.grant, four)
    assert found.made == {"client": 3}
    assert found.unlooked == 1
    assert found.more_newcomers == 1
    assert not found.whole


def test_whoever_is_one_person_of_two_files_is_counted_once(four: Four) -> None:
    one = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    other = four.ann.save("client", {"surname": "Crofft", "forename": "Lee"})
    join(four.ann, one, other)
    four.everybody_exchanges()
    due: Answers = {"what": "A bed", "due_on": "2026-06-08"}
    for client in (one, other):
        four.ann.save("need", due, client=client)
    four.ann.exchange(four.share)
    found = rehearsed(four.grant, four)
    assert found.touched == 1
    (person,) = found.clients
    assert (person.client, person.new, person.items) == (one, False, {"need": 2})
    assert [(clock.client, clock.kind) for clock in found.clocks] == [(one, Kind.NEED)] * 2


def test_who_would_be_joined_by_it_is_counted_once_as_they_then_are(four: Four) -> None:
    one = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    four.everybody_exchanges()
    here: Answers = {"surname": "Croft", "forename": "Leanne", "born": "1989-03-14"}
    other = four.ann.save("client", here)
    four.ann.save("visit", {"place": "home"}, client=other)
    join(four.ann, one, other)
    four.ann.exchange(four.share)
    found = rehearsed(four.grant, four)
    assert found.touched == 1
    assert [(each.client, each.new) for each in found.clients] == [(one, False)]
    assert not found.alike, "it was settled that they are one"
    four.grant.exchange(four.share)
    assert four.grant.store.whole(other) == [one, other]


def test_who_would_be_parted_by_it_is_counted_as_two(four: Four) -> None:
    one = four.ann.save("client", {"surname": "Croft", "forename": "Leanne"})
    other = four.ann.save("client", {"surname": "Crofft", "forename": "Lee"})
    finding = join(four.ann, one, other)
    four.everybody_exchanges()
    for client in (one, other):
        four.ann.save("visit", {"place": "home"}, client=client)
    four.ann.save("same_person", {WITHDRAWN: "Her sister"}, record=finding)
    four.ann.exchange(four.share)
    assert {each.client for each in rehearsed(four.grant, four).clients} == {one, other}
