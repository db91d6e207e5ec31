# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One question that was answered twice: every answer alike, the ways to settle it, the foot.

Rules, each with a test:

* Answers stand side by side by when they were written, all alike; none is chosen beforehand.
* What cannot be put together, or cannot all stand, is not offered.
* What the record will say, and who is told, is said before it is saved.
* Whoever may not write such a record reads it, and is told that others settle it.
* What was settled says who did it and why; whoever answered otherwise can object there, in words.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework import settling
from desktop_app.casework.answers import LONGEST_TEXT
from desktop_app.casework.audience import may_write
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import forms
from desktop_app.casework.records import Edit
from desktop_app.casework.settling import BOTH, COMBINED, KEPT, Pen
from desktop_app.casework.twice import combined
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from ui.clock import local
from ui.kit.card import down, holding, reading
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.kit.pills import Pill
from ui.pages import twice_head, twice_words
from ui.pages.twice_facts import Whole
from ui.pages.twice_follows import Follows
from ui.pages.twice_parts import Foot, Side
from ui.places import Place
from ui.session import Session
from ui.tokens import L, M, S


class QuestionView(QWidget):
    """One question in full.

    Signals:
        done: what was done, in words.
        later: nothing is decided now.
        go: a `Place` to be taken to.
        read: the person has read what was settled.
    """

    done = Signal(str)
    later = Signal()
    go = Signal(object)
    read = Signal()

    def __init__(self, session: Session, whole: Whole) -> None:
        super().__init__()
        self.session, self.whole = session, whole
        shipped = forms().get(whole.question.record.form)
        self.may = shipped is not None and may_write(shipped, session.roles)
        self.settles = self.may and whole.matter.open
        self.choice, self._saving = "", False
        self.cards = [
            twice_head.card_of(whole, at, session, may_keep=self.settles)
            for at in range(len(whole.question.given))
        ]
        for at, card in enumerate(self.cards):
            card.chosen.connect(lambda at=at: self.choose(str(at)))
        self.ways: dict[str, Pill] = {}
        self.follows = Follows(session, whole)
        self.follows.typed.connect(self._say_settled)
        self.trouble = Notice("", "bad")
        self.trouble.hide()
        self.foot = Foot()
        self.foot.later.connect(self.later)
        self.foot.wanted.connect(self.act)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.act)
        session.failed.connect(self._failed)
        self._lay_out()
        if self.settles:
            self._say()
        else:
            if not whole.matter.open and self.may:
                self.follows.ask_objection()
            self._say_settled()

    def start(self) -> None:
        """Put the focus where a choice begins."""
        first = self.cards[0].keep if self.settles else self.foot.leave
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, choice: str) -> None:
        """Choose a way: the place of an answer, "combined" or "both"."""
        self.choice = choice
        for at, card in enumerate(self.cards):
            card.set_chosen(chosen=choice == str(at))
        for code, pill in self.ways.items():
            pill.setChecked(code == choice)
        self.trouble.hide()
        self.follows.show_choice(choice, self._told())
        self._say()
        QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        self._area.ensureWidgetVisible(self.follows, 0, 8)

    def act(self) -> None:
        """Do what was chosen: settle it, object, or have read it."""
        if self._saving:
            return
        if not self.settles:
            self._object_or_read()
            return
        edits = self._edits()
        if not edits:
            self._tell(_("Choose which answer stands. Nothing was changed."))
            return
        told = self._told()
        words = _("Settled. %(names)s will be told.") % {"names": listed(told)}
        self._save(edits, words if told else _("Settled."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with a figure, leave with Esc, where nothing nearer wanted the key."""
        text = event.text()
        codes = [*(str(at) for at in range(len(self.cards))), *self.ways]
        if event.key() == Qt.Key.Key_Escape:
            self.later.emit()
        elif self.settles and text.isdecimal() and 1 <= int(text) <= len(codes):
            self.choose(codes[int(text) - 1])
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        body = down(twice_head.heading(self.whole), gap=10, margins=(L, S, L, M))
        for notice in twice_head.notices(self.whole, self.session, may_write=self.may):
            body.addWidget(notice)
        body.addWidget(Side(self.cards))
        if self.settles:
            body.addWidget(self._other_ways())
        body.addWidget(self.follows)
        body.addWidget(self.trouble)
        body.addStretch(1)
        record = self.whole.question.record
        place = Place("record", client=record.client, record=record.id, form=record.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(twice_head.who_bar(self.whole, lambda: self.go.emit(place)))
        self._area = reading(holding(body))
        column.addWidget(self._area, 1)
        column.addWidget(self.foot)

    def _other_ways(self) -> QWidget:
        held = QWidget()
        flow = FlowLayout(held, gap=8)
        question = self.whole.question
        ways = []
        if settling.both_form(question) is not None:  # two addresses on one line find no door
            ways.append((BOTH, _("Let &both stand, each with its date")))
        elif combined(question) is not None:
            ways.append((COMBINED, _("Put them to&gether")))
        for code, words in ways:
            pill = Pill(words)
            pill.clicked.connect(lambda _on=False, code=code: self.choose(code))
            self.ways[code] = pill
            flow.addWidget(pill)
        held.setVisible(bool(ways))
        return held

    def _say(self) -> None:
        """Say who is told."""
        told = self._told() if self.choice else []
        names = listed(told)
        head = _("Nothing is chosen yet.")
        beneath = _("Until somebody settles it, every answer stays where it is.")
        act = _("&Settle it")
        if told:
            head = _("%(names)s will be told.") % {"names": names}
            beneath = _("They can object; then it is open again.")
            act = _("&Settle it, tell %(names)s") % {"names": names} if len(told) < 2 else act
        elif self.choice:
            nobody = _("Nobody else answered otherwise.")
            head = _("Both answers stand.") if self.choice == BOTH else nobody
            beneath = _("All answers stay in the history.")
        self.foot.say(head, beneath, later=_("Decide &later"), act=act)

    def _say_settled(self) -> None:
        beneath = _("All answers stay in the history.")
        if self.whole.matter.open or not self.may:
            self.foot.say(beneath, "", later=_("&Leave it"), act="")
            return
        objects = bool(self.follows.objection.text().strip())
        head = _("It will be open again for everybody.") if objects else _("It is settled.")
        act = _("&Object") if objects else _("I have &read it")
        self.foot.say(head, beneath, later=_("&Later"), act=act)

    def _told(self) -> list[str]:
        return twice_words.to_tell(self.whole, self.follows.answers(self.choice), self.session)

    def _edits(self) -> list[Edit]:
        question, pen, why = self.whole.question, pen_of(self.session), self.follows.why.text()
        still = self.whole.open_still
        if not self.choice:
            return []
        if self.choice == BOTH:
            return settling.settle_both(question, pen, why=why, open_still=still)
        how = COMBINED if self.choice == COMBINED else KEPT
        answers = self.follows.answers(self.choice)
        return settling.settle(question, answers, pen, how=how, why=why, open_still=still)

    def _object_or_read(self) -> None:
        settled, words = self.whole.matter.settled, self.follows.objection.text().strip()
        if settled is None or self.whole.matter.open or not self.may:
            return
        if not words:
            self.read.emit()
            return
        self._save(
            [settling.object_to(settled, words[:LONGEST_TEXT])],
            _("You objected. It is open again, and everybody it concerns is told."),
        )

    def _save(self, edits: Sequence[Edit], words: str) -> None:
        self._saving = True
        self.session.save(edits, lambda _saved: self.done.emit(words))

    def _failed(self, error: CaseworkError) -> None:
        if self._saving:
            self._saving = False
            self._tell(str(error))

    def _tell(self, words: str) -> None:
        self.trouble.say(words)
        self.trouble.show()
        self.trouble.announce()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.trouble, 0, 8))


def pen_of(session: Session) -> Pen:
    """Return what somebody signed in writes with."""
    return Pen(
        session.today().isoformat(),
        lambda ms: local(ms).date().isoformat(),
        session.new_record,
    )
