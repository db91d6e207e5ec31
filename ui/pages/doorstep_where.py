# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where, when and with whom: the three rows of a visit that are usually right as they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from desktop_app.casework.codes import Choice
from desktop_app.casework.dates import say_moment
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui import theme
from ui.kit.card import across, down, holding
from ui.kit.date_field import DateTimeField
from ui.kit.drop_down import DropDown
from ui.kit.flow import FlowLayout
from ui.kit.labels import label
from ui.kit.segment import Segment

MAIN_KINDS = ("home", "street", "prison", "rehab")
OTHER = "other"
LEAST_PLACE = 118
"""Room beside the kinds, at text size 1, in which a street and number can be read."""
BESIDE_WORDS = 34
"""What a field takes besides its words, and its distance from the kinds."""
MINUTES = ("10", "20", "30", "45")
LONGEST_MINUTES = 999


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual place of a kind of visit.

    Attributes:
        place: filled in.
        hint: shown while nothing stands there.
        goes_without_saying: not written into the visit; the address on file says it.
    """

    place: str = ""
    hint: str = ""
    goes_without_saying: bool = False


class Where(QWidget):
    """What kind of place, and which.

    Signals:
        changed: a person altered kind or place.
    """

    changed = Signal()

    def __init__(self, kinds: tuple[Choice, ...]) -> None:
        super().__init__()
        self._proposed, self._goes_without = "", False
        self._usual: Callable[[str], Usual] = lambda _kind: Usual()
        by_code = {one.code: one for one in kinds}
        main = [(code, _(by_code[code].short or by_code[code].label)) for code in MAIN_KINDS]
        self.kind = Segment([*main, (OTHER, _("Other"))], _("Where"))
        self.kind.chosen.connect(lambda _code: self._kind_chosen())
        rest = [(one.code, _(one.label)) for one in kinds if one.code not in MAIN_KINDS]
        self.rest = DropDown(rest, _("Where else"), value=OTHER)
        self.rest.chosen.connect(lambda _code: self._kind_chosen())
        self.rest.hide()
        self.place = QLineEdit()
        self.place.setAccessibleName(_("Place"))
        self.place.setMinimumWidth(80)
        self.place.textEdited.connect(lambda _text: self.changed.emit())
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(8)
        self._line.addWidget(self.kind)
        self._line.addWidget(self.place, 1)
        self.setLayout(down(self._line, across(self.rest, None), gap=5))
        self.setFocusProxy(self.kind)

    def set_usual(self, usual: Callable[[str], Usual]) -> None:
        """Say what place is usual for a kind."""
        self._usual = usual
        self._propose()

    def value(self) -> tuple[str, str]:
        """Return kind and place; no place where it goes without saying."""
        place = self.place.text()
        unsaid = self._goes_without and place == self._proposed
        return self._kind(), "" if unsaid else place

    def set_value(self, kind: str, place: str) -> None:
        """Show kind and place; nobody is told."""
        main = kind in MAIN_KINDS or not kind
        self.kind.set_value(kind if main else OTHER)
        if not main:
            self.rest.set_value(kind)
        self.rest.setVisible(not main)
        self.place.setText(place)
        self._propose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the place where there is room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the place beneath where a usual one could not be read whole beside."""
        whole = self.place.fontMetrics().horizontalAdvance(self._proposed) + BESIDE_WORDS
        room = self.width() - self.kind.sizeHint().width()
        beside = room >= max(theme.px(LEAST_PLACE), whole)
        across_ = QBoxLayout.Direction.LeftToRight
        self._line.setDirection(across_ if beside else QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(8 if beside else 4)

    def minimumSizeHint(self) -> QSize:
        """Return room for the kinds alone."""
        return QSize(self.kind.sizeHint().width(), super().minimumSizeHint().height())

    def _kind(self) -> str:
        chosen = self.kind.value()
        return self.rest.value() or OTHER if chosen == OTHER else chosen

    def _kind_chosen(self) -> None:
        self.rest.setVisible(self.kind.value() == OTHER)
        self._propose()
        self.changed.emit()

    def _propose(self) -> None:
        """Fill in the usual place, unless somebody wrote another."""
        usual = self._usual(self._kind())
        if self.place.text() in ("", self._proposed):
            self.place.setText(usual.place)
            self.place.setCursorPosition(0)
        self._proposed, self._goes_without = usual.place, usual.goes_without_saying
        self.place.setPlaceholderText(usual.hint)
        self.place.setToolTip(usual.place)
        self._fit()


class When(QWidget):
    """When it was, and how long it took; on two lines where there is no room for one.

    Signals:
        changed: a person altered one of them.
    """

    changed = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now, self._narrow = now, False
        self.at = DateTimeField(_("When"), now, time_needed=True)
        self.at.echo.hide()
        self.at.field.textChanged.connect(lambda _text: self._say())
        self.at.field.textEdited.connect(lambda _text: self.changed.emit())
        self.said = label("")
        self.quick = Segment([(one, one) for one in MINUTES], _("Minutes"))
        self.quick.chosen.connect(self._picked)
        self.minutes = QLineEdit()
        self.minutes.setAccessibleName(_("Minutes"))
        self.minutes.setValidator(QIntValidator(0, LONGEST_MINUTES, self.minutes))
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.minutes.textEdited.connect(self._typed)
        self._for = label(_("for"), tone="muted")
        flow = FlowLayout(self, gap=14, line_gap=4)
        flow.addWidget(holding(across(self.at, self.said)))
        self._min = label(_("min"), tone="muted")
        flow.addWidget(holding(across(self._for, self.quick, self.minutes, self._min, gap=6)))
        self.setFocusProxy(self.at.field)
        theme.on_change(self._restyle)

    def set_now(self) -> None:
        """Start with "now"."""
        self.at.set_text("now")

    def set_at(self, iso: str) -> None:
        """Show a moment; nobody is told."""
        if iso[:10] == self._now().date().isoformat():
            self.at.set_text(iso[11:])  # the time says it, and leaves room
        else:
            self.at.set_value(iso)
        self.at.field.setCursorPosition(0)

    def at_value(self) -> str:
        """Return the moment as it is stored; words that are no moment as they stand."""
        return self.at.text() if self.at.problem() else self.at.value()

    def minutes_value(self) -> Json:
        """Return the minutes; None when they were not said."""
        text = self.minutes.text()
        return int(text) if text else None

    def set_minutes(self, minutes: Json) -> None:
        """Show how long it took; nobody is told."""
        text = str(minutes) if isinstance(minutes, int) else ""
        with QSignalBlocker(self.minutes):
            self.minutes.setText(text)
        self.quick.set_value(text if text in MINUTES else "")

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out what can be understood without it."""
        self._narrow = narrow
        self._for.setVisible(not narrow)
        self._say()

    def _picked(self, code: str) -> None:
        self.set_minutes(int(code) if code else None)
        self.changed.emit()

    def _typed(self, text: str) -> None:
        self.quick.set_value(text if text in MINUTES else "")
        self.changed.emit()

    def _say(self) -> None:
        """Say back what was understood."""
        problem, value = self.at.problem(), self.at.value()
        self.said.set_tone("bad" if problem else "text")
        said = problem or (say_moment(value, self._now().date()) if value else "")
        self.at.field.setAccessibleDescription(said)
        if self._narrow and not problem and value[:10] == self._now().date().isoformat():
            said = _("today, %(time)s") % {"time": value[11:16]}
        self.said.setText(said)
        self.updateGeometry()

    def _restyle(self) -> None:
        self.at.field.setFixedWidth(theme.px(70))
        self.at.setFixedWidth(theme.px(70))
        self.minutes.setFixedWidth(theme.px(42))
