# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today: the order of the page, and when its sentence may reassure."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.due import CaseFile, Facts, Group, Unfinished, pieces, said
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json
from desktop_app.casework.today import summary_sentence, today
from tests.unit.desk import (
    NOW,
    OSEI,
    SHAH,
    Desk,
    Make,
    alert,
    kinds,
    missed,
    plan,
    release,
    seen,
    setting,
)


def test_the_page_has_its_order_and_every_row_a_reason(desk: Desk) -> None:
    desk.client("Croft", alert(), plan("2026-11-23T15:00", OSEI, SHAH), setting("community"))
    desk.client("Doyle", setting("community"), seen("2026-11-08"))
    desk.client("Reeve", release(), seen("2026-11-20"))
    desk.client("Tanner", missed("2026-11-12"), missed("2026-11-19"))
    desk.client("Briggs", ("need", {"what": "A", "due_on": "2026-11-25", "owner": OSEI}))
    draft = Unfinished("Visit", b"", "MARSH, Daniel", b"", NOW, 64)
    dues = desk.look(drafts=(draft,), to_share=3, shared=NOW)
    groups = [due.group for due in dues]
    assert groups == [*Group, Group.FINISH]
    assert all(due.because for due in dues)
    assert len({due.key for due in dues}) == len(dues)


def test_drafts_and_what_is_to_share_come_last(desk: Desk) -> None:
    draft = Unfinished("Visit", b"", "MARSH, Daniel", b"", NOW, 1)
    one, two = desk.look(drafts=(draft,), to_share=1)
    assert (one.name, one.sentence) == ("MARSH, Daniel", "started 14:32, 1 word")
    assert (two.what, two.sentence) == ("1 change", "not shared from this laptop yet")


def test_of_somebody_who_has_died_only_what_was_planned_is_shown(desk: Desk) -> None:
    desk.client(
        "Late",
        setting("deceased"),
        missed("2026-10-12"),
        missed("2026-10-19"),
        plan("2026-11-23T16:00", OSEI),
        ("need", {"what": "A", "due_on": "2026-11-01", "owner": OSEI}),
    )
    assert kinds(desk.look()) == ["visit"]


def test_the_same_records_give_the_same_page_in_any_order_of_arrival(desk: Desk) -> None:
    for surname in ("Croft", "Doyle", "Reeve", "Marsh"):
        desk.client(
            surname,
            alert(),
            alert(headline="Another"),
            plan("2026-11-23T15:00", OSEI, SHAH),
            release(),
            setting("community"),
            missed("2026-11-12"),
            missed("2026-11-19"),
        )
    page = desk.look()
    shuffle = random.Random(7)  # noqa: S311  an order, not a secret
    for _turn in range(10):
        shuffle.shuffle(desk.files)
        desk.files = [
            CaseFile(one.client, tuple(shuffle.sample(one.records, len(one.records))))
            for one in desk.files
        ]
        assert desk.look() == page


def test_the_sentence_counts_in_the_order_of_the_page(desk: Desk) -> None:
    desk.client("Croft", alert(), plan("2026-11-23T15:00", OSEI, SHAH))
    for surname in ("Doyle", "Nowak", "Briggs"):
        desk.client(surname, setting("community"), seen("2026-11-08"))
    sentence = summary_sentence(desk.look())
    assert said(sentence) == (
        "One thing first, then one joint visit and three visits due. Nothing else is late."
    )
    assert sentence[0].strong
    assert not sentence[1].strong


def test_nothing_is_late_is_said_only_when_nothing_is(desk: Desk) -> None:
    desk.client("Croft", plan("2026-11-23T15:00", OSEI))
    assert said(summary_sentence(desk.look())) == "One visit. Nothing is late."
    desk.client("Hale", plan("2026-11-20T15:00", OSEI))
    assert said(summary_sentence(desk.look())) == "Two visits. One of them is late."
    del desk.files[0]
    assert said(summary_sentence(desk.look())) == "One visit. It is late."
    desk.client("Marsh", plan("2026-11-19T15:00", OSEI))
    assert said(summary_sentence(desk.look())) == "Two visits. All of them are late."


def test_nothing_reassuring_is_said_while_something_has_not_arrived(desk: Desk) -> None:
    assert said(summary_sentence([])) == "Nothing is due today."
    working = said(summary_sentence([], left=3))
    assert working == "Tandem is working out what is due."
    unsure = said(summary_sentence([], all_arrived=False))
    assert unsure == "Nothing that has reached this laptop is due today."
    desk.client("Croft", plan("2026-11-23T15:00", OSEI))
    held = said(summary_sentence(desk.look(), all_arrived=False))
    assert held == "One visit. Some of what others wrote has not reached this laptop."
    some = said(summary_sentence(desk.look(), left=3))
    assert some.endswith(". 3 clients are still to be gone through; there may be more.")


def test_what_somebody_typed_never_becomes_a_mark_or_a_gap() -> None:
    found = pieces("because **%(what)s** is due", {"what": "** 100%s **"})
    assert [piece.text for piece in found] == ["because ", "** 100%s **", " is due"]
    assert [piece.strong for piece in found] == [False, True, False]


ODD = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(
        ["planned", "done", "seen", "booked", "not_attended", "remand", "community", "key_worker"]
    ),
    st.sampled_from(["2026-11-20", "2026-11-23T15:00", "2026-02-30", OSEI, "two", "%(n)d", "**"]),
    st.lists(st.sampled_from([OSEI, SHAH, "", "zz"]), max_size=3),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    records=st.lists(
        st.tuples(st.sampled_from(sorted(forms())), st.lists(ODD, min_size=3, max_size=9)),
        max_size=6,
    )
)
def test_odd_records_never_empty_the_page(
    records: list[tuple[str, list[Json]]], a_record: Make, team: Team
) -> None:
    client = a_record("client", surname="Marsh")
    held = [
        a_record("assignment", client.id, duty="key_worker", worker=OSEI, from_on="2026-01-01"),
        a_record("visit", client.id, **plan("2026-11-23T15:00", OSEI)[1]),
    ]
    for name, values in records:
        names = [one.name for one in forms()[name].field]
        answers = {one: values[at % len(values)] for at, one in enumerate(names)}
        held.append(a_record(name, client.id, **answers))
    facts = Facts((CaseFile(client, tuple(held)),), team)
    dues = today(facts, team.persons[OSEI], NOW)
    assert "visit" in kinds(dues)
    assert said(summary_sentence(dues))
