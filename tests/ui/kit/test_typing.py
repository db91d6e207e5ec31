# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Date fields, notes and the problem summary."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.casework.dates import Lean
from tests.ui.kit.conftest import Wear
from tests.ui.kit.samples import focus, name_of, now, today
from ui.kit.date_field import DateField, DateTimeField, PartialDateField
from ui.kit.note_edit import LONGEST, NoteEdit
from ui.kit.problem_summary import ProblemSummary
from ui.kit.word_marks import WordMarks, words_ended

Shown = Callable[..., QWidget]


def test_a_date_is_echoed_as_it_was_understood(shown: Shown) -> None:
    field = DateField("Born", today)
    shown(field)
    heard: list[str] = []
    field.changed.connect(heard.append)
    QTest.keyClicks(field.field, "14 3 89")
    assert field.value() == heard[-1] == "1989-03-14"
    assert field.echo.text() == "Tue 14 Mar 1989"
    assert name_of(field.field) == "Born"


def test_what_cannot_be_read_stays_and_the_echo_says_what_can(shown: Shown) -> None:
    field = DateField("Seen", today)
    shown(field)
    QTest.keyClicks(field.field, "soonish")
    assert field.value() == ""
    assert field.text() == "soonish"
    assert field.problem() == field.echo.text() == field.field.accessibleDescription()
    assert "14 3 89" in field.problem()
    field.field.clear()
    assert (field.value(), field.problem(), field.echo.text()) == ("", "", "")


def test_a_near_day_is_echoed_with_how_far_it_is(wear: Wear) -> None:
    field = DateField("Seen", today)
    field.set_text("-3d")
    assert field.echo.text() == "Fri 20 Nov 2026, 3 days ago"


def test_a_date_put_into_a_field_is_read_the_same(wear: Wear) -> None:
    day, moment = DateField("Seen", today), DateTimeField("When", now)
    born = PartialDateField("Born", today)
    for value in ("2026-11-20", "1989-03-14", ""):
        day.set_value(value)
        assert day.value() == value
    for value in ("2026-11-26T10:00", "2025-01-02", ""):
        moment.set_value(value)
        assert moment.value() == value
    for value in ("1989-03-14", "1989-03", "1989", "1989~", ""):
        born.set_value(value)
        assert (born.value(), born.problem()) == (value, "")


def test_a_planned_time_is_read_towards_the_future(wear: Wear) -> None:
    field = DateTimeField("Next step", now, lean=Lean.FUTURE)
    field.set_text("thu 10")
    assert field.value() == "2026-11-26T10:00"
    assert field.echo.text() == "Thu 26 Nov, 10:00"


def test_a_day_alone_is_not_enough_where_a_time_is_needed(wear: Wear) -> None:
    field = DateTimeField("Appointment", now, lean=Lean.FUTURE, time_needed=True)
    field.set_text("thu")
    assert field.value() == ""
    assert field.problem() == "Say the time as well, such as thu 10:30."


def test_a_remembered_birthday_may_be_a_year_alone(wear: Wear) -> None:
    field = PartialDateField("Born", today)
    field.set_text("about 1989")
    assert field.value() == "1989~"
    assert field.echo.text() == "about 1989 (about 37y)"


def test_tab_leaves_a_note(shown: Shown) -> None:
    note, after = NoteEdit("Note"), QLineEdit()
    shown(note, after)
    note.setFocus()
    QTest.keyClicks(note, "Seen at the door.")
    QTest.keyClick(note, Qt.Key.Key_Tab)
    assert focus() is after
    assert note.text() == "Seen at the door."
    assert note.said_words() == "4 words"


def test_a_note_tells_what_was_typed_and_not_what_was_loaded(wear: Wear) -> None:
    note = NoteEdit("Note")
    heard: list[str] = []
    note.typed.connect(heard.append)
    note.set_text("Loaded")
    assert heard == []
    QTest.keyClicks(note, "x")
    assert heard == ["xLoaded"]


def test_only_the_words_are_pasted_into_a_note(wear: Wear) -> None:
    note, pasted = NoteEdit("Note"), QMimeData()
    pasted.setHtml("<b>bold</b><img src=x>")
    pasted.setText("bold")
    note.insertFromMimeData(pasted)
    assert note.text() == "bold"


def test_a_note_never_grows_longer_than_a_bundle_can_carry(wear: Wear) -> None:
    note = NoteEdit("Note")
    note.set_text("a" * (LONGEST - 1))
    pasted = QMimeData()
    pasted.setText("b" * 50)
    note.insertFromMimeData(pasted)
    assert len(note.text()) == LONGEST


def test_each_problem_goes_to_its_field(shown: Shown) -> None:
    summary, first, second = ProblemSummary(), QLineEdit(), QLineEdit()
    shown(first, second, summary)
    assert summary.isHidden()
    summary.show_problems([("Say who was seen", first), ("Give a day", second)])
    assert summary.hasFocus()
    assert name_of(summary) == "There is a problem. Say who was seen. Give a day"
    summary.lines[1].click()
    assert second.hasFocus()
    summary.show_problems([("Give a day", second)])
    assert [line.text() for line in summary.lines] == ["Give a day"]
    summary.show_problems([])
    assert summary.isHidden()


def test_word_marks_fill_as_words_are_ended(wear: Wear) -> None:
    typed = ["", "har", "harbour ", "harbour ke", "a b c d e f", "a b c d e f g "]
    assert [words_ended(text, 6) for text in typed] == [0, 0, 1, 1, 6, 6]
    marks = WordMarks(6)
    marks.set_typed(4)
    assert name_of(marks) == "4 of 6 words"
