# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The form view: any form, from its definition, and nothing typed in it is lost or overwritten."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.forms import FieldType, form, forms
from desktop_app.casework.records import Answers
from tests.ui.answers import accepted
from tests.ui.door import focus
from tests.ui.office import NOW, OSEI, SHAH, small_team
from ui import theme
from ui.editors.asking import Asking
from ui.editors.row import Held
from ui.form_view import FormView, applying
from ui.theme import Theme

EVERY_FORM = sorted(forms())
ASKED = [
    name
    for name in EVERY_FORM
    if any(one.appearance != "hidden" for one in forms()[name].fields.values())
]
"""Forms that ask a person something; Tandem writes the others by itself."""


@pytest.fixture(scope="module")
def asking() -> Asking:
    return Asking(small_team(), OSEI, lambda: NOW)


class Bench:
    """A form view in a window of its own."""

    def __init__(self, qtbot: QtBot, asking: Asking) -> None:
        self.qtbot, self.asking = qtbot, asking

    def show(self, name: str, answers: Mapping[str, Any] | None = None) -> FormView:
        view = FormView(form(name), self.asking)
        self.qtbot.addWidget(view)
        view.resize(900, 700)
        view.show()
        view.activateWindow()
        self.qtbot.waitUntil(view.isActiveWindow)
        if answers is not None:
            view.open(dict(answers))
        return view

    def type(self, view: FormView, field: str, words: str) -> None:
        editor = view.editor(field)
        editor.setFocus()
        QTest.keyClicks(focus(), words)


@pytest.fixture
def bench(qtbot: QtBot, asking: Asking, look: None) -> Bench:
    return Bench(qtbot, asking)


@pytest.mark.parametrize("name", EVERY_FORM)
def test_every_shipped_form_shows_with_its_questions_labelled_and_found_by_name(
    bench: Bench, name: str
) -> None:
    view = bench.show(name)
    for field in form(name).field:
        if field.appearance == "hidden":
            assert field.name not in view.rows
            continue
        assert view.editor(field.name).objectName() == field.name
        assert view.rows[field.name].label.buddy() is not None
        assert view.rows[field.name].label.text().replace("&", "") == field.label


@pytest.mark.parametrize("name", EVERY_FORM)
def test_every_question_stands_after_the_one_it_depends_on(name: str) -> None:
    names = [field.name for field in form(name).field]
    for field in form(name).field:
        if field.relevant:
            assert names.index(field.relevant.split()[0]) < names.index(field.name)


def test_a_question_that_does_not_apply_is_hidden_and_its_answer_comes_back(bench: Bench) -> None:
    view = bench.show("arrest")
    view.resume({"further_action": "charged", "court": "Eastmoor Magistrates"})
    assert not view.rows["court"].isHidden()
    view.resume({"further_action": "nfa"})
    assert view.rows["court"].isHidden()
    assert "court" not in view.altered()
    assert view.answers()["court"] == "Eastmoor Magistrates"
    view.resume({"further_action": "charged"})
    assert view.altered()["court"] == "Eastmoor Magistrates"


def test_a_question_that_hangs_on_a_hidden_one_is_hidden_as_well(bench: Bench) -> None:
    view = bench.show("police_contact")
    view.resume({"kind": "stop_search", "found": "looked_for"})
    assert not view.rows["found_detail"].isHidden()
    view.resume({"kind": "words"})
    assert view.rows["found"].isHidden()
    assert view.rows["found_detail"].isHidden()


def test_a_default_that_is_shown_is_saved(bench: Bench) -> None:
    view = bench.show("need")
    assert view.altered() == {"owner": OSEI, "raised_on": "2026-11-23"}


def test_of_a_record_that_was_opened_only_what_was_altered_is_handed_out(bench: Bench) -> None:
    view = bench.show("need", {"domain": "housing", "what": "A lock", "from_a_newer_tandem": 7})
    assert view.altered() == {}
    bench.type(view, "what", " that closes")
    assert view.altered() == {"what": view.editor("what").value()}


def test_a_group_of_questions_is_handed_out_as_a_whole(bench: Bench) -> None:
    held = {"domain": "housing", "what": "A lock", "done_on": "2026-11-20", "outcome": "met"}
    view = bench.show("need", held)
    bench.type(view, "outcome_note", "Fitted")
    assert view.altered() == {
        "done_on": "2026-11-20",
        "outcome": "met",
        "outcome_note": "Fitted",
    }


def test_an_answer_can_be_taken_back(bench: Bench) -> None:
    view = bench.show("need", {"domain": "housing", "what": "A lock", "action": "Ring"})
    view.editor("action").setFocus()
    QTest.keySequence(focus(), "Ctrl+A")
    QTest.keyClick(focus(), Qt.Key.Key_Delete)
    assert view.altered() == {"action": None}


def test_the_meter_counts_what_the_guide_asks_for_and_what_applies(bench: Bench) -> None:
    view = bench.show("cohort")
    done, asked = view.needed()
    view.resume({"cohort": "supply_side"})
    assert view.needed() == (done, asked + 1)
    bench.type(view, "operation", "Kestrel")
    assert view.needed() == (done + 1, asked + 1)


def test_problems_stand_at_their_questions_until_they_are_answered(bench: Bench) -> None:
    view = bench.show("need")
    found = view.problems()
    assert [one.field for one in found] == ["domain", "what"]
    to_fix = view.show_problems(found)
    assert [words for words, _editor in to_fix] == [one.message for one in found]
    assert not view.rows["what"].message.isHidden()
    bench.type(view, "what", "A lock")
    assert view.rows["what"].message.isHidden()
    assert not view.rows["domain"].message.isHidden()


def test_what_arrives_shows_where_nothing_is_typed_and_is_told_where_it_is(bench: Bench) -> None:
    view = bench.show("need", {"domain": "housing", "what": "A lock"})
    bench.type(view, "what", "Urgent: ")
    newer: Answers = {"domain": "housing", "what": "A safer place", "action": "Ring housing"}
    view.take_in(newer, lambda _name: Held("A safer place", "A safer place", "PC R. Shah", "11:40"))
    assert view.editor("action").value() == "Ring housing"
    typed = view.editor("what").value()
    assert "Urgent: " in str(typed)
    (take,) = view.rows["what"].findChildren(QPushButton)
    assert view.altered() == {"what": typed}
    take.click()
    assert view.editor("what").value() == "A safer place"
    assert view.altered() == {}


def test_of_two_answers_one_is_kept_even_when_it_is_the_one_shown(bench: Bench) -> None:
    view = bench.show("need", {"domain": "housing", "what": "A safer place"})
    both = [Held("A lock", "A lock", "K. Osei", "09:10"), Held("A safer place", "A", "R", "11:40")]
    view.show_conflicts({"what": both})
    first, second = view.rows["what"].findChildren(QPushButton)
    assert first.accessibleName() == "Keep “A lock”"
    second.click()
    assert view.altered() == {"what": "A safer place"}
    first.click()
    assert view.altered() == {"what": "A lock"}


def test_a_draft_keeps_what_was_typed_and_comes_back_over_what_changed_meanwhile(
    bench: Bench,
) -> None:
    view = bench.show("need", {"domain": "housing", "what": "A lock"})
    bench.type(view, "action", "Ring")
    draft = view.typed()
    assert draft == {"action": "Ring"}
    again = bench.show("need", {"domain": "housing", "what": "Two locks"})
    again.resume(draft)
    assert again.editor("what").value() == "Two locks"
    assert again.altered() == {"action": "Ring"}


def test_tab_goes_through_a_form_in_its_order_and_leaves_notes(bench: Bench) -> None:
    view = bench.show("need")
    view.go_to("")
    been: list[str] = []
    for _step in range(40):
        name = view.at_field()
        if name and (not been or been[-1] != name):
            been.append(name)
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        if view.at_field() == "domain":
            break
    shown = [name for name, row in view.rows.items() if not row.isHidden()]
    assert been == shown


@pytest.mark.parametrize(("scale", "width"), [(1.0, 560), (1.5, 900)])
def test_no_form_is_wider_than_a_small_window(
    bench: Bench, qapp: QApplication, scale: float, width: int
) -> None:
    theme.apply(qapp, Theme(text_scale=scale))
    for name in EVERY_FORM:
        view = bench.show(name)
        view.resize(width, 600)
        assert view.minimumSizeHint().width() <= width, name


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_answered_is_saved_and_shown_again(
    qapp: QApplication, asking: Asking, data: st.DataObject
) -> None:
    shipped = form(data.draw(st.sampled_from(EVERY_FORM)))
    drawn = {
        one.name: data.draw(accepted(one)) for one in shipped.field if data.draw(st.booleans())
    }
    view, again = FormView(shipped, asking), FormView(shipped, asking)
    view.begin(dict.fromkeys(shipped.fields))
    view.resume(drawn)
    saved = view.altered()
    assert saved == {n: v for n, v in applying(shipped, drawn).items() if v not in ({}, [])}
    again.open(saved)
    assert again.altered() == {}
    assert {n: again.editor(n).value() for n in saved if n in again.rows} == {
        n: v for n, v in saved.items() if n in again.rows
    }
    view.deleteLater()
    again.deleteLater()


@pytest.mark.parametrize("name", ASKED)
def test_whatever_tab_can_reach_in_a_form_has_a_name(bench: Bench, name: str) -> None:
    view = bench.show(name)
    reached = [
        one
        for one in view.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert reached
    assert [one for one in reached if not _name(one)] == []


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_alt_and_its_letter_lead_to_every_question_of_a_form(bench: Bench) -> None:
    view = bench.show("appointment")
    for name, row in view.rows.items():
        text = row.label.text()
        if row.isHidden() or "&" not in text:
            continue
        letter = text[text.index("&") + 1]
        QTest.keySequence(view, f"Alt+{letter}")
        assert view.at_field() == name


def test_people_default_to_a_list(bench: Bench) -> None:
    view = bench.show("police_contact")
    assert form("police_contact").fields["officers"].type is FieldType.PEOPLE
    assert view.altered()["officers"] == [OSEI]
    assert SHAH not in view.altered()["officers"]  # type: ignore[operator]
