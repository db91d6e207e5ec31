# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the team promises: days from one step into treatment to the next, and between reviews.

Also how many missed appointments add up, so that somebody is told.

Where the coordinator leaves a line empty, Tandem's own number holds, and is said beside it.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from desktop_app.casework.forms import form
from desktop_app.casework.limits import MOST_DAYS, PROMISED, limits
from desktop_app.casework.records import NO_CLIENT, Answers, Json, Record
from desktop_app.casework.words import _
from ui import theme
from ui.consulting import RULE, nothing, rule
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.labels import label
from ui.kit.notice import announce
from ui.session import Session
from ui.tokens import S

REVIEW = "review_every"
WIDE, LONGEST = 72, 4


class PromiseCard(Card):
    """The team's own days, for whoever may decide them."""

    def __init__(self, session: Session) -> None:
        """Make the card and ask the vault how it stands."""
        super().__init__(_("What the team promises"), role="h3", gap=S)
        self._session = session
        words = _(
            "The fast track is measured against these, and missed appointments add up by them. "
            "Leave a line empty for Tandem's own number."
        )
        self.add(label(words, "small", tone="muted", wrap=True))
        rows = QGridLayout()
        rows.setColumnStretch(2, 1)
        self.fields: dict[str, QLineEdit] = {}
        shipped = limits()
        own = {f"promise_{step}": shipped.fast_track.days(step) for step in PROMISED}
        missed = {
            "missed_in_a_row": shipped.missed.in_a_row,
            "missed_in_window": shipped.missed.in_window,
            "missed_days": shipped.days.missed_window,
        }
        for name, days in {**own, REVIEW: shipped.plan.review_every, **missed}.items():
            line = self.fields[name] = QLineEdit()
            line.setMaxLength(LONGEST)
            line.setFixedWidth(theme.px(WIDE))
            line.setPlaceholderText(str(days))
            words = _(form(RULE).fields[name].label)
            line.setAccessibleName(words)
            at = rows.rowCount()
            rows.addWidget(label(words), at, 0, Qt.AlignmentFlag.AlignVCenter)
            rows.addWidget(line, at, 1)
        self.add(rows)
        self.wrong = label("", "small", tone="bad")
        self.wrong.hide()
        self.add(self.wrong)
        self.keep = button(_("Keep t&hese numbers"), small=True)
        self.keep.clicked.connect(self.save)
        self.add(across(self.keep, None))
        session.ask(rule, self._show, shows=nothing, owner=self, name="promise")

    def save(self) -> None:
        """Save, unless something is no number of days."""
        given: Answers = {}
        for name, line in self.fields.items():
            text = line.text().strip()
            least = 0 if name.startswith("promise_") else 1
            if text and not (text.isdecimal() and least <= int(text) <= MOST_DAYS):
                words = _("Give a number from %(least)d to %(most)d, or leave it empty.")
                self.wrong.setText(words % {"least": least, "most": MOST_DAYS})
                self.wrong.show()
                line.setFocus()
                announce(self, self.wrong.text())
                return
            given[name] = int(text) if text else None
        self.wrong.hide()
        # Asked anew: somebody may have begun the rule since this was shown.
        self._session.ask(
            rule, lambda held: self._save(held, given), shows=nothing, owner=self, name="save"
        )

    def _save(self, held: Record | None, given: Answers) -> None:
        session = self._session
        given["decided_on"] = session.today().isoformat()
        edit = session.edit(RULE, given, client=NO_CLIENT, record=held.id if held else None)

        def saved(_saved: object) -> None:
            announce(self, _("Kept."))
            session.refresh_team()

        session.save([edit], saved)

    def _show(self, decided: Record | None) -> None:
        for name, line in self.fields.items():
            value: Json = decided.answers.get(name) if decided is not None else None
            line.setText(str(value) if isinstance(value, int) else "")
