# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The day of the next case forum: what is for the forum is due then, on every laptop."""

from desktop_app.casework.dates import Lean
from desktop_app.casework.limits import limits
from desktop_app.casework.records import Record
from desktop_app.casework.words import _, ngettext
from ui.consulting import nothing, rule
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.date_field import DateField
from ui.kit.labels import label
from ui.kit.notice import announce
from ui.pages.team_rule import keep_in_rule
from ui.session import Session
from ui.tokens import M, S

FIELD = "next_forum_on"


class ForumDayCard(Card):
    """A day, for whoever may decide it."""

    def __init__(self, session: Session) -> None:
        """Make the card and ask the vault how it stands."""
        super().__init__(_("The next case forum"), role="h3", gap=S)
        self._session = session
        every = ngettext("%(n)d day", "%(n)d days", limits().forum.every)
        words = _(
            "What missed appointments leave to the forum is due on this day. Without one it is due "
            "%(days)s after it came to the forum, or as many as are set above."
        )
        days = {"days": every % {"n": limits().forum.every}}
        self.add(label(words % days, "small", tone="muted", wrap=True))
        self.day = DateField(
            _("Day of the next case forum"),
            session.today,
            lean=Lean.FUTURE,
            placeholder=_("Such as fri"),
        )
        self.day.field.returnPressed.connect(self.save)
        self.add(across(self.day, None))
        self.wrong = label("", "small", tone="bad")
        self.wrong.hide()
        self.keep = button(_("Keep this da&y"), small=True)
        self.keep.clicked.connect(self.save)
        self.add(across(self.keep, self.wrong, None, gap=M))
        session.ask(rule, self._show, shows=nothing, owner=self, name="day")

    def save(self) -> None:
        """Save the day, or that none is set; not one that cannot be read or has passed."""
        session, day = self._session, self.day.value()[:10]
        wrong = self.day.problem()
        if not wrong and day and day < session.today().isoformat():
            wrong = _("Choose a day to come, or leave it empty.")
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        if wrong:
            self.day.field.setFocus()
            announce(self, wrong)
            return
        keep_in_rule(session, self, {FIELD: day or None})

    def _show(self, decided: Record | None) -> None:
        self.day.set_value(decided.text(FIELD) if decided is not None else "")
