# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors: any answer a form accepts survives the screen, for every kind of answer there is."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.forms import Field, FieldType, forms, problems
from desktop_app.casework.records import Json
from tests.ui.answers import WORDS, accepted
from tests.ui.door import focus
from tests.ui.office import NOW, OSEI, SHAH, small_team
from ui import theme
from ui.editors import editor_for
from ui.editors.asking import Asking
from ui.editors.choice_box import ChoiceBox
from ui.editors.editor import Editor
from ui.editors.letters import with_letters
from ui.theme import Theme

EVERY = [field for form in forms().values() for field in form.field]
ONE_OF_EACH = list({(f.type, f.appearance, f.choices): f for f in EVERY}.values())
SCALAR = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
ANYTHING: st.SearchStrategy[Json] = st.recursive(
    SCALAR,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
PLAIN = next(f for f in ONE_OF_EACH if f.type is FieldType.TEXT and not f.appearance)
KINDS = [("date", "14 Mach"), ("datetime", "thu"), ("integer", "a few"), ("partial_date", "old")]


class Bench(dict[int, Editor]):
    def __repr__(self) -> str:
        return "editors"


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)

    def put(self, editor: Editor) -> None:
        self._column.addWidget(editor)
        editor.show()


@pytest.fixture(scope="module")
def asking() -> Asking:
    return Asking(small_team(), OSEI, lambda: NOW)


@pytest.fixture(scope="module")
def editors(qapp: QApplication, asking: Asking) -> Iterator[Bench]:
    made = Bench({at: editor_for(field, asking) for at, field in enumerate(ONE_OF_EACH)})
    yield made
    for editor in made.values():
        editor.deleteLater()


@pytest.fixture
def page(qtbot: QtBot, look: None) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def inner(editor: Editor) -> QWidget:
    widget = editor.focusProxy()
    assert widget is not None
    return widget


@pytest.mark.parametrize("kind", FieldType)
def test_every_kind_of_answer_has_an_editor_found_by_its_fields_name(
    asking: Asking, qtbot: QtBot, kind: FieldType
) -> None:
    field = Field("asked", kind, "Asked", choices="yes_no", answered_with="offer_answer")
    editor = editor_for(field, asking)
    qtbot.addWidget(editor)
    assert editor.objectName() == "asked"
    assert editor.accessibleName() == "Asked"


@pytest.mark.parametrize("at", range(len(ONE_OF_EACH)), ids=lambda at: ONE_OF_EACH[at].name)
@settings(max_examples=20)
@given(data=st.data())
def test_what_a_form_accepts_is_read_back_from_the_widget_as_it_was(
    editors: Bench, at: int, data: st.DataObject
) -> None:
    answer = data.draw(accepted(ONE_OF_EACH[at]))
    editor = editors[at]
    editor.show_value(answer)
    assert editor.value() == answer
    read = editor.read()
    if isinstance(read, list) and isinstance(answer, list):
        assert sorted(map(str, read)) == sorted(map(str, answer))
    elif "\u00a0" not in str(answer):  # Qt's notes read it as a plain space
        assert read == answer


@settings(max_examples=200)
@given(at=st.integers(0, len(ONE_OF_EACH) - 1), answer=ANYTHING)
def test_looking_at_a_record_never_alters_it_however_odd(
    editors: Bench, at: int, answer: Json
) -> None:
    editors[at].show_value(answer)
    assert editors[at].value() == answer


@given(words=WORDS)
def test_words_typed_over_an_answer_are_the_answer(editors: Bench, words: str) -> None:
    editor = editors[ONE_OF_EACH.index(PLAIN)]
    editor.show_value("before")
    inner(editor).setText(words)  # type: ignore[attr-defined]
    assert editor.value() == words


@pytest.mark.parametrize(("kind", "typed"), KINDS)
def test_words_that_are_no_answer_stand_and_the_form_says_so(
    qtbot: QtBot, asking: Asking, kind: str, typed: str
) -> None:
    field = Field("asked", FieldType(kind), "Asked")
    editor, again = editor_for(field, asking), editor_for(field, asking)
    qtbot.addWidget(editor)
    qtbot.addWidget(again)
    QTest.keyClicks(inner(editor), typed)
    asked = structs.replace(forms()["note"], name="", field=(field,))
    (problem,) = problems(asked, {"asked": editor.value()}, today="2026-11-23")
    assert problem.field == "asked"
    again.show_value(editor.value())
    assert again.value() == editor.value()


@pytest.mark.parametrize(
    ("name", "field", "read"), [("need", "due_on", "2027-03-14"), ("need", "done_on", "2026-03-14")]
)
def test_a_day_without_its_year_is_the_next_one_where_it_is_planned_and_the_last_elsewhere(
    qtbot: QtBot, asking: Asking, name: str, field: str, read: str
) -> None:
    editor = editor_for(forms()[name].fields[field], asking)
    qtbot.addWidget(editor)
    QTest.keyClicks(inner(editor), "14 3")
    assert editor.value() == read


def test_what_an_editor_tells_of_is_what_it_holds(qtbot: QtBot, asking: Asking) -> None:
    editor = editor_for(forms()["need"].fields["done_on"], asking)
    qtbot.addWidget(editor)
    told: list[Json] = []
    editor.edited.connect(lambda: told.append(editor.value()))
    QTest.keyClicks(inner(editor), "yest")
    assert told == ["y", "ye", "yes", "2026-11-22"]


def test_typing_finds_in_a_long_list(qtbot: QtBot, asking: Asking) -> None:
    field = forms()["setting"].fields["place_prison"]
    editor = editor_for(field, asking)
    qtbot.addWidget(editor)
    box = editor.focusProxy()
    assert isinstance(box, ChoiceBox)
    finder, line = box.completer(), box.lineEdit()
    assert finder is not None
    assert line is not None
    finder.setCompletionPrefix("belmarsh")
    assert finder.completionCount() == 1
    line.setText("hmp/yoi belmarsh")
    assert editor.value() == "bai"


def test_a_retired_code_of_an_old_record_is_shown_by_its_label(
    qtbot: QtBot, asking: Asking
) -> None:
    editor = editor_for(forms()["setting"].fields["place_prison"], asking)
    qtbot.addWidget(editor)
    editor.show_value("aki")
    box = editor.focusProxy()
    assert isinstance(box, ChoiceBox)
    assert box.currentText() == "HMP Acklington"


def test_lines_are_added_with_enter_and_taken_away(page: Page, asking: Asking) -> None:
    editor = editor_for(forms()["client"].fields["aliases"], asking)
    page.put(editor)
    editor.show_value(["Lee"])
    first = editor.focusProxy()
    assert isinstance(first, QLineEdit)
    assert first.cursorPosition() == 0, "a line longer than its field is read from its beginning"
    editor.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    QTest.keyClicks(focus(), "Croftie")
    assert editor.value() == ["Lee", "Croftie"]
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert editor.value() == ["Lee"]


def test_somebody_else_is_picked_from_the_menu(page: Page, asking: Asking) -> None:
    editor = editor_for(forms()["police_contact"].fields["officers"], asking)
    page.put(editor)
    picker = editor.picker  # type: ignore[attr-defined]
    names = [action.text() for action in picker.menu().actions()]
    assert names == ["M. Lowe", "PC R. Shah"]
    picker.menu().actions()[1].trigger()
    assert editor.value() == [SHAH]
    assert focus() is picker.pills[SHAH]


def test_a_segment_becomes_pills_when_the_text_is_too_large_for_it(
    qtbot: QtBot, qapp: QApplication, asking: Asking, look: None
) -> None:
    editor = editor_for(forms()["account"].fields["message"], asking)
    qtbot.addWidget(editor)
    editor.show_value("hold")
    assert not editor.wide()
    theme.apply(qapp, Theme(text_scale=1.5))
    assert editor.wide()
    assert editor.value() == "hold"


def test_the_wheel_never_alters_a_choice(qtbot: QtBot, asking: Asking) -> None:
    editor = editor_for(forms()["need"].fields["owner"], asking)
    qtbot.addWidget(editor)
    editor.show_value(SHAH)
    box = editor.focusProxy()
    assert isinstance(box, ChoiceBox)
    before = box.currentIndex()
    at, turn = QPointF(5, 5), QPoint(0, -120)
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    still, inverted = Qt.ScrollPhase.NoScrollPhase, False
    event = QWheelEvent(at, at, turn, turn, none, plain, still, inverted)
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == before


def test_every_label_has_a_letter_of_its_own_as_long_as_there_are_any() -> None:
    marked = with_letters(["Where", "When", "R&D", "Who else", "R"], taken="e")
    assert marked == ["&Where", "W&hen", "&R&&D", "Wh&o else", "R"]
