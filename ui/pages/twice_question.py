# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One question that was answered twice: every answer alike, the ways to settle it, the foot.

Rules, each with a test:

* Answers stand side by side by when they were written, all alike; none is chosen beforehand.
* What cannot be put together, or cannot all stand, is not offered.
* What the record will say, and who is told, is said before it is saved.
* Whoever may not write such a record reads it, and is told that others settle it.
* What was settled says who did it and why; whoever answered otherwise can object there, in words.
* What was typed is kept as a draft: it is there again after a lock, or after looking elsewhere.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.casework import settling
from desktop_app.casework.answers import LONGEST_TEXT
from desktop_app.casework.audience import may_write
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import forms
from desktop_app.casework.records import Answers, Edit
from desktop_app.casework.settling import BOTH, COMBINED, FORM, KEPT, Pen
from desktop_app.casework.twice import combined
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from storage.store import Draft
from ui.clock import local
from ui.drafting import Drafting
from ui.in_sight import InSight
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
        done: what was done, in words, and the edits that were saved.
        later: nothing is decided now.
        go: a `Place` to be taken to.
        read: the person has read what was settled.
    """

    done = Signal(str, object)
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
        self.follows.typed.connect(self._typed)
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
        about = whole.question.record.client
        key = sha256(whole.matter.key.encode()).digest()[:16]  # of this question, and no other
        self.drafting = Drafting(
            session, FORM, client=about, record=key, typed=self._draft, parent=self
        )
        self.drafting.fetch(self._resume)

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
        who = twice_head.who_bar(self.whole, lambda: self.go.emit(place))
        self._area = reading(holding(body))
        InSight(self._area, also=lambda: self.follows if self.choice else None)
        column = down(who, self._area, self.foot, gap=0)
        column.setStretch(1, 1)
        self.setLayout(column)

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
        if not ways:  # shown before it has a parent it would be a window of its own
            held.hide()
        return held

    def _say(self) -> None:
        """Say who is told."""
        told = self._told() if self.choice else []
        self.foot.say_settling(told, chosen=bool(self.choice), both=self.choice == BOTH)

    def _say_settled(self) -> None:
        objects = bool(self.follows.objection.text().strip())
        self.foot.say_settled(objects=objects, may=self.may and not self.whole.matter.open)

    def _typed(self) -> None:
        self.drafting.touched()
        if not self.settles:
            self._say_settled()

    def _draft(self) -> Answers:
        return {**self.follows.kept(), "choice": self.choice}

    def _resume(self, draft: Draft | None) -> None:
        """Go on from what had been typed before a lock, or before looking elsewhere."""
        if draft is None or self.choice:
            return
        choice = str(draft.answers.get("choice") or "")
        if self.settles and (choice in self.ways or choice in map(str, range(len(self.cards)))):
            self.choose(choice)
        self.follows.resume(draft.answers)
        if not self.settles:
            self._say_settled()

    def _told(self) -> list[str]:
        return twice_words.to_tell(self.whole, self.follows.answers(self.choice), self.session)

    def _edits(self) -> list[Edit]:
        question, still = self.whole.question, self.whole.open_still
        pen, why = pen_of(self.session, self.whole.authors), self.follows.why.text()
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

        def saved(_saved: object) -> None:
            self.drafting.drop()
            self.done.emit(words, edits)

        self.session.save(edits, saved)

    def _failed(self, error: CaseworkError) -> None:
        if self._saving:
            self._saving = False
            self._tell(str(error))

    def _tell(self, words: str) -> None:
        self.trouble.say(words)
        self.trouble.show()
        self.trouble.announce()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.trouble, 0, 8))


def pen_of(session: Session, authors: Mapping[int, str] = MappingProxyType({})) -> Pen:
    """Return what somebody signed in writes with, who knows the person behind some feeds."""
    return Pen(
        session.today().isoformat(),
        lambda ms: local(ms).date().isoformat(),
        session.new_record,
        lambda feed: authors.get(feed, ""),
    )
