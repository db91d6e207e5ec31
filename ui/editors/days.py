# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The editor for days, moments and remembered dates: typed as they are said."""

from desktop_app.casework.dates import Lean, NotADate
from desktop_app.casework.forms import Field, FieldType
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui import theme
from ui.editors.asking import Asking
from ui.editors.editor import Editor
from ui.kit.date_field import DateField, DateTimeField, PartialDateField, TypedDate

WIDTH, MOMENT_WIDTH = 164, 184
AHEAD = "ahead"
"""Appearance of a date that is planned: "14 mar" is then the next one, not the last."""


class DayEditor(Editor):
    """A day, a moment or a remembered date."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._typed = self._fitting()
        self._typed.field.textEdited.connect(lambda _text: self.edited.emit())
        self.hold(self._typed)
        self.setFocusProxy(self._typed.field)
        self._typed.field.setAccessibleName(_(field.label))
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        moment = self.field.type is FieldType.DATETIME
        self._typed.field.setFixedWidth(theme.px(MOMENT_WIDTH if moment else WIDTH))

    def read(self) -> Json:
        """Return the day as it is stored; words that are no day as they stand."""
        text = self._typed.text()  # read anew: the field tells of a key before it has read it
        try:
            return self._typed.read(text) or None
        except NotADate:
            return text

    def display(self, value: Json) -> None:
        """Show a day in words."""
        self._typed.set_value("" if value is None else str(value))
        self._typed.field.setCursorPosition(0)

    def _fitting(self) -> TypedDate:
        name = _(self.field.label)
        lean = Lean.FUTURE if self.field.appearance == AHEAD else Lean.PAST
        match self.field.type:
            case FieldType.PARTIAL_DATE:
                return PartialDateField(name, lambda: self.asking.now().date(), beside=True)
            case FieldType.DATETIME:
                return DateTimeField(name, self.asking.now, lean=lean, time_needed=True)
            case _:
                return DateField(name, lambda: self.asking.now().date(), lean=lean, beside=True)
