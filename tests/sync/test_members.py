# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody's work in the team changes, or ends; what they wrote stands."""

import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from sync.admission import key_is_stale, renew_key
from sync.members import change_work, coordinating, leave
from sync.reasons import Reason
from tests.sync.laptops import Four, Laptop, let_in_whoever_waits


def named(laptop: Laptop, name: str) -> str:
    return next(one.id for one in laptop.seat.team.persons.values() if one.name == name)


def change(four: Four, name: str, *roles: Role) -> None:
    grant = four.grant
    change_work(
        grant.store,
        named(grant, name),
        frozenset(roles),
        now_ms=four.clock.later(),
        random=grant.dice.randbytes,
    )


def goes(four: Four, name: str) -> None:
    grant = four.grant
    leave(grant.store, named(grant, name), now_ms=four.clock.later(), random=grant.dice.randbytes)


def test_other_work_counts_from_now_on_and_what_was_written_before_stands(four: Four) -> None:
    arrest = four.shah.save("arrest", {"offence": "Theft"})
    four.everybody_exchanges()
    change(four, "PC R. Shah", Role.KEY_WORKER)
    four.everybody_exchanges()
    later = four.shah.save("arrest", {"offence": "Handling"})
    four.everybody_exchanges()
    assert four.ann.answers(arrest) == {"offence": "Theft"}
    assert four.ann.answers(later) == {}
    person = four.ann.seat.team.persons[named(four.ann, "PC R. Shah")]
    assert (person.roles, person.audiences) == (
        frozenset({Role.KEY_WORKER}),
        frozenset({"partners"}),
    )


def test_who_may_read_more_does_once_its_lead_lets_them_in(four: Four) -> None:
    note = four.bell.save("clinical_note", {"note": "Seen"})
    four.everybody_exchanges()
    assert four.ann.answers(note) == {}
    change(four, "Ann Lowe", Role.KEY_WORKER, Role.NURSE)
    four.everybody_exchanges()
    assert four.ann.answers(note) == {}
    let_in_whoever_waits(four.bell)
    four.everybody_exchanges()
    assert four.ann.answers(note) == {"note": "Seen"}


def test_who_may_read_less_reads_nothing_new_of_it(four: Four) -> None:
    change(four, "Ann Lowe", Role.KEY_WORKER, Role.NURSE)
    four.everybody_exchanges()
    let_in_whoever_waits(four.bell)
    four.everybody_exchanges()
    change(four, "Ann Lowe", Role.KEY_WORKER)
    four.everybody_exchanges()
    assert key_is_stale(four.bell.store, "health")
    bell = four.bell
    renew_key(bell.store, "health", now_ms=four.clock.later(), random=bell.dice.randbytes)
    four.everybody_exchanges()
    note = bell.save("clinical_note", {"note": "Later"})
    four.everybody_exchanges()
    assert four.ann.answers(note) == {}


def test_whoever_leaves_is_out_with_every_laptop_and_what_they_shared_stays(four: Four) -> None:
    visit = four.ann.save("visit", {"place": "home"})
    four.everybody_exchanges()
    goes(four, "Ann Lowe")
    four.grant.exchange(four.share)
    four.ann.save("visit", {"place": "too late"})
    four.everybody_exchanges()
    for laptop in (four.grant, four.shah, four.bell):
        assert laptop.answers(visit) == {"place": "home"}
        person = laptop.seat.team.persons[named(laptop, "Ann Lowe")]
        assert not person.active
        assert not any(
            one.active for one in laptop.seat.team.devices.values() if one.person == person.id
        )


def test_what_comes_after_they_left_is_kept_aside_with_the_reason(four: Four) -> None:
    four.everybody_exchanges()
    four.ann.save("visit", {"place": "on the way"})
    goes(four, "Ann Lowe")
    four.ann.exchange(four.share)
    outcome = four.grant.exchange(four.share)
    assert Reason.AFTER_CUTOFF in {one.reason for one in outcome.aside}


def test_a_coordinator_is_not_changed_by_the_way(four: Four) -> None:
    grant = four.grant
    person = grant.seat.team.persons[named(grant, "A. Grant")]
    assert coordinating(grant.seat.roster) == {person.id}
    for act in (lambda: goes(four, "A. Grant"), lambda: change(four, "A. Grant", Role.NURSE)):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotAllowed):
        change(four, "Ann Lowe", Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        change(four, "Ann Lowe")
    assert grant.seat.team.persons[person.id].active


def test_only_a_coordinator_changes_anybody(four: Four) -> None:
    ann = four.ann
    with pytest.raises(NotAllowed):
        leave(ann.store, named(ann, "T. Bell"), now_ms=ann.now_ms, random=ann.dice.randbytes)
