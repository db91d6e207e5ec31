# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors: one small widget for each kind of answer, all with the same few parts."""

from typing import assert_never

from desktop_app.casework.forms import Field, FieldType
from ui.editors.asking import Asking
from ui.editors.choices import EachEditor, OneEditor, SeveralEditor
from ui.editors.days import DayEditor
from ui.editors.editor import Editor
from ui.editors.items import ItemsEditor
from ui.editors.links import LinkEditor
from ui.editors.note import NoteEditor
from ui.editors.number import NumberEditor
from ui.editors.people import PeopleEditor, PersonEditor
from ui.editors.text import LineEditor, TextsEditor


def editor_for(field: Field, asking: Asking) -> Editor:
    """Make the editor of a field."""
    match field.type:
        case FieldType.TEXT:
            made: type[Editor] = NoteEditor if field.appearance == "multiline" else LineEditor
        case FieldType.INTEGER | FieldType.DECIMAL:
            made = NumberEditor
        case FieldType.DATE | FieldType.DATETIME | FieldType.PARTIAL_DATE:
            made = DayEditor
        case FieldType.SELECT_ONE:
            made = OneEditor
        case FieldType.SELECT_MULTIPLE:
            made = SeveralEditor
        case FieldType.SELECT_EACH:
            made = EachEditor
        case FieldType.TEXTS:
            made = TextsEditor
        case FieldType.PERSON:
            made = PersonEditor
        case FieldType.PEOPLE:
            made = PeopleEditor
        case FieldType.RECORD:
            made = LinkEditor
        case FieldType.ITEMS:
            made = ItemsEditor
        case _:
            assert_never(field.type)
    return made(field, asking)
