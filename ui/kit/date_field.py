# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Fields for dates: type as you would say it, and see beside it what was understood.

Nothing is put into a field that nobody typed, and it may always be left empty. What cannot be read
stays as typed; the echo says what can be.
"""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework import dates
from desktop_app.casework.dates import Lean, NotADate
from desktop_app.casework.words import _
from ui import theme
from ui.kit.labels import label
from ui.theme import SEMI
from ui.tokens import S

NEAR = 28
"""Days from today within which it is said how far away a day is."""


class TypedDate(QWidget):
    """A field, and the echo of what was understood beneath or beside it.

    Signals:
        changed: what was understood is different now; carries it ("" for nothing).
    """

    changed = Signal(str)

    def __init__(self, name: str, *, beside: bool, width: int, placeholder: str) -> None:
        super().__init__()
        self._value, self._problem, self._beside = "", "", beside
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        self.field.textChanged.connect(self._typed)
        self.echo = label("", "body" if beside else "small", weight=SEMI, wrap=True)
        row: QBoxLayout = QVBoxLayout(self)
        if beside:
            row.setDirection(QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S if beside else 2)
        row.addWidget(self.field)
        row.addWidget(self.echo, 1 if beside else 0)
        self.setFocusProxy(self.field)
        self._width = width if beside else 0
        theme.on_change(self._restyle)

    def value(self) -> str:
        """Return what was understood; "" for nothing."""
        return self._value

    def text(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def problem(self) -> str:
        """Return why what was typed cannot be used, in words; "" when it can."""
        return self._problem

    def set_value(self, value: str) -> None:
        """Show a date in words that would be read the same."""
        self.field.setText(self.shown(value) if value else "")

    def set_text(self, text: str) -> None:
        """Type something."""
        self.field.setText(text)

    def set_wrong(self, *, wrong: bool) -> None:
        """Show or take away the red edge."""
        self.field.setProperty("wrong", "true" if wrong else "false")
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def read(self, text: str) -> str:
        """Return what was typed as it is stored.

        Raises:
            NotADate: it cannot be read.
        """
        raise NotImplementedError

    def said(self, value: str) -> str:
        """Return what was understood, as it is echoed."""
        raise NotImplementedError

    def shown(self, value: str) -> str:
        """Return a stored date as it is put into the field."""
        return dates.say_date(value)

    def near(self, _value: str) -> str:
        """Return what more there is to say of a date that stands in the field in full."""
        return ""

    def _typed(self, text: str) -> None:
        before, self._problem = self._value, ""
        try:
            self._value = self.read(text)
        except NotADate as problem:
            self._value, self._problem = "", str(problem)
        self._show_echo()
        if self._value != before:
            self.changed.emit(self._value)

    def _restyle(self) -> None:
        if self._width:
            self.field.setFixedWidth(theme.px(self._width))
        self.echo.setMinimumHeight(theme.metrics("small").height())

    def _show_echo(self) -> None:
        self.echo.set_tone("bad" if self._problem else "text")
        said = self.said(self._value) if self._value else ""
        self.field.setAccessibleDescription(self._problem or said)
        if said and self.text() == self.shown(self._value):
            said = self.near(self._value)  # the field reads the same already
        self.echo.setText(self._problem or said)


class DateField(TypedDate):
    """A day, read towards the past or the future; "" or ISO text."""

    def __init__(
        self,
        name: str,
        today: Callable[[], date],
        *,
        lean: Lean = Lean.PAST,
        beside: bool = False,
        placeholder: str = "",
    ) -> None:
        """Make a field.

        Args:
            name: what the date is of, for screen readers.
            today: says which day it is.
            lean: to which side of today a date without its year is read.
            beside: the echo stands beside the field, not beneath.
            placeholder: shown while it is empty.
        """
        self._today, self._lean = today, lean
        super().__init__(
            name, beside=beside, width=110, placeholder=placeholder or _("Day, such as 14 3")
        )

    def read(self, text: str) -> str:
        """Return ISO text."""
        found = dates.read_date(text, self._today(), lean=self._lean)
        return "" if found is None else found.isoformat()

    def said(self, value: str) -> str:
        """Return "Tue 14 Mar 1989, 3 days ago"."""
        day = dates.as_date(value)
        if day is None:
            return value
        near = self.near(value)
        return dates.say_date(value) + (f", {near}" if near else "")

    def near(self, value: str) -> str:
        """Return "3 days ago" for a day that is near."""
        day = dates.as_date(value)
        if day is None or abs((day - self._today()).days) > NEAR:
            return ""
        return dates.say_days(day, self._today())


class DateTimeField(TypedDate):
    """A day and a time; "" or ISO text with or without a time."""

    def __init__(
        self,
        name: str,
        now: Callable[[], datetime],
        *,
        lean: Lean = Lean.PAST,
        beside: bool = True,
        placeholder: str = "",
        time_needed: bool = False,
    ) -> None:
        """Make a field.

        Args:
            name: what the moment is of, for screen readers.
            now: says which day and time it is.
            lean: to which side of today a date without its year is read.
            beside: the echo stands beside the field, not beneath.
            placeholder: shown while it is empty.
            time_needed: a day alone is not enough.
        """
        self._now, self._lean, self._time_needed = now, lean, time_needed
        super().__init__(name, beside=beside, width=110, placeholder=placeholder or _("Day, time"))

    def read(self, text: str) -> str:
        """Return ISO text."""
        found = dates.read_moment(text, self._now(), lean=self._lean)
        if found is None:
            return ""
        if found.clock is None and self._time_needed:
            raise NotADate(_("Say the time as well, such as thu 10:30."))
        return found.iso

    def said(self, value: str) -> str:
        """Return "Thu 26 Nov, 10:00"."""
        return dates.say_moment(value, self._now().date())

    def shown(self, value: str) -> str:
        """Return the moment with its year."""
        moment = dates.as_moment(value)
        day = dates.say_date(value)
        return day if moment is None else f"{day} {moment:%H:%M}"


class PartialDateField(TypedDate):
    """A remembered date: a day, a month, a year, or about; "" when not known, or EDTF text."""

    def __init__(self, name: str, today: Callable[[], date], *, beside: bool = False) -> None:
        self._today = today
        super().__init__(name, beside=beside, width=150, placeholder=_("Such as 14 3 89"))

    def read(self, text: str) -> str:
        """Return EDTF text."""
        return dates.read_partial(text, self._today())

    def said(self, value: str) -> str:
        """Return "14 Mar 1989 (37y)"."""
        return dates.say_born(value, self._today())

    def shown(self, value: str) -> str:
        """Return it in words."""
        return dates.say_partial(value)

    def near(self, value: str) -> str:
        """Return it with the age."""
        return self.said(value)
