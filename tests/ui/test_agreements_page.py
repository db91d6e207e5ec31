# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Agreements: written down, renewed and ended by keys; read by all; on the coordinator's Today."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json, link
from desktop_app.casework.wording import told as told_of
from storage import reads
from storage.store import Store
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.crew import nameless
from tests.ui.morning import Morning
from tests.ui.office import LOWE, Office, OfficeClock
from tests.ui.rows_desk import RowsDesk
from tests.ui.watched import words_shown
from ui.pages.agreements import AgreementsPage
from ui.pages.record import RecordPage
from ui.pages.record_open import OpenRecord
from ui.places import Place
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier
FORM = "sharing_agreement"


class Desk(RowsDesk[AgreementsPage]):
    """The page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        super().__init__(qtbot, session, AgreementsPage(session))
        self.open()

    def open(self, place: Place | None = None) -> None:
        self.page.show_place(place or Place("agreements"))
        self.settle()

    def key(self, press: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key wherever the keyboard is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, press, modifier or Qt.KeyboardModifier.NoModifier)
        self.settle()

    def answer(self, **answers: Json) -> None:
        """Answer questions of the panel that is open, as if they had been typed."""
        assert self.page.panel is not None
        self.page.panel.view.resume(answers)

    def asked(self) -> list[str]:
        assert self.page.panel is not None
        return list(self.page.panel.view.rows)

    def type(self, field: str, words: str) -> None:
        assert self.page.panel is not None
        self.page.panel.view.editor(field).setFocus()
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)

    def shown(self) -> list[tuple[str, list[str]]]:
        """Return the headings and the rows under them, in order."""
        found: list[tuple[str, list[str]]] = []
        rows = self.page.rows
        for at in range(rows.layout().count()):  # type: ignore[union-attr]
            widget = rows.layout().itemAt(at).widget()  # type: ignore[union-attr]
            item = getattr(widget, "item", None)
            if item is not None:
                found[-1][1].append(item().name)
            elif widget is not None:
                found.append((widget.accessibleName(), []))
        return found

    def because(self, title: str) -> list[str]:
        items = [row.item() for row in self.page.rows.rows.values()]
        return ["".join(p.text for p in one.because) for one in items if one.name == title]


def held(office: Office) -> list[dict[str, Json]]:
    return [dict(one.answers) for one in reads.records(office.store, form=FORM, newest_first=False)]


def lay(office: Office, title: str, review: str, **more: Json) -> bytes:
    """Lay down an agreement that stands."""
    answers: dict[str, Json] = {
        "title": title,
        "agencies": ["police", "council"],
        "what_for": "The least that does it",
        "basis": "crime_disorder",
        "signed_on": "2025-11-03",
        "review_on": review,
        "looked_after_by": LOWE,
        **more,
    }
    return office.save(FORM, answers)


@pytest.fixture
def office(vault: Store, clock: OfficeClock) -> Office:
    return Office(vault, clock, me=LOWE)


@pytest.fixture
def session(sign_in: SignIn, office: Office) -> Session:
    return sign_in(Role.COORDINATOR)


def test_one_is_written_down_renewed_and_ended_by_keys_alone(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    desk = Desk(qtbot, session)
    assert "No agreement is written down yet" in words_shown(desk.page)
    desk.key(Qt.Key.Key_Return)  # the keyboard is on the one thing to do
    desk.key(Qt.Key.Key_Return, CTRL)
    assert held(office) == [], "what is missing is said first"
    desk.type("title", "Protocol")
    desk.answer(agencies=["police", "council"], what_for="The least", basis="public_task")
    desk.answer(signed_on="2025-11-01", review_on="2025-11-01")
    desk.key(Qt.Key.Key_Return, CTRL)
    assert "a day after it was signed" in words_shown(desk.page)
    desk.answer(review_on="2026-11-01")
    desk.key(Qt.Key.Key_Return, CTRL)
    (first,) = held(office)
    assert (first["looked_after_by"], first.get("ended_on")) == (LOWE, None)
    assert desk.because("Protocol") == ["because it was to be reviewed by Sun 1 Nov"]
    desk.key(Qt.Key.Key_R)
    assert not {"ended_on", "supersedes"} & set(desk.asked())
    desk.answer(signed_on="2026-11-20", review_on="2027-11-20")
    desk.key(Qt.Key.Key_Return, CTRL)
    (old,) = [one for one in reads.records(office.store, form=FORM) if not one.text("supersedes")]
    assert [one.get("supersedes") for one in held(office)] == [None, link(old.id)]
    assert [name for name, _rows in desk.shown()] == ["In force", "Ended or renewed"]
    qtbot.waitUntil(lambda: "Before it" in words_shown(desk.page))
    assert "signed Sat 1 Nov 2025" in words_shown(desk.page)
    desk.key(Qt.Key.Key_E)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "today")
    desk.type("ended_why", "The council left")
    desk.key(Qt.Key.Key_Return, CTRL)
    assert desk.shown() == [("Ended or renewed", ["Protocol", "Protocol"])]
    assert desk.because("Protocol")[0] == "ended Mon 23 Nov: The council left"
    assert len(held(office)) == 2


def test_what_was_begun_is_a_draft_of_its_own_and_is_gone_on_with(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    record = lay(office, "Protocol", "2027-06-01")
    desk = Desk(qtbot, session)
    desk.key(Qt.Key.Key_R)
    desk.type("kept_at", "A shelf")
    assert desk.page.panel is not None
    desk.page.panel.put_away()
    desk.settle()
    desk.key(Qt.Key.Key_C)
    panel = desk.page.panel
    assert panel is not None
    assert panel.view.answers().get("kept_at") is None, "a renewal is not a change"
    panel.end()
    desk.settle()
    (draft,) = office.store.drafts()
    desk.open(Place("agreements", record=draft.record, form=FORM))
    assert desk.page.panel is not None
    assert desk.page.panel.view.answers()["kept_at"] == "A shelf"
    assert desk.page.panel.view.answers()["supersedes"] == link(record)


def test_everybody_reads_it_and_only_the_coordinator_is_offered_to_write(
    qtbot: QtBot, sign_in: SignIn, office: Office
) -> None:
    nobody = Desk(qtbot, sign_in(Role.KEY_WORKER))
    assert "The coordinator writes down" in words_shown(nobody.page)
    buttons = [one for one in nobody.page.findChildren(QPushButton) if one.isVisible()]
    assert buttons == []
    lay(office, "Later", "2027-06-01", kept_at="Folder 4")
    lay(office, "Sooner", "2026-12-01")
    nobody.open()
    assert nobody.shown() == [("To be reviewed", ["Sooner"]), ("In force", ["Later"])]
    nobody.key(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "Folder 4" in words_shown(nobody.page))
    nobody.key(Qt.Key.Key_Return)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    assert focus.accessibleName() == "Later", "it is read at the side"
    assert nameless(nobody.page) == []
    for letter in (Qt.Key.Key_R, Qt.Key.Key_C, Qt.Key.Key_E):
        nobody.key(letter)
        assert nobody.page.panel is None


def test_a_review_comes_to_the_coordinators_today_and_is_answered_there(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    lay(office, "Later", "2027-06-01")
    due = lay(office, "Sooner", "2026-12-01")
    morning = Morning(qtbot, session)
    morning.open()
    assert "One agreement to review" in morning.sentence()
    assert morning.answers("Sooner") == ["Renew", "Open"]
    assert not [name for name in morning.names() if name.startswith("Later")]
    morning.press("Sooner", Qt.Key.Key_Return)
    assert morning.went[-1] == Place("agreements", record=due)
    morning.press("Sooner", Qt.Key.Key_R)
    panel = morning.page.panel
    assert panel is not None
    panel.view.resume({"signed_on": "2026-11-23", "review_on": "2027-11-23"})
    panel.save()
    morning.settle()
    assert morning.chips("Sooner") == ["Renewed"]
    assert len(held(office)) == 3
    morning.answer("Sooner", "Undo")
    morning.open()
    assert morning.answers("Sooner") == ["Renew", "Open"], "what was taken back no longer stands"


def test_it_comes_to_nobody_elses_today(qtbot: QtBot, sign_in: SignIn, office: Office) -> None:
    lay(office, "Sooner", "2026-12-01")
    morning = Morning(qtbot, sign_in(Role.KEY_WORKER))
    morning.open()
    assert not [name for name in morning.names() if name.startswith("Sooner")]


def test_a_disclosure_names_the_agreement_it_rests_on_or_says_that_none_stands(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    lee, protocol = office.client(), lay(office, "Protocol", "2027-06-01")
    page = RecordPage(session, QuietDialogs())
    qtbot.addWidget(page)
    page.resize(1178, 718)
    page.show()

    def settle() -> None:
        qtbot.waitUntil(lambda: not session.busy)

    page.show_place(Place("record", lee, form="disclosure"))
    settle()
    assert isinstance(page.open, OpenRecord)
    told = {"recipient": "Sgt A. Webb", "what": "The day", "reason": "Safety", "basis": "vital"}
    page.open.view.resume({**told, "agency": "prison", "consent": "agreed"})
    page.open._edited("agency")
    assert page.open.view.answers().get("rests_on") is None, "none is chosen for anybody"
    assert "No information-sharing agreement with this agency stands" in words_shown(page)
    page.open.view.resume({"agency": "police", "rests_on": link(protocol)})
    page.open._edited("agency")
    assert "agreement with this agency stands" not in words_shown(page)
    page.open.save()
    settle()
    (disclosed,) = office.of(lee, "disclosure")
    assert disclosed.text("rests_on") == link(protocol)
    assert disclosed.text("agreement") == "Protocol, signed Mon 3 Nov 2025"
    place = told_of(disclosed, session.team, on=session.today()).place
    assert "rests on Protocol, signed Mon 3 Nov 2025" in place
