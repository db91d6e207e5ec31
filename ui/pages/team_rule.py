# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the coordinator decides for the whole team: whether opening others' clients is asked about.

It is a record like any other: signed, shared with everybody, and the same on every laptop.
"""

from PySide6.QtWidgets import QWidget

from desktop_app.casework.records import NO_CLIENT, Answers, Record
from desktop_app.casework.words import _
from ui.consulting import RULE, asked_by, nothing, rule
from ui.kit.card import Card
from ui.kit.labels import label
from ui.kit.notice import announce
from ui.kit.tick_box import TickBox
from ui.session import Session
from ui.tokens import S


class RuleCard(Card):
    """A box to tick, for whoever may decide it."""

    def __init__(self, session: Session) -> None:
        """Make the card and ask the vault how it stands."""
        super().__init__(_("Looking at others' clients"), role="h3", gap=S)
        self._session = session
        self.ask_why = TickBox(_("Ask &why when somebody opens a client who is not theirs"))
        self.ask_why.clicked.connect(self._decide)
        words = _(
            "One press answers, nothing waits for it, and the answer stands in the audit. What is "
            "kept to the police is always asked about. A change counts on each laptop once it has "
            "shared."
        )
        self.add(self.ask_why)
        self.add(label(words, "small", tone="muted", wrap=True))
        session.ask(rule, self._show, shows=nothing, owner=self, name="rule")

    def _show(self, decided: Record | None) -> None:
        self.ask_why.setChecked(decided is None or asked_by(decided))

    def _decide(self, on: bool) -> None:  # noqa: FBT001  a Qt slot
        keep_in_rule(self._session, self, {"ask_why": "yes" if on else "no"})


def keep_in_rule(session: Session, card: QWidget, given: Answers) -> None:
    """Keep answers in the one record of what is decided for the team; the others stay as they are.

    Args:
        session: whose team it is.
        card: where they were given.
        given: the answers.
    """

    def saved(_saved: object) -> None:
        announce(card, _("Kept."))
        session.refresh_team()

    def save(held: Record | None) -> None:
        answers = {"decided_on": session.today().isoformat(), **given}
        edit = session.edit(RULE, answers, client=NO_CLIENT, record=held.id if held else None)
        session.save([edit], saved)

    # Asked anew: somebody may have begun the rule since the card was shown.
    session.ask(rule, save, shows=nothing, owner=card, name="save")
