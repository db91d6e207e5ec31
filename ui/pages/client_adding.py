# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Adding a client: a look for the same person under another name comes first.

Rules, each with a test:

* Whoever is like the newcomer is shown while the name is typed, each with the reason.
* A client is made only after somebody has seen those who are like them and said: none of these.
  With the client it is written into the audit whom they were compared with.
* Adults only (see `intake`).
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop_app.casework import assignments, intake
from desktop_app.casework.audit import combination
from desktop_app.casework.forms import form
from desktop_app.casework.people import Role
from desktop_app.casework.records import Answers, Edit, RecordId
from desktop_app.casework.words import _, ngettext
from storage.reads import Hit
from ui import theme
from ui.kit.card import across, down, ground, reading
from ui.kit.labels import label
from ui.kit.notice import announce
from ui.kit.tick_box import TickBox
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.record_twice import look_for_others
from ui.pages.side_line import SideItem, SideLine
from ui.search import found
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import S

ASKED = (
    "surname",
    "forename",
    "known_as",
    "aliases",
    "born",
    "gender",
    "phone",
    "first_contact_on",
    "referral_source",
    "referred_by",
)
"""What is asked when somebody is put on the casebook; the rest is asked on their page."""
MOST, PAUSE_MS = 5, 250
LEAST = 72
"""Pixels that are always seen of those who are like them, at text size 1."""


def adding_plan(session: Session) -> Plan:
    """Return the plan of a new client."""
    rest = tuple(one.name for one in form("client").field if one.name not in ASKED)
    return Plan(
        "client",
        _("Add a client"),
        _("Add"),
        preset={"first_contact_on": session.today().isoformat()},
        leave_out=rest,
    )


class _Alike(QWidget):
    """Who is like them, on a ground: it scrolls where a low window leaves no room for them all."""

    def __init__(self, lines: QLayout) -> None:
        super().__init__()
        self._ground = ground("warn", lines)
        self.setLayout(down(reading(self._ground), gap=0))

    def sizeHint(self) -> QSize:
        """Return the height of all of them at the width there is."""
        wide = max(self.width(), super().sizeHint().width())
        return QSize(wide, self._ground.heightForWidth(self.width() or wide))

    def minimumSizeHint(self) -> QSize:
        """Return the height of the first of them."""
        return QSize(0, min(self.sizeHint().height(), theme.px(LEAST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height of another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class AddingPanel(FormPanel):
    """Asks who somebody is, and shows who is like them.

    Signals:
        wanted: the record id of somebody already here, to be opened instead.
    """

    wanted = Signal(bytes)

    def __init__(self, session: Session) -> None:
        super().__init__(session, adding_plan(session), b"")
        self.alike: tuple[RecordId, ...] = ()
        self.lines: list[SideLine] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._like = label("", weight=SEMI, wrap=True)
        self._ground = _Alike(down(self._like, self._lines, margins=(10, 8, 10, 8)))
        self._ground.hide()
        self.mine = TickBox(_("I am their &key worker"))
        self.mine.setChecked(Role.KEY_WORKER in session.roles)
        self.mine.setVisible(session.may_write("assignment") and Role.KEY_WORKER in session.roles)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertLayout(2, across(self._ground, margins=(0, 0, S, 0)))
            column.insertWidget(column.count() - 1, self.mine, 0, Qt.AlignmentFlag.AlignLeft)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.view.edited.connect(lambda _name: self._pause.start())

    def save(self) -> None:
        """Look once more for who is like them; add them when they were seen, or there are none."""
        wrong = intake.problems(self.view.answers(), on=self._session.today())
        self.problems.show_problems(self.view.show_problems(wrong), drafted=self.drafted)
        if wrong:
            return
        self._pause.stop()
        self._ask(self._found_before_saving)

    def client_of(self, record: RecordId) -> RecordId:
        """Return whom the record is about: the newcomer themself."""
        return record

    def more(self, answers: Answers, record: RecordId) -> list[Edit]:
        """Say whom they are not, and make whoever adds them their key worker where they said so."""
        session = self._session
        edits = [self._not_the_same(record)] if self.alike else []
        if not self.mine.isChecked() or self.mine.isHidden():
            return edits
        since = answers.get("first_contact_on") or session.today().isoformat()
        duty: Answers = {
            "duty": assignments.KEY_WORKER,
            "worker": session.me.id,
            "from_on": since,
        }
        return [*edits, session.edit("assignment", duty, client=record)]

    def _not_the_same(self, record: RecordId) -> Edit:
        """Return what the audit says of whoever was compared with the newcomer (s.62(1)(e))."""
        return combination(
            "alike",
            [record, *self.alike],
            record=self._session.new_record(),
            at=self._session.now().isoformat(timespec="minutes"),
            rule=_("Names, date of birth, telephone and home"),
            reason=ngettext(
                "This is not the same person", "None of these is the same person", len(self.alike)
            ),
        )

    def _look(self) -> None:
        self._ask(self._show)

    def _ask(self, then: Callable[[list[Hit]], None]) -> None:
        look_for_others(self._session, self.view.answers(), then, most=MOST, owner=self)

    def _show(self, hits: Sequence[Hit]) -> None:
        alike = tuple(hit.client.id for hit in hits)
        if alike == self.alike:
            return
        self.alike = alike
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(hit) for hit in hits]
        self._ground.setVisible(bool(hits))
        self._ground.updateGeometry()
        words = ngettext(
            "Is this the same person? Open them instead.",
            "Is one of these the same person? Open them instead.",
            len(hits),
        )
        self._like.setText(words)
        somebody = ngettext("Not this one: add", "None of these: add", len(hits))
        self.act.set_words(somebody if hits else _("Add"))
        if hits:
            count = ngettext(
                "%(n)d client like this is here already",
                "%(n)d clients like this are here already",
                len(hits),
            )
            announce(self, count % {"n": len(hits)})

    def _found_before_saving(self, hits: list[Hit]) -> None:
        """Add the client if everybody like them has been shown before this press."""
        shown = frozenset(self.alike) if not self._ground.isHidden() else frozenset()
        if all(hit.client.id in shown for hit in hits):
            super().save()
            return
        self._show(hits)

    def _line(self, hit: Hit) -> SideLine:
        one = found(hit, self._session)
        beneath = f"{one.why[:1].upper()}{one.why[1:]}  ·  {one.facts}"
        line = SideLine(SideItem(one.client, "user", "warn", one.name, beneath))
        line.clicked.connect(lambda: self.wanted.emit(one.client))
        self._lines.addWidget(line)
        return line
