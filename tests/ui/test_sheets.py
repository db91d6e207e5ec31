# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""From a spreadsheet: a real file, by keys alone, to what stands in the casebook."""

import csv
from collections.abc import Callable, Iterator
from itertools import count, product
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.sheets.columns import WHY_COLUMN
from desktop_app.casework.sheets.meaning import State
from storage import reads, sheets
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.office import Office
from tests.ui.watched import words_shown
from ui.kit.buttons import Kind
from ui.pages.sheets import SheetsPage
from ui.places import Place
from ui.session import Session
from ui.sheets.waiting_again import WaitingAgain

CLIENTS = """Harbour outreach,,,
Name,DOB,Sex,Mobile
"FISK, Carol",02/05/1975,F,07700 900123
Jo Hale,3/4/80,F,07700 900124
"MARSH, Daniel",14/3/1989,M,
Danny Marsh,14/03/89,M,07700 900456
Kim Young,1/1/2015,F,
Pat Reed,the other day,F,
"""
ARRESTS = """Nominal,Date of birth,Offence,Arrest date,Charged,Outcome,Outcome date
"MARSH, Daniel",14/03/1989,Theft from shop,03/05/2026,04/05/2026,,
"STRANGER, Ann",01/02/1990,Burglary dwelling,04/05/2026,,,
"MARSH, Daniel",14/03/1989,Piracy on the high seas,05/05/2026,,,
"""


class Wizard:
    """Somebody at the page, with a keyboard."""

    def __init__(self, qtbot: QtBot, session: Session, folder: Path) -> None:
        self.qtbot, self.session, self.folder = qtbot, session, folder
        self.dialogs = QuietDialogs()
        self.page = SheetsPage(session, self.dialogs)
        self.went: list[Place] = []
        self.page.go.connect(self.went.append)
        qtbot.addWidget(self.page)
        self.page.resize(1100, 700)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.show_place(Place("sheets"))
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way, and all of it is laid out."""
        QCoreApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.page.job.busy and not self.session.busy)
        QCoreApplication.processEvents()

    def key(self, key: Qt.Key | str, *, ctrl: bool = False) -> None:
        """Press a key where the keyboard is."""
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        focus: QWidget | None = self.page.focusWidget()
        if isinstance(key, str):
            QTest.keyClicks(focus or self.page, key)
        else:
            QTest.keyClick(focus or self.page, key, held)
        self.settle()

    def file(self, text: str | bytes, name: str = "list.csv") -> Path:
        """Write a file and lay it ready to be chosen."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.dialogs.answers["open_file"] = path
        return path

    def open(self, text: str | bytes, name: str = "list.csv") -> None:
        """Choose a file: the button has the keyboard."""
        self.file(text, name)
        self.key(Qt.Key.Key_Return)

    def states(self) -> list[State]:
        """Return what becomes of the lines, as things are decided."""
        lines = self.page.lines
        assert lines._looked is not None
        return [lines._state_of(one) for one in lines._looked.lines]

    def go_to(self, line: int) -> None:
        """Go to a line of the list with the keys alone."""
        self.key(Qt.Key.Key_Home, ctrl=True)
        rows = [one.line for one in self.page.lines.table.source.rows]
        for _step in range(rows.index(line)):
            self.key(Qt.Key.Key_Down)


@pytest.fixture
def wizard(
    qtbot: QtBot, sign_in: Callable[[str], Session], office: Office, tmp_path: Path
) -> Iterator[Wizard]:
    """Return the coordinator at the page; Daniel Marsh is a client already."""
    office.client("Marsh", "Daniel", born="1989-03-14", gender="man")
    made = Wizard(qtbot, sign_in(Role.COORDINATOR), tmp_path)
    yield made
    made.settle()


def names(office: Office) -> list[str]:
    """Return the surnames of the clients held."""
    return sorted(one.text("surname") for one in reads.records(office.store, form="client"))


def test_a_list_of_clients_comes_in_by_keys_alone(wizard: Wizard, office: Office) -> None:
    wizard.open(CLIENTS)
    assert wizard.page.setup is not None
    assert (wizard.page.setup.head, wizard.page.setup.form.name) == (2, "client")
    wizard.key(Qt.Key.Key_Return)  # the keyboard is on going on already
    wanted = [State.NEW, State.NEW, State.HERE, State.CHOOSE, State.WRONG, State.WRONG]
    assert wizard.states() == wanted
    assert names(office) == ["Marsh"], "looking changes nothing"
    wizard.key("s")  # the one to decide is shown first: it is Daniel
    assert wizard.states()[3] is State.FILLS
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    assert names(office) == ["Fisk", "Hale", "Marsh"]
    (daniel,) = (
        one for one in reads.records(office.store, form="client") if one.text("surname") == "Marsh"
    )
    assert daniel.text("phone") == "07700 900456"
    assert "3 lines were taken in" in words_shown(wizard.page)


def test_that_it_was_compared_is_written_down_before_anybody_is_shown(
    wizard: Wizard, office: Office
) -> None:
    wizard.open(CLIENTS)
    assert "MARSH, Daniel (" not in words_shown(wizard.page)
    wizard.key(Qt.Key.Key_Return)
    entries = logged(office.store)
    assert [one.answers["how"] for one in entries if one.form == "combination"] == ["matched"]
    shown = [one for one in entries if one.form == "consultation"]
    assert shown[-1].answers["how"] == "sheet"
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    (came,) = (one for one in logged(office.store) if one.form == "collection")
    assert came.answers["count"] == 2


def test_the_same_file_read_again_makes_no_second_copies(wizard: Wizard, office: Office) -> None:
    for _reading in range(2):
        wizard.open(CLIENTS)
        wizard.key(Qt.Key.Key_Return)
        wizard.key(Qt.Key.Key_Return, ctrl=True)
        wizard.page.finish.other.emit()
        wizard.settle()
    assert names(office) == ["Fisk", "Hale", "Marsh"]
    assert len(sheets.waiting(office.store)) == 1, "left for later, and kept once"


def test_a_sheet_without_a_line_says_so_and_stopping_a_look_says_that_nothing_is_saved(
    wizard: Wizard,
) -> None:
    wizard.open("Name,D.O.B.\n")
    wizard.key(Qt.Key.Key_Return)
    assert "There is no line under the names of the columns" in words_shown(wizard.page)
    assert not wizard.page.lines.foot.act.isEnabled()
    wizard.page.look()
    wizard.page.job.stop()
    wizard.settle()
    assert "Stopped. Nothing is saved" in wizard.page.trouble.accessibleName()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_wrong_lines_are_kept_with_their_reason_mended_and_read_again(
    wizard: Wizard, office: Office, tmp_path: Path, ending: str
) -> None:
    wizard.open(CLIENTS)
    wizard.key(Qt.Key.Key_Return)
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    kept = tmp_path / f"lines-to-mend.{ending}"
    wizard.dialogs.answers["save_file"] = kept
    wizard.key(Qt.Key.Key_Return)  # the keyboard is on keeping them
    wizard.qtbot.waitUntil(kept.exists)
    wizard.settle()
    (left,) = (one for one in logged(office.store) if one.form == "export")
    assert left.answers["records"] == 2
    wizard.dialogs.answers["open_file"] = kept
    wizard.page.finish.other.emit()
    wizard.settle()
    wizard.key(Qt.Key.Key_Return)
    assert wizard.page.setup is not None
    assert wizard.page.setup.known, "its columns are remembered"
    assert WHY_COLUMN in wizard.page.setup.names
    wizard.key(Qt.Key.Key_Return)
    assert wizard.states() == [State.WRONG, State.WRONG], "as wrong as they were"
    if ending == "csv":
        _mend(kept)
        wizard.page.back()
        wizard.page.back()
        wizard.settle()
        wizard.key(Qt.Key.Key_Return)
        wizard.key(Qt.Key.Key_Return)
        assert wizard.states() == [State.WRONG, State.NEW]


def _mend(path: Path) -> None:
    """Put the date right that nobody could read."""
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    rows[2][1] = "6/7/1970"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_arrests_find_their_client_and_wait_for_one_who_is_not_here(
    wizard: Wizard, office: Office
) -> None:
    wizard.open(ARRESTS)
    assert wizard.page.setup is not None
    assert wizard.page.setup.form.name == "arrest"
    wizard.key(Qt.Key.Key_Return)
    assert wizard.states() == [State.NEW, State.NOBODY, State.WRONG]
    wizard.page.lines.say_words.click()
    panel = wizard.page.lines.panel
    assert panel is not None
    (box,) = panel.boxes.values()
    assert box.hasFocus()
    assert wizard.page.lines.foot.act.kind is Kind.PLAIN, "one filled button at a time"
    box.set_value("other")
    panel.act.click()
    wizard.settle()
    assert wizard.states() == [State.NEW, State.NOBODY, State.NEW]
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    held = reads.records(office.store, form="arrest")
    assert sorted(one.text("offence_group") for one in held) == ["other", "shoplifting"]
    assert names(office) == ["Marsh"], "no client is made of a line"
    (_form, waits) = sheets.waiting(office.store)[0]
    assert waits.who["surname"] == "Stranger"


def test_a_line_that_waited_comes_in_once_its_client_is_here(
    wizard: Wizard, office: Office
) -> None:
    wizard.open(ARRESTS)
    wizard.key(Qt.Key.Key_Return)
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    ann = office.client("Stranger", "Ann", born="1990-02-01")
    wizard.page.finish.other.emit()
    wizard.settle()
    assert "1 line waits" in words_shown(wizard.page)
    wizard.page.choose.read_again("arrest")
    wizard.settle()
    assert wizard.states() == [State.NEW]
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    (held,) = reads.records(office.store, form="arrest", client=ann)
    assert held.text("offence_group") == "burglary_dwelling"
    assert sheets.waiting(office.store) == []


def test_a_line_that_waited_comes_in_by_itself_and_only_where_nobody_has_to_decide(
    wizard: Wizard, office: Office
) -> None:
    wizard.open(ARRESTS + "Fisk Carol,,Theft from shop,06/05/2026,,,\n")
    wizard.key(Qt.Key.Key_Return)
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    wizard.page.finish.other.emit()
    wizard.settle()
    wizard.open(CLIENTS)
    wizard.key(Qt.Key.Key_Return)
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    before = [name for name, _line in sheets.waiting(office.store)]
    assert sorted(before) == ["arrest", "arrest", "client"]
    again = WaitingAgain(wizard.session, wizard.page, rest_ms=1)
    came: list[int] = []
    again.came.connect(came.append)
    marsh = reads.records(office.store, form="client")[0].id
    office.save("note", {"headline": "So"}, client=marsh)
    wizard.session.changed.emit(frozenset({b"n" * 16}))
    wizard.settle()
    assert came == [], "nobody new is here"
    ann = office.client("Stranger", "Ann", born="1990-02-01")
    wizard.session.changed.emit(frozenset({ann}))
    wizard.qtbot.waitUntil(lambda: came == [1] and not again.busy)
    (held,) = reads.records(office.store, form="arrest", client=ann)
    assert held.text("offence_group") == "burglary_dwelling"
    left = [name for name, _line in sheets.waiting(office.store)]
    assert sorted(left) == ["arrest", "client"], "these go on waiting, and nothing is lost"
    assert names(office).count("Marsh") == 1, "no client is made by itself"
    assert [one.form for one in logged(office.store)][-2:] == ["collection", "combination"]
    wizard.session.changed.emit(frozenset({ann}))
    wizard.settle()
    assert len(reads.records(office.store, form="arrest", client=ann)) == 1


def test_a_later_list_brings_an_arrest_up_to_date(wizard: Wizard, office: Office) -> None:
    first = "\n".join(ARRESTS.splitlines()[:2])
    for text in (first, first.replace(",,", ",1002,09/06/2026")):
        wizard.open(text)
        wizard.key(Qt.Key.Key_Return)
        wizard.key(Qt.Key.Key_Return, ctrl=True)
        wizard.page.finish.other.emit()
        wizard.settle()
    (held,) = reads.records(office.store, form="arrest")
    assert (held.text("disposal"), held.text("sentenced_on")) == ("imprisonment", "2026-06-09")
    assert held.text("charged_on") == "2026-05-04"


def test_a_workbook_of_several_sheets_comes_in(
    wizard: Wizard, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "team.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Notes").write_row(0, 0, ["Read me", "please"])
    sheet = book.add_worksheet("Programme")
    sheet.write_row(0, 0, ["Surname", "Forename", "DOB", "Date accepted", "Date removed"])
    sheet.write_row(1, 0, ["Marsh", "Daniel", 32581, 46000, ""])
    book.close()
    wizard.open(path.read_bytes(), "team.xlsx")
    wizard.page.columns.sheets.chosen.emit("Programme")
    wizard.settle()
    assert wizard.page.setup is not None
    assert wizard.page.setup.form.name == "cohort"
    assert "Nothing answers “Group”" in wizard.page.columns.note.text()
    wizard.page.columns.changed.emit(wizard.page.setup.with_fixed("cohort", "demand_side"))
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    assert wizard.states() == [State.NEW]
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    (held,) = reads.records(office.store, form="cohort")
    assert (held.text("cohort"), held.text("started_on")) == ("demand_side", "2025-12-09")


HOSTILE = {
    "a workbook no more": b"PK\x03\x04 and then nothing",
    "locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900),
    "empty": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_is_told_of_in_one_sentence(wizard: Wizard, name: str) -> None:
    wizard.open(HOSTILE[name], "list.xlsx")
    assert wizard.page.trouble.isVisible()
    assert wizard.page.choose.isVisible()
    assert wizard.page.choose.choose.hasFocus()


def test_a_reading_that_is_stopped_leaves_whole_lines_and_goes_on_later(
    wizard: Wizard, office: Office
) -> None:
    parts = ("ba", "corn", "dun", "ell", "fitz", "gal", "hol", "kes", "lor", "mor")
    surnames = ["".join(each) for each in product(parts, parts, parts)][::2]
    days = (f"{1 + n % 28}/{1 + n % 12}/{1950 + n % 47}" for n in count())
    lines = "".join(f"{one},Ann,{day}\n" for one, day in zip(surnames, days, strict=False))
    wizard.open("Surname,Forename,DOB\n" + lines)
    wizard.key(Qt.Key.Key_Return)
    job = wizard.page.job
    stops = True
    job.stage.connect(lambda stage: job.stop() if stage.done and stops else None)
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    came = len(names(office)) - 1
    new = wizard.states().count(State.NEW)
    assert 0 < came < new
    stops = False
    wizard.page.finish.other.emit()
    wizard.settle()
    wizard.key(Qt.Key.Key_Return)
    wizard.key(Qt.Key.Key_Return)
    assert wizard.states().count(State.HERE) == came
    wizard.key(Qt.Key.Key_Return, ctrl=True)
    assert 1 + new <= len(names(office)) == len(set(names(office)))


def test_esc_undoes_one_step(wizard: Wizard) -> None:
    wizard.open(CLIENTS)
    wizard.key(Qt.Key.Key_Return)
    for step in (wizard.page.columns, wizard.page.choose):
        wizard.key(Qt.Key.Key_Escape)
        assert wizard.page.steps.currentWidget() is step


def test_a_line_is_decided_beside_the_list_too(wizard: Wizard) -> None:
    wizard.open(CLIENTS)
    wizard.key(Qt.Key.Key_Return)
    wizard.page.lines.filter.set_value("all")
    wizard.page.lines._list()
    wizard.go_to(6)
    wizard.key(Qt.Key.Key_Return)
    assert "Decide later" in str(wizard.page.lines.side.focusWidget().accessibleName())
    wizard.key(Qt.Key.Key_Up)
    wizard.key(Qt.Key.Key_Space)
    assert wizard.states()[3] is State.NEW
    wizard.key(Qt.Key.Key_Escape)
    assert wizard.page.lines.table.hasFocus()
