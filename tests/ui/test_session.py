# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The signed-in session: asking, saving, drafts, the team, and how it ends."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.casework.errors import NotAllowed
from sync.admission import change_roles
from tests.sync.laptops import Four
from tests.ui.crew import Crew
from ui.consulting import nothing


def test_a_save_says_which_record_and_client_changed(ann: Crew, qtbot: QtBot) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    note = ann.session.new_record()
    edit = ann.session.edit("note", {"note": "Seen"}, client=lee, record=note)
    with qtbot.waitSignal(ann.session.changed) as caught:
        ann.session.save([edit])
    assert caught.args[0] == {lee, note}
    ann.settle()
    assert ann.laptop.answers(note) == {"note": "Seen"}


def test_only_the_newest_question_of_a_name_is_answered(ann: Crew) -> None:
    heard, owner = list[int](), QObject()
    for number in range(3):
        ann.session.ask(
            lambda _store, n=number: n,  # type: ignore[misc]
            heard.append,
            shows=nothing,
            owner=owner,
            name="one",
        )
    ann.settle()
    assert heard == [2]


def test_a_draft_is_kept_said_and_dropped(ann: Crew, qtbot: QtBot) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    with qtbot.waitSignal(ann.session.drafted) as caught:
        ann.session.keep_draft("note", {"note": "Half"}, client=lee)
    assert caught.args[0].answers == {"note": "Half"}
    ann.settle()
    assert [one.author for one in ann.laptop.store.drafts()] == [ann.session.me.id]
    ann.session.drop_draft("note", client=lee)
    ann.settle()
    assert not ann.laptop.store.drafts()


def test_what_may_be_written_follows_the_roster(ann: Crew, bell: Crew) -> None:
    assert bell.session.may_write("clinical_note")
    assert not ann.session.may_write("clinical_note")


def test_what_every_other_laptop_would_set_aside_is_not_saved(ann: Crew, qtbot: QtBot) -> None:
    lee = ann.laptop.save("client", {"surname": "Croft"})
    note = ann.session.edit("note", {"note": "Seen"}, client=lee)
    decision = ann.session.edit("decision", {"about": "include"}, client=lee)
    with qtbot.waitSignal(ann.session.failed) as caught:
        ann.session.save([note, decision])
    assert isinstance(caught.args[0], NotAllowed)
    assert "Nothing was saved" in str(caught.args[0])
    ann.settle()
    assert ann.laptop.store.records([note.record, decision.record]) == []


def test_a_note_cannot_be_narrowed_to_people_its_form_does_not_know(ann: Crew) -> None:
    with pytest.raises(NotAllowed):
        ann.session.edit("visit", {}, client=b"c" * 16, narrowed_to="audit")


def test_a_newer_roster_is_told_once(ann: Crew, grant: Crew, qtbot: QtBot) -> None:
    bell = grant.four.bell.seat.person
    change_roles(
        grant.laptop.store,
        bell,
        roles=grant.session.team.persons[bell].roles,
        audiences=frozenset({"partners"}),
        active=False,
        now_ms=grant.laptop.now_ms,
        random=grant.laptop.dice.randbytes,
    )
    grant.exchange()
    heard: list[bool] = []
    ann.session.team_changed.connect(lambda: heard.append(True))
    ann.exchange()
    ann.settle()
    assert not ann.session.team.persons[bell].active
    ann.session.refresh_team()
    ann.settle()
    assert heard == [True]


def test_closing_hands_over_what_was_typed_first_and_twice_does_no_harm(
    qtbot: QtBot, four: Four, look: None
) -> None:
    crew = Crew(qtbot, four, four.ann)
    lee = four.ann.save("client", {"surname": "Croft"})
    crew.session.closing.connect(
        lambda: crew.session.keep_draft("note", {"note": "Half"}, client=lee)
    )
    crew.session.close()
    crew.session.close()
    four.ann = four.ann.reopened()
    assert [one.answers for one in four.ann.store.drafts()] == [{"note": "Half"}]
