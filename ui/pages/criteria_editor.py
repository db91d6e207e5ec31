# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Writing a version of the criteria: questions, answers with points, weights, the threshold.

Rules, each with a test:

* What is written is a draft until it is put to the partners; then it is a new version, whole, and
  nobody has agreed to it yet.
* Everything is done with the keyboard: questions are added, moved and taken away with buttons.
* A line of points that cannot be read is told, and never left out without a word.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.matrix_writing import Asked, Lack, Written, edits, lacking
from desktop_app.casework.records import NO_CLIENT, Answers, RecordId
from desktop_app.casework.words import _
from storage.store import Draft, Saved
from ui.drafting import Drafting
from ui.editors.text import line
from ui.kit.buttons import HANG, button, set_shortcut
from ui.kit.card import Card, across, clear, down, holding, scrolling
from ui.kit.labels import Rule, label
from ui.kit.note_edit import NoteEdit
from ui.kit.problem_summary import ProblemSummary
from ui.kit.tick_box import TickBox
from ui.pages.criteria_box import QuestionBox, as_draft, from_draft
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import XS, M, S


class CriteriaEditor(Card):
    """A version as it is being written.

    Signals:
        saved: it was put to the partners.
        closed: it is put away; what was typed stays as a draft.
    """

    saved = Signal()
    closed = Signal()

    def __init__(self, session: Session, begin: Written, follows: RecordId) -> None:
        super().__init__(_("A new version of the criteria"), role="h3")
        self._session, self._follows = session, follows
        self.boxes: list[QuestionBox] = []
        self.name, self.version, self.threshold = line(), line(), line()
        self.example = TickBox(_("Only an &example, to be argued over: never in force"))
        self.why = NoteEdit(_("What is different, and why"), lines=2)
        self.problems = ProblemSummary()
        self._asked = QVBoxLayout()
        self._area = scrolling(QWidget())
        self._build()
        self._fill(begin)
        self.drafting = Drafting(
            session, "matrix", client=NO_CLIENT, typed=self._typed, parent=self
        )
        _tell(self, self._touched)
        self.drafting.fetch(self._resume)

    def written(self) -> Written:
        """Return it as it stands."""
        threshold = self.threshold.text().strip()
        return Written(
            self.name.text(),
            self.version.text(),
            int(threshold) if threshold.isdigit() else None,
            example=self.example.isChecked(),
            why=self.why.text(),
            asked=tuple(box.asked() for box in self.boxes),
        )

    def save(self) -> None:
        """Put it to the partners, unless something has to be put right first."""
        session, written = self._session, self.written()
        wrong = [(one.words, _field(self, one)) for one in lacking(written)]
        for number, box in enumerate(self.boxes, start=1):
            wrong += [
                (
                    _("Question %(n)d: “%(line)s” cannot be read. Write points = words.")
                    % {"n": number, "line": text},
                    box.bands,
                )
                for text in box.unread()
            ]
        self.problems.show_problems(wrong, drafted=self.drafting.holds)
        if wrong:
            return
        self.act.setEnabled(False)

        def saved(_saved: Saved) -> None:
            self.drafting.drop()
            self.saved.emit()

        made = edits(
            written,
            on=session.today(),
            new_record=session.new_record,
            follows=self._follows,
        )
        session.save(made, saved)

    def put_away(self) -> None:
        """Keep what was typed as a draft and go."""
        self.drafting.flush()
        self.closed.emit()

    def start(self) -> None:
        """Put the keyboard into the first line."""
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def add_question(self, made: QuestionBox) -> None:
        """Ask one more question at the end."""
        made.changed.connect(self._touched)
        made.moved.connect(lambda by: self._move(made, by))
        made.gone.connect(lambda: self._drop(made))
        self.boxes.append(made)
        self._lay_out()

    def _ask_more(self) -> None:
        made = QuestionBox(Asked())
        self.add_question(made)
        made.start()
        self._area.ensureWidgetVisible(made)
        self._touched()

    def _build(self) -> None:
        self.version.setPlaceholderText(_("Such as: December 2026"))
        self.threshold.setAccessibleName(_("Points"))
        self.threshold.setPlaceholderText(_("Points"))
        self.threshold.setFixedWidth(70)
        self.why.setPlaceholderText(_("Whoever agrees reads this."))
        proposed = label(_("Proposed from"), tone="muted")
        self.more = button(_("&Add a question"), icon="plus")
        self.more.clicked.connect(self._ask_more)
        inner = down(
            self.problems,
            _headed(_("What it is called"), self.name),
            _headed(_("Version"), self.version),
            across(proposed, self.threshold, label(_("points"), tone="muted"), None, gap=S),
            self.example,
            _headed(_("What is different, and why"), self.why),
            self._asked,
            across(self.more, None),
            None,
            gap=S,
            margins=(0, 0, S, 0),
        )
        self._area = scrolling(holding(inner))
        self.add(self._area, 1)
        leave = button(_("Not now"), "quiet")
        leave.clicked.connect(self.put_away)
        self.act = button(_("&Put to the partners"), "primary", icon="send")
        set_shortcut(self.act, "Ctrl+Return")
        self.act.clicked.connect(self.save)
        self.add(across(leave, None, self.act, gap=M, margins=(-HANG, 0, 0, 0)))

    def _fill(self, begin: Written) -> None:
        self.name.setText(begin.title)
        self.version.setText(begin.version)
        self.threshold.setText("" if begin.threshold is None else str(begin.threshold))
        self.example.setChecked(begin.example)
        self.why.set_text(begin.why)
        for one in begin.asked:
            self.add_question(QuestionBox(one))

    def _lay_out(self) -> None:
        while self._asked.count():
            held = self._asked.takeAt(0)
            widget = held.widget() if held else None
            if isinstance(widget, Rule):
                widget.hide()
                widget.deleteLater()
        for number, box in enumerate(self.boxes, start=1):
            box.set_number(number, len(self.boxes))
            self._asked.addWidget(Rule())
            self._asked.addWidget(box)

    def _move(self, box: QuestionBox, by: int) -> None:
        at = self.boxes.index(box)
        to = at + by
        if 0 <= to < len(self.boxes):
            self.boxes[at], self.boxes[to] = self.boxes[to], self.boxes[at]
            self._lay_out()
            (box.up if box.up.isEnabled() else box.down).setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(box)
            self._touched()

    def _drop(self, box: QuestionBox) -> None:
        at = self.boxes.index(box)
        self.boxes.remove(box)
        box.hide()
        box.deleteLater()
        self._lay_out()
        if self.boxes:
            self.boxes[min(at, len(self.boxes) - 1)].start()
        self._touched()

    def _touched(self) -> None:
        self.drafting.touched()

    def _typed(self) -> Answers:
        return {
            "title": self.name.text(),
            "version": self.version.text(),
            "threshold": self.threshold.text(),
            "example": self.example.isChecked(),
            "why": self.why.text(),
            "asked": [as_draft(box) for box in self.boxes],
        }

    def _resume(self, draft: Draft | None) -> None:
        held = draft.answers if draft is not None else {}
        asked = held.get("asked")
        if not isinstance(asked, list):
            return
        self.name.setText(str(held.get("title") or ""))
        self.version.setText(str(held.get("version") or ""))
        self.threshold.setText(str(held.get("threshold") or ""))
        self.example.setChecked(held.get("example") is True)
        self.why.set_text(str(held.get("why") or ""))
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        self.boxes = []
        clear(self._asked)
        for kept in asked:
            made = from_draft(kept)
            if made is not None:
                self.add_question(made)


def _headed(words: str, field: QWidget) -> QVBoxLayout:
    """Return a field under what it is called."""
    return down(label(words, weight=SEMI, buddy=field), field, gap=XS)


def _field(editor: CriteriaEditor, lack: Lack) -> QWidget:
    """Return where something that is lacking is put right."""
    if lack.question:
        return editor.boxes[lack.question - 1].question
    heads = {"title": editor.name, "version": editor.version, "threshold": editor.threshold}
    return heads.get(lack.of, editor.more)


def _tell(editor: CriteriaEditor, touched: Callable[[], None]) -> None:
    """Have every change of the head told."""
    for field in (editor.name, editor.version, editor.threshold):
        field.textEdited.connect(lambda _text: touched())
    editor.why.typed.connect(lambda _text: touched())
    editor.example.toggled.connect(lambda _on: touched())
