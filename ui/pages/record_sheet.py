# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One record on a sheet: its questions or its answers, what is said of it, and the foot."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from desktop_app.casework.dates import say_born
from desktop_app.casework.forms import Form
from desktop_app.casework.names import full_name
from desktop_app.casework.one_visit import Pair, part
from desktop_app.casework.records import Record
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _, inside
from ui import theme
from ui.editors.asking import Asking
from ui.editors.row import demands, dot_said
from ui.form_view import FormView
from ui.in_sight import InSight
from ui.kit.card import across, scrolling
from ui.kit.chip import ChipText, chips
from ui.kit.labels import Disc, Words, label
from ui.kit.notice import Notice
from ui.kit.problem_summary import ProblemSummary
from ui.kit.undo_bar import UndoBar
from ui.pages import record_told, recorded_words
from ui.pages.asking_doing import ASKS, may_ask
from ui.pages.doorstep_foot import Foot
from ui.pages.doorstep_top import Who
from ui.pages.record_facts import RecordFacts
from ui.pages.record_side import RecordSide
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD

CLIENT = "client"
SIDE, STACKED, LOW = 232, 820, 620
TAKEN = "v"
"""Alt letters the page uses itself."""


class _Scrolled(QWidget):
    """What scrolls: as high as its words need at this width, and no higher.

    Qt would take the height that wrapped words need where they are narrowest.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows from it."""
        return QSize(super().minimumSizeHint().width(), 0)


class RecordSheet(QWidget):
    """Lays a record out; saves nothing.

    Signals:
        escaped: a person pressed Esc.
        left: the person is done here.
        go: a `Place` to be taken to.
    """

    escaped = Signal()
    left = Signal()
    go = Signal(object)

    def __init__(
        self,
        form: Form,
        asking: Asking,
        *,
        show_too: Sequence[str] = (),
        leave_out: Sequence[str] = (),
    ) -> None:
        super().__init__()
        me = asking.team.persons[asking.me]
        self.who = Who(helps=False)
        self.title: Words = label(_(form.title), "h2", weight=BOLD)
        self._states = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._states.setSpacing(6)
        self.problems = ProblemSummary()
        self.notices = QVBoxLayout()
        self.notices.setSpacing(6)
        self.view = FormView(
            form, asking, letters_taken=TAKEN, show_too=show_too, leave_out=leave_out
        )
        self.dot = dot_said()
        self.side = RecordSide(form, asking.team, me)
        self.undo = UndoBar()
        self.foot = Foot(save_words(form), self)
        self._body = QVBoxLayout()
        self._lay_out(form)
        InSight(self.area)
        theme.look().changed.connect(self._fit)

    def panes(self) -> list[QWidget]:
        """Return its parts, for F6."""
        return [self.view, self.side, self.foot]

    def show_client(self, client: Record | None, today: date) -> None:
        """Say whom it is about."""
        self.who.setVisible(client is not None)
        if client is None:
            return
        born, known = client.text("born"), client.text("known_as")
        facts = [(_("Known as"), known)] if known else []
        facts.append((_("Born"), say_born(born, today) if born else ""))
        facts.append((_("Ref"), reference(client.id)))
        self.who.set_person(full_name(client.answers), facts, [])

    def show_states(self, states: Sequence[ChipText]) -> None:
        """Show the record's states beside its title."""
        while (item := self._states.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for chip in chips([*states]):
            self._states.addWidget(chip)

    def say(self, notice: Notice) -> Notice:
        """Say something above the questions."""
        self.notices.addWidget(notice)
        notice.show()
        return notice

    def clear_notices(self) -> None:
        """Take away what was said above the questions."""
        while (item := self.notices.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def put_in_place(self, reading: QWidget) -> None:
        """Show answers to be read in place of the questions."""
        self._body.insertWidget(self._body.indexOf(self.view), reading)

    def present(
        self, facts: RecordFacts, session: Session, *, correcting: bool, editing: bool
    ) -> None:
        """Say what record it is, about whom, who reads it and who wrote it."""
        record = facts.record
        self.show_client(facts.client, session.today())
        self.title.setText(record_told.title_of(facts, correcting=correcting))
        self.show_states(record_told.states_of(facts, editing=editing))
        if record is None:
            return
        self.side.readers.set_audience(record.audience)
        self.side.readers.fix()
        apart = record.form != CLIENT and not correcting
        back, may = (facts.may_withdraw(session.me), facts.may_edit(session.me))
        words = record_told.written_words(record, facts, session)
        self.side.say_written(words, may_withdraw=back and apart, withdrawn=bool(record.withdrawn))
        if facts.recorded is not None:
            self.side.offer_when(recorded_words.on_request(facts.recorded, session))
        self.side.one_with.set_visits(facts.one_with, session.team, may_part=may and apart)
        self.side.one_with.opened.connect(self.open_record)
        self.side.one_with.parted.connect(lambda other: _part(session, record, other))
        self.side.twice.setVisible(bool(record.conflicts) and not correcting)
        self.side.settle.connect(lambda: self.go.emit(Place("twice", record=record.id)))
        self.side.question.setVisible(bool(facts.about) and apart and may_ask(session))
        asking = Place("client", client=facts.about, form=f"{ASKS}{record.id.hex()}")
        self.side.ask.connect(lambda: self.go.emit(asking))

    def open_record(self, record: Record) -> None:
        """Ask to be taken to another record."""
        self.go.emit(Place("record", client=record.client, record=record.id, form=record.form))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, where nothing nearer wanted it."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self, form: Form) -> None:
        card = QFrame()
        card.setProperty("look", "card")
        card.setMaximumWidth(theme.px(980))
        card.setLayout(self._body)
        self._body.setContentsMargins(18, 14, 18, 18)
        self._body.setSpacing(10)
        head = across(Disc(form.icon, form.tone), self.title, self._states, None, gap=10)
        self._body.addLayout(head)
        about = across(label(_(form.about), tone="muted", wrap=True), self.dot)
        about.setStretch(0, 1)
        if not demands(self.view.rows.values()):
            self.dot.hide()
        self._body.addLayout(about)
        self._body.addWidget(self.problems)
        self._body.addLayout(self.notices)
        self._body.addSpacing(4)
        self._body.addWidget(self.view)
        self._body.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.setSpacing(12)
        self._row.addWidget(card, 1)
        self._row.addWidget(self.side)
        inner = _Scrolled()
        inner.setLayout(self._row)
        self.area = scrolling(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.who)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.undo)
        whole.addWidget(self.foot)

    def _fit(self) -> None:
        scale = max(1.0, theme.current().text_scale)
        stacked, low = self.width() / scale < STACKED, self.height() / scale < LOW
        down = QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if stacked else QBoxLayout.Direction.LeftToRight)
        self.side.setFixedWidth(self.width() - 44 if stacked else theme.px(SIDE))
        self.who.set_low(low=low)
        self.foot.set_narrow(narrow=stacked, low=low)


def _part(session: Session, one: Record, other: Record) -> None:
    """Let two visits be two again."""
    first, second = sorted((one, other), key=lambda visit: visit.id)
    session.save([part(Pair(first, second, session.now()))])


def save_words(form: Form) -> str:
    """Return the words of the button that saves a record of a form."""
    title = _(form.title)
    return _("Save %(what)s") % {"what": inside(title)}
