# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The team in words, the headings of Today, and a language nobody has translated yet."""

from collections.abc import Callable
from dataclasses import replace

from desktop_app.casework.due import Group
from desktop_app.casework.people import Role, Team
from desktop_app.casework.records import Change, Live, Record
from desktop_app.casework.words import _, ngettext, use


def test_every_role_and_every_heading_has_its_own_words() -> None:
    assert len({role.words for role in Role}) == len(Role)
    assert len({group.words for group in Group}) == len(Group)
    assert all(group.order_words for group in Group)


def test_somebody_of_two_roles_is_told_with_both_in_their_order(team: Team) -> None:
    one = replace(team.persons["a" * 16], roles=frozenset({Role.COORDINATOR, Role.KEY_WORKER}))
    assert one.role_title == "Key worker, Coordinator"


def test_somebody_the_roster_does_not_know_is_not_known(team: Team) -> None:
    assert team.name_of("a" * 16) == "K. Osei"
    assert team.name_of("f" * 16) == "Not known"


def test_a_language_nobody_has_translated_is_english() -> None:
    use("xx")
    assert _("Seen") == "Seen"
    assert _("") == ""
    assert ngettext("%(n)d visit", "%(n)d visits", 2) % {"n": 2} == "2 visits"


def test_a_record_knows_when_it_was_last_recorded(a_record: Callable[..., Record]) -> None:
    note = a_record("note", headline="One")
    first = note.live[0].at
    later = Record(
        note.id, "note", b"", "partners", "a", [*note.live, Live(first + 9, 8, 1, 0, {"kind": "x"})]
    )
    assert (note.recorded_at, later.recorded_at) == (first, first + 9)


def test_a_change_has_one_place_in_the_history_of_the_team() -> None:
    change = Change("note", b"r" * 16, b"", "partners", 5, 7, 3, 2, {})
    assert tuple(change.dot) == (7, 3, 2)
