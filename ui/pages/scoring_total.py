# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The total of a score as it grows, against the threshold, and whether it is set aside."""

from PySide6.QtCore import Signal

from desktop_app.casework.answers import is_empty
from desktop_app.casework.choosing import Capacity
from desktop_app.casework.codes import codes
from desktop_app.casework.records import Answers
from desktop_app.casework.scoring import total_words
from desktop_app.casework.words import _
from ui.editors.pill_choice import PillChoice
from ui.kit.buttons import button, set_shortcut
from ui.kit.card import Card, across
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import Rule, label
from ui.kit.note_edit import NoteEdit
from ui.pages.client_side import Meter
from ui.theme import BOLD
from ui.tokens import S


class TotalCard(Card):
    """The card.

    Signals:
        changed: whether it is set aside, or why, was altered.
        saved: the person wants to save.
    """

    changed = Signal()
    saved = Signal()

    def __init__(self) -> None:
        super().__init__(_("Total"), gap=S)
        self.figure = label("0", "h1", weight=BOLD)
        self.stands = Chip("", "neutral")
        self.words = label("", wrap=True)
        self.meter = Meter()
        self.room = label("", "small", tone="muted", wrap=True)
        aside = [(one.code, _(one.label)) for one in codes("score_override").code]
        self.override = PillChoice(aside, _("Set the score aside?"))
        self.override.chosen.connect(lambda _code: self._aside())
        self.reason = NoteEdit(_("Why it is set aside"), lines=3)
        self.reason.setPlaceholderText(_("Why it is set aside"))
        self.reason.typed.connect(lambda _text: self.changed.emit())
        self.reason.hide()
        self.save = button(_("Save score"), "primary", icon="check")
        set_shortcut(self.save, "Ctrl+Return")
        self.save.clicked.connect(self.saved)
        self.add(across(self.figure, self.stands, None, gap=S))
        self.add(self.words)
        self.add(self.meter)
        people = _("A score proposes. The partners decide, and may decide otherwise.")
        self.add(label(people, "small", tone="muted", wrap=True))
        self.add(self.room)
        self.add(Rule())
        self.add(label(_("Set the score aside?"), "small", tone="muted"))
        self.add(self.override)
        self.add(self.reason)
        self.add(across(None, self.save))

    def show_total(self, reached: int, threshold: int, *, answered: int, asked: int) -> None:
        """Show how far it has come."""
        self.figure.setText(str(reached))
        proposed = reached >= threshold
        words = _("Proposed") if proposed else _("Not proposed")
        words = words if answered == asked else _("So far")
        self.stands.set_chip(
            ChipText(words, "info" if proposed and answered == asked else "neutral")
        )
        self.words.setText(total_words(reached, threshold))
        self.meter.set_count(answered, asked)

    def show_room(self, capacity: Capacity) -> None:
        """Show how much room the programme has."""
        self.room.setText(capacity.words)

    def answers(self) -> Answers:
        """Return whether it is set aside and why, as far as it was answered."""
        found: Answers = {
            "override": self.override.value(),
            "override_reason": self.reason.text().strip(),
        }
        if not found["override"]:
            return {}
        return {name: value for name, value in found.items() if not is_empty(value)}

    def give(self, answers: Answers) -> None:
        """Put answers in; nobody is told."""
        self.override.set_value(str(answers.get("override") or ""))
        self.reason.set_text(str(answers.get("override_reason") or ""))
        self.reason.setVisible(bool(self.override.value()))

    def _aside(self) -> None:
        self.reason.setVisible(bool(self.override.value()))
        self.changed.emit()
