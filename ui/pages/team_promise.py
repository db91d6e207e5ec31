# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the team promises: days from one step into treatment to the next, and between reviews.

Also how many missed appointments add up, so that somebody is told, and how long somebody may go
without being seen, by where they are.

Where the coordinator leaves a line empty, Tandem's own number holds, and is said beside it.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from desktop_app.casework.forms import form
from desktop_app.casework.limits import GAP, MOST_DAYS, PROMISED, limits
from desktop_app.casework.records import Answers, Json, Record
from desktop_app.casework.words import _
from ui import theme
from ui.consulting import RULE, nothing, rule
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.labels import label
from ui.kit.notice import announce
from ui.pages.team_rule import keep_in_rule
from ui.session import Session
from ui.tokens import M, S

REVIEW = "review_every"
WIDE, LONGEST, APART = 72, 4, 48


class NumbersCard(Card):
    """Numbers of the team's own, for whoever may decide them.

    Args:
        session: whose team it is.
        title: what they are.
        words: what they count for.
        shipped: Tandem's own numbers, by field of the rule.
        keep: words of the button.
    """

    def __init__(
        self, session: Session, title: str, words: str, shipped: Mapping[str, int], keep: str
    ) -> None:
        super().__init__(title, role="h3", gap=S)
        self._session = session
        self.add(label(words, "small", tone="muted", wrap=True))
        rows = QGridLayout()
        rows.setColumnStretch(5, 1)
        rows.setColumnMinimumWidth(2, theme.px(APART))
        half = -(-len(shipped) // 2)
        self.fields: dict[str, QLineEdit] = {}
        for at, (name, days) in enumerate(shipped.items()):
            line = self.fields[name] = QLineEdit()
            line.setMaxLength(LONGEST)
            line.setFixedWidth(theme.px(WIDE))
            line.setPlaceholderText(str(days))
            said = _(form(RULE).fields[name].label)
            line.setAccessibleName(said)
            down, across_ = at % half, at // half * 3
            rows.addWidget(label(said), down, across_, Qt.AlignmentFlag.AlignVCenter)
            rows.addWidget(line, down, across_ + 1)
        self.add(rows)
        self.wrong = label("", "small", tone="bad")
        self.wrong.hide()
        self.keep = button(keep, small=True)
        self.keep.clicked.connect(self.save)
        self.add(across(self.keep, self.wrong, None, gap=M))
        session.ask(rule, self._show, shows=nothing, owner=self, name="numbers")

    def save(self) -> None:
        """Save, unless something is no number of days."""
        given: Answers = {}
        for name, line in self.fields.items():
            text = line.text().strip()
            _mark(line, wrong=False)
            least = 0 if name.startswith("promise_") else 1
            if text and not (text.isdecimal() and least <= int(text) <= MOST_DAYS):
                words = _("Give a number from %(least)d to %(most)s, or leave it empty.")
                self.wrong.setText(words % {"least": least, "most": f"{MOST_DAYS:,}"})
                self.wrong.show()
                _mark(line, wrong=True)
                line.setFocus()
                announce(self, self.wrong.text())
                return
            given[name] = int(text) if text else None
        self.wrong.hide()
        keep_in_rule(self._session, self, given)

    def _show(self, decided: Record | None) -> None:
        for name, line in self.fields.items():
            value: Json = decided.answers.get(name) if decided is not None else None
            line.setText(str(value) if isinstance(value, int) else "")


def _mark(line: QLineEdit, *, wrong: bool) -> None:
    """Draw a red edge around what has to be put right, or none."""
    line.setProperty("wrong", "true" if wrong else "false")
    line.style().unpolish(line)
    line.style().polish(line)


class PromiseCard(NumbersCard):
    """The days the team promises, and how many missed appointments add up."""

    def __init__(self, session: Session) -> None:
        """Make the card and ask the vault how it stands."""
        shipped = limits()
        promise = {f"promise_{step}": shipped.fast_track.days(step) or 0 for step in PROMISED}
        missed = {
            "missed_in_a_row": shipped.missed.in_a_row,
            "missed_in_window": shipped.missed.in_window,
            "missed_days": shipped.days.missed_window,
        }
        words = _(
            "The fast track is measured against these, and missed appointments add up by them. "
            "Leave a line empty for Tandem's own number."
        )
        super().__init__(
            session,
            _("What the team promises"),
            words,
            {
                **promise,
                REVIEW: shipped.plan.review_every,
                **missed,
                "forum_every": shipped.forum.every,
            },
            _("Keep t&hese numbers"),
        )


class GapsCard(NumbersCard):
    """How long somebody may go without being seen, by where they are."""

    def __init__(self, session: Session) -> None:
        """Make the card and ask the vault how it stands."""
        words = _(
            "Days after which a visit is due, by where somebody is: Today and the board of those "
            "not seen go by them. Leave a line empty for Tandem's own number."
        )
        super().__init__(
            session,
            _("How long between two visits"),
            words,
            {f"{GAP}{one}": days for one, days in limits().seen_within.items()},
            _("K&eep these days"),
        )
