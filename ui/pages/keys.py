# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Passphrase and keys: what opens this vault, and how to change it.

Rules, each with a test:

* It says how things stand in sentences: whether the team's paper opens this vault, and when that
  was last tried here.
* No passphrase and no word of a recovery key stays in a field once it was used.
"""

from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.casework.calendar_words import say_date
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage import holders
from storage.holders import Standing
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.kit.card import Card
from ui.pages import keys_ways
from ui.pages.stepping import SteppedPage, line
from ui.session import Session
from ui.tokens import S


class KeysPage(SteppedPage):
    """What opens this vault.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "keys"

    def __init__(self, session: Session, dialogs: Dialogs, home: Path, *, laptop: str) -> None:
        """Build the page.

        Args:
            session: who is signed in.
            dialogs: asks where a page goes.
            home: where this laptop's vaults lie.
            laptop: what the laptop is called.
        """
        super().__init__(session, _("Passphrase and keys"))
        self.dialogs, self.home, self.laptop = dialogs, home, laptop
        self.ask()

    def ask(self) -> None:
        """Ask the vault how things stand."""
        self.session.ask(holders.standing, self._show, shows=nothing, owner=self, name="keys")

    def _show(self, standing: Standing) -> None:
        self.clear_cards()
        coordinates = Role.COORDINATOR in self.session.roles
        words = Card(_("Your passphrase"), role="h3", gap=S)
        words.add(line("lock", _("Five words open this casebook. Only you know them.")))
        words.add(self.acts([("change", _("&Change the passphrase"), "key-round")]))
        paper = Card(_("When a passphrase is lost"), role="h3", gap=S)
        for icon, tone, said in _said(standing):
            paper.add(line(icon, said, tone))
        acts = [("drill", _("&Try the team's words now"), "life-buoy")] if standing.sealed else []
        if coordinates:
            acts.append(
                ("replace", _("&Replace the team's key"), "refresh-cw")
                if standing.team
                else ("replace", _("&Make the team's recovery words"), "file-text")
            )
        own = (
            _("Re&place this laptop's own")
            if standing.own
            else _("Words of its own for this &laptop")
        )
        paper.add(self.acts([*acts, ("own", own, "laptop")]))
        seen = Card(_("When somebody may have seen the key"), role="h3", gap=S)
        seen.add(
            line(
                "shield-alert",
                _(
                    "Somebody has had this laptop while it was open, or a copy of its disk? Give "
                    "the casebook a new key: what they took opens nothing written from then on."
                ),
            )
        )
        seen.add(self.acts([("rekey", _("Give it a &new key"), "shield")]))
        for card in (words, paper, seen):
            self.column.addWidget(card)
        self.focus_again()

    def begin(self, code: str) -> None:
        """Begin one of the acts."""
        keys_ways.BEGIN[code](self)


def _said(standing: Standing) -> list[tuple[str, str, str]]:
    """Return how a vault stands with the recovery words: icon, tone and sentence."""
    said = []
    if not standing.team:
        said.append(("circle-alert", "warn", _("Your team has no recovery words yet.")))
    elif not standing.sealed:
        said.append(("hourglass", "muted", _("The team's words open it from the next sharing on.")))
    elif standing.drilled:
        said.append(
            (
                "circle-check",
                "ok",
                _("The team's words open this casebook. Tried on this laptop on %(day)s.")
                % {"day": say_date(standing.drilled)},
            )
        )
    else:
        said.append(
            (
                "circle-alert",
                "warn",
                _("The team's words open this casebook, but were not tried here yet."),
            )
        )
    if standing.own:
        said.append(("circle-check", "ok", _("This laptop has recovery words of its own as well.")))
    return said
