# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Offers and what was answered: a pill that opens its answers inside itself.

"+ Housing" means it was not offered. Pressed, it becomes a pill with Took it / Later / No, so that
an offer and its answer are one thing; nobody is taken to have declined what was never offered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import Button, icon_button
from ui.kit.flow import FlowLayout
from ui.kit.labels import label
from ui.kit.pills import Pill
from ui.theme import REGULAR, SEMI

HIGH = 30


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One answer to an offer."""

    code: str
    text: str
    tone: str = "neutral"


class AnswerPart(QAbstractButton):
    """One answer inside an offer."""

    def __init__(self, answer: AnswerChoice, offer: str) -> None:
        super().__init__()
        self.answer = answer
        self.setText(answer.text)
        self.setAccessibleName(f"{offer}: {answer.text}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the bold words."""
        words = theme.metrics("small", SEMI)
        wide = words.horizontalAdvance(self.text()) + 2 * theme.px(8)
        return QSize(wide, max(theme.px(24), words.height() + 6))

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the answer beside it with the arrow keys."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        pill = self.parent()
        if step is None or not isinstance(pill, OfferPill):
            super().keyPressEvent(event)
            return
        parts = list(pill.parts.values())
        to = parts[(parts.index(self) + step) % len(parts)]
        to.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the answer; the given one on its tint."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            on, tone = self.isChecked(), self.answer.tone
            lit = self.underMouse() or self.isDown()
            outlined = on and theme.current().outlined
            edge = "focus" if self.hasFocus() else tone if outlined else ""
            painter.setPen(QPen(theme.color(edge), 2) if edge else Qt.PenStyle.NoPen)
            ground = f"{tone}_soft" if on else "sunken" if lit else "surface"
            painter.setBrush(theme.color(ground))
            inset = 1 if edge else 0
            shape = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
            painter.setFont(theme.font("small", SEMI if on else REGULAR))
            painter.setPen(theme.color(tone if on else "muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class OfferPill(QWidget):
    """One offer with its answers.

    Signals:
        answered: the code of the answer, or "" when it was taken back.
        removed: it was not offered after all.
    """

    answered = Signal(str)
    removed = Signal()

    def __init__(self, text: str, answers: Sequence[AnswerChoice], *, value: str = "") -> None:
        super().__init__()
        self._wrong = False
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 2, 4, 2)
        row.setSpacing(1)
        row.addWidget(label(text, weight=SEMI))
        row.addSpacing(5)
        self.parts: dict[str, AnswerPart] = {}
        for answer in answers:
            part = AnswerPart(answer, text)
            part.clicked.connect(lambda _on=False, code=answer.code: self._pressed(code))
            self.parts[answer.code] = part
            row.addWidget(part)
        self.remove: Button = icon_button(
            "x",
            _("Not offered: %(offer)s") % {"offer": text},
            kind="quiet",
            tone="muted",
            small=True,
        )
        self.remove.clicked.connect(self.removed.emit)
        row.addWidget(self.remove)
        self.set_value(value)
        self.setFocusProxy(next(iter(self.parts.values())))
        theme.look().changed.connect(self.updateGeometry)

    def value(self) -> str:
        """Return the answer given, or ""."""
        return next((code for code, part in self.parts.items() if part.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Show an answer; nobody is told."""
        for each, part in self.parts.items():
            part.setChecked(each == code)

    def set_wrong(self, *, wrong: bool) -> None:
        """Show or take away the red edge."""
        self._wrong = wrong
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for its row, at the height of a pill."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme.px(HIGH)))

    def _pressed(self, code: str) -> None:
        given = code if self.parts[code].isChecked() else ""
        self.set_value(given)
        self.answered.emit(given)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outline."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            wide = 2 if self._wrong else 1
            painter.setPen(QPen(theme.color("bad" if self._wrong else "control"), wide))
            painter.setBrush(theme.color("surface"))
            inset = wide / 2
            shape = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(shape, theme.px(HIGH) / 2, theme.px(HIGH) / 2)


class Offers(QWidget):
    """What was offered, and what can still be offered.

    Signals:
        changed: something was offered, answered or taken back; ask `value()`.
    """

    changed = Signal()

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        answers: Sequence[AnswerChoice],
        name: str,
        *,
        first: Sequence[str] = (),
    ) -> None:
        """Make a list of offers.

        Args:
            choices: codes and labels of what can be offered.
            answers: what can be answered.
            name: of the whole, for screen readers.
            first: codes that stand first and are already open, without an answer.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._choices, self._answers = dict(choices), list(answers)
        self._flow = FlowLayout(self)
        self.offered: dict[str, OfferPill] = {}
        self.adders: dict[str, Pill] = {}
        for code, text in choices:
            self.add(code, text)
        for code in first:
            self._open(code, "")

    def value(self) -> dict[str, str | None]:
        """Return what was offered and answered; None where no answer was given yet."""
        return {code: pill.value() or None for code, pill in self.offered.items()}

    def set_value(self, value: Mapping[str, str | None]) -> None:
        """Show offers and answers; nobody is told."""
        for code in [one for one in self.offered if one not in value]:
            self._close(code)
        for code, answer in value.items():
            if code in self.offered:
                self.offered[code].set_value(answer or "")
            elif code in self._choices:
                self._open(code, answer or "")

    def add(self, code: str, text: str) -> None:
        """Offer the chance to offer one more thing."""
        self._choices[code] = text
        adder = Pill(text, icon="plus", ticked="plus")
        adder.setCheckable(False)
        adder.setAccessibleName(_("Offered: %(offer)s") % {"offer": text})
        adder.clicked.connect(lambda: self._pressed(code))
        self.adders[code] = adder
        self._flow.addWidget(adder)
        self.setFocusProxy(next(iter(self.adders.values())))

    def _pressed(self, code: str) -> None:
        self._open(code, "").setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _open(self, code: str, answer: str) -> OfferPill:
        pill = OfferPill(self._choices[code], self._answers, value=answer)
        pill.answered.connect(lambda _answer: self.changed.emit())
        pill.removed.connect(lambda: self._take_back(code))
        self._flow.insert(len(self.offered), pill)
        self.offered[code] = pill
        self.adders[code].hide()
        self._settle()
        return pill

    def _take_back(self, code: str) -> None:
        self._close(code)
        self.adders[code].setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _close(self, code: str) -> None:
        pill = self.offered.pop(code)
        self._flow.removeWidget(pill)
        pill.hide()
        pill.deleteLater()
        self.adders[code].show()
        self._settle()

    def _settle(self) -> None:
        stops: list[QWidget] = [*self.offered.values()]
        stops += [adder for adder in self.adders.values() if not adder.isHidden()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        if stops:
            self.setFocusProxy(stops[0])
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Tell the page when the height changes with the number of lines."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
