# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The story: a joint visit in prison, a move to rehab, a release, on four laptops that were apart.

The windows are driven once. Then copies of the four vaults and the share exchange in every order
there is, and in each all partners must end with the same timeline.
"""

import shutil
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Json, Record, link
from storage import reads
from sync.share import FolderShare
from tests.dialogs import QuietDialogs
from tests.sync.laptops import MINUTE_MS, Four, Laptop, team_of_four
from ui.clock import Clock, local
from ui.home import About, Settings, VaultPlace
from ui.open_casebook import OpenCasebook
from ui.pages.doorstep import DoorstepPage
from ui.pages.record import RecordPage
from ui.pages.record_open import OpenRecord
from ui.places import Place
from ui.session import Session

NO_KEY = Qt.KeyboardModifier.NoModifier
LETTER = {"yes": Qt.Key.Key_Y, "no": Qt.Key.Key_N}
CARE = "Kettle talk in the visits hall; wants the same nurse on the outside."
POLICE = "Said in front of both of us that the wharf is quiet now."
FOR_POLICE = "Hartwell was named at the gate."
CLINICAL = "Zimovane stopped, sleeping on the new dose."
ORDERS = list(permutations(range(4)))


class HeldClock(Clock):
    """The laptop's own clock, in the hands of the story."""

    def __init__(self, laptop: Laptop) -> None:
        self._laptop = laptop

    def now_ms(self) -> int:
        return self._laptop.now_ms

    def now(self):  # type: ignore[no-untyped-def]
        return local(self._laptop.now_ms)


class Window:
    """One person's open casebook, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, laptop: Laptop, share: Path) -> None:
        self.qtbot, self.laptop = qtbot, laptop
        seat = laptop.seat
        about = About(laptop.name, "", f"{laptop.name}'s laptop", share=str(share))
        self.session = Session(
            laptop.store, me=seat.person, team=seat.team, clock=HeldClock(laptop)
        )
        self.book = OpenCasebook(
            self.session,
            VaultPlace(laptop.folder, about),
            home=laptop.folder.parent,
            settings=Settings(),
            dialogs=QuietDialogs(),
            facts=[],
        )
        qtbot.addWidget(self.book.window)
        self.book.window.resize(1366, 768)
        self.book.window.show()
        self.book.begin()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(
            lambda: not self.session.busy and not self.book.exchanging.running, timeout=20_000
        )

    def go(self, place: Place) -> QWidget:
        self.laptop.clock.later(MINUTE_MS)
        self.book.window.activateWindow()
        self.qtbot.waitUntil(self.book.window.isActiveWindow)
        self.book.go_to(place)
        self.settle()
        return self.book.frame.page(place.page)

    def visit(self, client: bytes, seen: str, note: str, *, planned: bytes | None = None) -> None:
        """Record a visit at the doorstep, by keys alone."""
        page = self.go(Place("visit", client, planned))
        assert isinstance(page, DoorstepPage)
        self.qtbot.waitUntil(lambda: page.visit is not None)
        visit = page.visit
        assert visit is not None
        self.press(LETTER[seen])
        visit.words.note.setFocus()
        self.qtbot.keyClicks(QApplication.focusWidget(), note)
        with self.qtbot.waitSignal(visit.left, timeout=10_000):
            self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press a key wherever the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, held)

    def record(self, form: str, client: bytes, **answers: Json) -> None:
        """Fill in a new record on its page, and save it by Ctrl+Enter."""
        page = self.go(Place("record", client, form=form))
        assert isinstance(page, RecordPage)
        self.qtbot.waitUntil(lambda: isinstance(page.open, OpenRecord))
        sheet = page.open
        assert isinstance(sheet, OpenRecord)
        for name, answer in answers.items():
            sheet.view.editor(name).show_value(answer)
            sheet.view.editor(name).edited.emit()
        sheet.save()
        self.settle()
        self.qtbot.waitUntil(lambda: not isinstance(page.open, OpenRecord))

    def clock_time(self) -> str:
        return f"{self.session.now():%Y-%m-%dT%H:%M}"

    def day(self) -> str:
        return f"{self.session.today():%Y-%m-%d}"

    def share(self) -> None:
        """Press Seal and share."""
        page = self.go(Place("sharing"))
        with self.qtbot.waitSignal(self.book.exchanging.done, timeout=20_000):
            page.share()  # type: ignore[attr-defined]
        self.settle()

    def close(self) -> None:
        self.book.close_down()


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Four, list[Window], Path]]:
    share = tmp_path / "share"
    share.mkdir()
    four = team_of_four(tmp_path / "team", FolderShare(share))
    opened = [Window(qtbot, laptop, share) for laptop in four]
    yield four, opened, share
    for window in opened:
        window.close()


def test_a_joint_visit_reads_the_same_whatever_the_order_of_exchange(
    windows: tuple[Four, list[Window], Path], tmp_path: Path
) -> None:
    four, (grant, ann, shah, bell), _share = windows
    client = _before_the_visit(grant, ann, bell)
    for window in (ann, grant, shah, bell, ann):
        window.share()
    _apart(client, ann, shah, bell)
    for window in (grant, ann, shah, bell):
        window.close()
    told = [_exchange_in(order, four, tmp_path, client) for order in ORDERS]
    assert all(one == told[0] for one in told)
    joined = [line for line in told[0] if line[0] == "account"]
    assert len(joined) == 2
    assert {line[2]["visit"] for line in joined} == {joined[0][2]["visit"]}
    settings = [line[2]["setting"] for line in told[0] if line[0] == "setting"]
    assert settings == ["sentenced", "rehab", "community"]


def _before_the_visit(grant: Window, ann: Window, bell: Window) -> bytes:
    client = ann.laptop.save(
        "client", {"surname": "Croft", "forename": "Leanne", "born": "1994-07-02"}
    )
    day = ann.day()
    ann.record("setting", client, setting="sentenced", from_on=day)
    people = [window.session.me.id for window in (ann, grant)]
    assert len(set(people)) == 2
    return client


def _apart(client: bytes, ann: Window, shah: Window, bell: Window) -> None:
    """What each does while nobody can hear of the others."""
    planned = _planned(ann, client, shah)
    ann.share()
    shah.share()
    ann.visit(client, "yes", CARE, planned=planned)
    shah.visit(client, "yes", POLICE, planned=planned)
    shah.laptop.save("note", {"note": FOR_POLICE}, client=client, audience="police")
    bell.record("clinical_note", client, about="triage", note=CLINICAL)
    bell.record("appointment", client, kind="nurse", booked_for=bell.clock_time(), state="booked")
    bell.record("treatment", client, accepted_on=bell.day())
    bell.record("treatment_step", client, step="nurse_triage", happened_on=bell.day())
    day = ann.day()
    ann.record("setting", client, setting="rehab", from_on=day)
    ann.record("setting", client, setting="community", from_on=day)


def _planned(ann: Window, client: bytes, shah: Window) -> bytes:
    at = ann.clock_time()
    people: list[Json] = [ann.session.me.id, shah.session.me.id]
    return ann.laptop.save(
        "visit",
        {"state": "planned", "at": at, "kind": "prison", "people": people},
        client=client,
    )


def _exchange_in(
    order: tuple[int, ...], four: Four, tmp_path: Path, client: bytes
) -> list[tuple[str, str, dict[str, object]]]:
    """Exchange copies of everything in one order; return the timeline all four agree on."""
    place = tmp_path / "orders" / "".join(map(str, order))
    shutil.copytree(tmp_path / "team", place / "team")
    shutil.copytree(tmp_path / "share", place / "share")
    share = FolderShare(place / "share")
    laptops = [
        Laptop(one.name, place / "team" / one.folder.name, four.clock, fresh=False) for one in four
    ]
    try:
        for at in (*order, *order, *reversed(order)):
            four.clock.later(90 * MINUTE_MS)
            laptops[at].exchange(share)
        told = [_timeline(laptop, client) for laptop in laptops]
        assert all(one == told[0] for one in told)
        _nobody_holds_too_much(laptops)
    finally:
        for laptop in laptops:
            laptop.close()
    return told[0]


def _timeline(laptop: Laptop, client: bytes) -> list[tuple[str, str, dict[str, object]]]:
    held = reads.timeline(laptop.store, client, limit=1000)
    partners = [one for one in held if one.audience == "partners"]
    partners.sort(key=lambda one: one.id)
    return [(one.form, link(one.id), _said(one)) for one in partners]


def _said(record: Record) -> dict[str, object]:
    conflicts = {name: len(lives) for name, lives in record.conflicts.items()}
    return {**record.answers, "_two_answers": conflicts, "_author": record.author}


def _nobody_holds_too_much(laptops: list[Laptop]) -> None:
    forms = [
        {(one.form, one.audience) for one in reads.records(laptop.store)} for laptop in laptops
    ]
    grant, ann, shah, bell = forms
    assert ("clinical_note", "health") in bell
    assert all(("clinical_note", "health") not in one for one in (grant, ann, shah))
    assert ("note", "police") in shah
    assert all(("note", "police") not in one for one in (grant, ann, bell))
