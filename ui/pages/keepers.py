# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keepers: the three people whose papers decide who coordinates, and what they are asked to decide.

Rules, each with a test:

* It says how things stand in sentences: who keeps a paper, or that all hangs on one laptop.
* What is to be signed is read from the list itself; what has no sentence cannot be signed here.
* An act that waits says what it decides, who has signed, and how to go on elsewhere; one the list
  of people has overtaken says so, until it is put away.
* No word of a paper stays in a field once it was used.
"""

from pathlib import Path

from PySide6.QtCore import Signal

from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from sync.act_words import listed
from sync.rivals import Rivals
from ui import home as homes
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.card import Card
from ui.pages import keepers_ways
from ui.pages.keepers_facts import KeepersFacts, Waits, keepers_facts, still_missing
from ui.pages.stepping import SteppedPage, line
from ui.places import Place
from ui.session import Session
from ui.tokens import S


class KeepersPage(SteppedPage):
    """The keepers.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "keepers"

    def __init__(
        self, session: Session, dialogs: Dialogs, home: Path, *, exchanging: Exchanging
    ) -> None:
        """Build the page.

        Args:
            session: who is signed in.
            dialogs: asks where a page or a file goes.
            home: where this laptop's vaults lie: of a made-up team, its papers too.
            exchanging: what takes lists of people in meanwhile.
        """
        super().__init__(session, _("Keepers"))
        self.dialogs, self.facts, self._wanted = dialogs, KeepersFacts(), ""
        self.practice = homes.made_up_keepers(home) if session.team.made_up else []
        session.team_changed.connect(self.ask)
        exchanging.done.connect(lambda _outcome: self.ask())
        self.ask()

    def show_place(self, place: Place) -> None:
        """Show how things stand now, or go straight to what was asked for."""
        self.notice.hide()
        self._wanted = place.form or ""
        super().show_place(place)

    def ask(self) -> None:
        """Ask the vault how things stand."""
        self.session.ask(keepers_facts, self._show, shows=nothing, owner=self, name="keepers")

    def begin(self, code: str) -> None:
        """Begin one of the acts."""
        keepers_ways.BEGIN[code](self)

    def _show(self, facts: KeepersFacts) -> None:
        self.facts = facts
        self.clear_cards()
        cards = [self._waiting(facts.waits)] if facts.waits else []
        cards += [self._overtaken()] if facts.overtaken else []
        cards += [self._two_lists(facts.rivals)] if facts.rivals else []
        for card in (*cards, self._standing(facts), self._decisions(facts)):
            self.column.addWidget(card)
        self.focus_again()
        wanted, self._wanted = self._wanted, ""
        if wanted in keepers_ways.BEGIN and self.step is None:
            self.begin(wanted)

    def _standing(self, facts: KeepersFacts) -> Card:
        card = Card(_("Who decides about the team"), role="h3", gap=S)
        card.let_stop()
        if facts.keepers:
            words = _("Each of them keeps a paper: %(who)s. Any two of them decide together.")
            card.add(line("shield-check", words % {"who": listed(facts.keepers)}, "ok"))
            card.add(line("lock", _("A paper opens nothing: nobody reads a record with it.")))
        elif facts.alone:
            card.add(
                line(
                    "circle-alert",
                    _(
                        "All of it hangs on this one laptop. Were it lost, nobody could be let in "
                        "or taken out any more, and no key could be renewed."
                    ),
                    "warn",
                )
            )
            words = _(
                "Three people each keep a paper; any two of them can then name another "
                "coordinator. It takes ten minutes and a printer."
            )
            card.add(line("file-text", words))
            first = "" if facts.waits or facts.rivals else "papers"
            papers = [("papers", _("&Make the three papers"), "file-text")]
            card.add(self.acts(papers, first=first))
        else:
            card.add(
                line(
                    "circle-alert",
                    _(
                        "Only the laptop the team was founded on decides so far. Ask the "
                        "coordinator to make the keepers' papers."
                    ),
                    "warn",
                )
            )
        return card

    def _decisions(self, facts: KeepersFacts) -> Card:
        card = Card(_("What the keepers decide"), role="h3", gap=S)
        words = _(
            "Who coordinates the team, who leads police and health records where nobody does, new "
            "recovery words, and the papers that come after theirs."
        )
        card.add(line("users", words))
        some = []
        if (facts.keepers or facts.alone) and not facts.waits:
            some.append(("coordinator", _("&Name another coordinator"), "user-check"))
        if facts.keepers and not facts.waits and Role.COORDINATOR in self.session.roles:
            some.append(("papers", _("&Replace the papers"), "refresh-cw"))
        if facts.keepers:
            some.append(("take_up", _("Go on with a &file from another laptop"), "folder-open"))
        if some:
            card.add(self.acts(some))
        return card

    def _overtaken(self) -> Card:
        card = Card(_("Waited for a keeper"), role="h3", gap=S)
        words = _(
            "The list of people has changed since it was prepared, so it counts for nothing now. "
            "Prepare it again if it is still wanted."
        )
        card.add(line("circle-alert", words, "warn"))
        card.add(self.acts([("give_up", _("&Put it away"), "x")]))
        return card

    def _waiting(self, waits: Waits) -> Card:
        card = Card(_("Waits for a keeper"), role="h3", gap=S)
        for words in waits.decides:
            card.add(line("gavel", words, "info"))
        if waits.signed:
            words = _("Signed so far: %(who)s.") % {"who": listed(waits.signed)}
            card.add(line("circle-check", words, "ok"))
        card.add(line("hourglass", still_missing(waits.missing), "warn"))
        card.add(
            self.acts(
                [
                    ("sign", _("&Sign with a paper"), "pencil"),
                    ("carry", _("Go on at another &laptop"), "usb"),
                    ("give_up", _("Give it &up"), "x"),
                ],
                first="sign",
            )
        )
        return card

    def _two_lists(self, found: Rivals) -> Card:
        card = Card(_("Two lists of people"), role="h3", gap=S)
        words = _(
            "The coordinator's laptop signed two different lists under one number. It may have "
            "been copied or stolen. Until two keepers decide, whoever either list lets in does not "
            "count yet, and whoever either list takes out is out."
        )
        card.add(line("triangle-alert", words, "bad"))
        for words in keepers_ways.differences(found):
            card.add(line("file-text", words))
        if self.facts.waits is None:
            card.add(self.acts([("settle", _("&Decide which counts"), "gavel")], first="settle"))
        return card
