# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What keepers are told before they sign: all of it, read from the list itself."""

import msgspec
import pytest

from desktop_app.casework.people import Role
from sync import acts
from sync.act_words import in_words, keeper_of, strange
from sync.acts import Act
from sync.deciding import Former, hand_over, make_papers, replace_recovery_key
from sync.envelope import Signed
from sync.roster import Roster, Waiver
from tests.sync.laptops import Four
from tests.sync.papers import NAMES, papers, with_papers


def said(four: Four, after: Roster) -> tuple[list[str], bool]:
    act = Act(Signed(b"", []), four.grant.seat.roster, after)
    return in_words(act), strange(act)


def waiting(four: Four) -> Act:
    act = acts.pending(four.ann.store)
    assert act is not None
    return act


def test_a_lost_coordinators_act_says_who_comes_who_goes_and_what_counts(four: Four) -> None:
    four.grant.save("visit", {"place": "home"})
    with_papers(four)
    ann = four.ann
    hand_over(
        ann.store,
        ann.seat.me.device,
        Former.LOST,
        now_ms=four.clock.later(),
        random=ann.dice.randbytes,
    )
    act = waiting(four)
    words = " ".join(in_words(act))
    assert "Ann Lowe on Ann's laptop coordinates the team." in words
    assert "A. Grant on Grant's laptop coordinates it no longer." in words
    assert "Out of the team: A. Grant on Grant's laptop." in words
    assert "Ann Lowe, from now on: Key worker, Coordinator." in words
    assert "A. Grant, from now on: no work in the team. May read: All partners." in words
    assert "counts as far as it had arrived where this was prepared" in words
    assert not strange(act)


def test_new_papers_are_named_with_their_keepers(four: Four) -> None:
    with_papers(four)
    fresh = papers()
    make_papers(
        four.grant.store, fresh, now_ms=four.clock.later(), random=four.grant.dice.randbytes
    )
    act = acts.pending(four.grant.store)
    assert act is not None
    assert in_words(act) == [
        f"3 new papers decide from now on, 2 of them together: {', '.join(NAMES)}.",
        "The papers kept until now sign nothing any more.",
    ]
    assert keeper_of(act.after, fresh[1][1]) == "Dr Mora"
    assert keeper_of(act.after, b"?" * 32) == "a keeper"
    assert not strange(act)


def test_new_recovery_words_are_said(four: Four) -> None:
    with_papers(four)
    grant = four.grant
    replace_recovery_key(
        grant.store, b"r" * 32, now_ms=four.clock.later(), random=grant.dice.randbytes
    )
    act = acts.pending(grant.store)
    assert act is not None
    (words,) = in_words(act)
    assert "New recovery words" in words
    assert not strange(act)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "Southside"}, ""),
        ({"audit_key": b"a" * 32}, ""),
        ({"waivers": (Waiver(b"f" * 16, 1, 2),)}, ""),
        ({"min_schema": 9}, ""),
        ({"leads": {"police": ()}}, "leads no longer: Police only"),
    ],
)
def test_what_no_sentence_tells_is_strange(
    four: Four, changed: dict[str, object], words: str
) -> None:
    four.everybody_exchanges()
    lines, odd = said(four, msgspec.structs.replace(four.grant.seat.roster, **changed))
    assert odd == (not words)
    assert not words or words in " ".join(lines)


def test_a_person_or_a_laptop_slipped_in_is_said(four: Four) -> None:
    roster = four.grant.seat.roster
    person, laptop = roster.persons[1], roster.devices[1]
    ghost = msgspec.structs.replace(person, id="0" * 16, name="Nobody")
    phantom = msgspec.structs.replace(laptop, id=b"p" * 16, person=ghost.id, name="Ghost")
    more = msgspec.structs.replace(
        roster, persons=(*roster.persons, ghost), devices=(*roster.devices, phantom)
    )
    words = " ".join(said(four, more)[0])
    assert "Nobody comes into the team." in words
    assert "In the team from now on: Nobody on Ghost." in words
    fewer = msgspec.structs.replace(roster, devices=roster.devices[:-1])
    assert "Not in the team any more: T. Bell" in " ".join(said(four, fewer)[0])
    called = msgspec.structs.replace(person, name="Somebody Else")
    renamed = msgspec.structs.replace(
        roster, persons=(roster.persons[0], called, *roster.persons[2:])
    )
    assert "Ann Lowe is called from now on: Somebody Else" in " ".join(said(four, renamed)[0])
    other = msgspec.structs.replace(laptop, name="Another name")
    assert said(
        four,
        msgspec.structs.replace(roster, devices=(roster.devices[0], other, *roster.devices[2:])),
    )[1]
    assert Role.COORDINATOR in roster.roles_at(roster.persons[0].id, roster.n)
