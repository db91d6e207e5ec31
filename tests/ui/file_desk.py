# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client page on a desk of its own, and what a test writes into a case file."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Json, link
from tests.dialogs import QuietDialogs
from tests.ui.office import OSEI, SHAH, Office
from ui.kit.chip import Chip
from ui.kit.timeline_entry import TimelineItem
from ui.pages.client import ClientPage
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"
CTRL = Qt.KeyboardModifier.ControlModifier


class Page:
    """The page of one client."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = ClientPage(session, QuietDialogs())
        self.went: list[Place] = []
        self.page.go.connect(self.went.append)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 690)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def open(self, client: bytes, form: str | None = None) -> None:
        self.page.show_place(Place("client", client=client, form=form))
        self.settle()

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.page.banner.findChildren(Chip)]

    def entries(self) -> list[TimelineItem]:
        model = self.page.timeline.list.items
        while model.canFetchMore():
            model.fetchMore()
        rows = model.rows
        return [row for row in rows if isinstance(row, TimelineItem)]

    def titles(self) -> list[str]:
        return [one.title for one in self.entries()]

    def entry(self, title: str) -> TimelineItem:
        return next(one for one in self.entries() if one.title.startswith(title))

    def chips_of(self, title: str) -> list[str]:
        return [chip.text for chip in self.entry(title).chips]

    def filter(self, code: str) -> None:
        assert self.page.timeline.filters is not None
        self.page.timeline.filters._choose(code)
        self.settle()

    def actions(self) -> list[str]:
        buttons = [one.accessibleName() for one in self.page._actions._items]
        return buttons + [one.text() for one in self.page._actions._own]

    def next_titles(self) -> list[str]:
        return [line.item.title for line in self.page.side.next.lines]

    def fill(self, **answers: Json) -> None:
        """Answer questions of the open panel."""
        panel = self.page.panel
        assert panel is not None
        for name, value in answers.items():
            panel.view.editor(name).show_value(value)
            panel.view._edited(name)

    def save(self) -> None:
        assert self.page.panel is not None
        self.page.panel.save()
        self.settle()


def alert(office: Office, client: bytes, **more: Json) -> bytes:
    answers: dict[str, Json] = {
        "headline": "Dog loose in the yard",
        "about": "dog",
        "how_to_visit": "two",
        "set_on": TODAY,
        "review_on": "2027-01-30",
        **more,
    }
    return office.colleague(SHAH, "alert", answers, client=client)


def visit(office: Office, client: bytes, at: str, *people: str, **more: Json) -> bytes:
    answers: dict[str, Json] = {
        "at": at,
        "state": "done",
        "outcome": "seen",
        "kind": "home",
        "people": list(people) or [OSEI],
        **more,
    }
    return office.save("visit", answers, client=client)


def account(office: Office, client: bytes, of: bytes, note: str, who: str = OSEI) -> bytes:
    answers: dict[str, Json] = {"visit": link(of), "seen": "seen", "note": note}
    if who == OSEI:
        return office.save("account", answers, client=client)
    return office.colleague(who, "account", answers, client=client)


def stands_by(office: Office, client: bytes, since: str = "2026-11-01") -> bytes:
    return office.save(
        "assignment", {"duty": "key_worker", "worker": OSEI, "from_on": since}, client=client
    )
