# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card to leave behind: in which language, with which number, then written.

Rules, each with a test:

* What leaves is logged first, as everything that is taken out.
* Why it says so little, or so much, is said before it is made; and that no native speaker has read
  a language's sentences yet.
* A next step of a visit is on it only when somebody says that it is when they meet.
"""

from pathlib import Path

from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.cards import (
    ENGLISH,
    card_languages,
    card_words,
    english,
    language_for,
    safe,
)
from desktop_app.casework.codes import codes
from desktop_app.casework.coming import Coming, coming
from desktop_app.casework.dates import say_moment
from desktop_app.casework.due import CaseFile
from desktop_app.casework.words import _
from desktop_app.reports.leave_card import OURS, Ring, leave_card
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.card import down, holding
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.tick_box import TickBox
from ui.pages.client_taking_out import SET, write_out
from ui.pages.export_panel import ExportPanel, Leaves
from ui.pages.whom_to_ring import WhomToRing, keep
from ui.session import Session


class CardPanel(ExportPanel):
    """Asks how the card is to be set, then writes it."""

    def __init__(
        self, session: Session, dialogs: Dialogs, file: CaseFile, also: Coming | None = None
    ) -> None:
        """Ask what is to be asked.

        Args:
            session: who makes it.
            dialogs: asks where to.
            file: whose it is.
            also: the next step of a visit that is being recorded.
        """
        self._may, self._also = safe(file.client), also
        to_come = coming(file.records, session.team, session.now())
        self._meeting = next((one for one in to_come if one.form in OURS), None)
        leaves = Leaves(
            "leave_card",
            _("Card to leave behind"),
            _on_it(self._meeting, session),
            "card",
            [("pdf", _("PDF")), ("html", _("Web page"))],
            (file.client.id,),
            warns=(self._may.why,),
            preset={"recipient": _("The client"), "reason": _("Their next appointment")},
            check=lambda _answers: self.whom.problems(),
        )
        super().__init__(session, dialogs, leaves, file.client.id)
        self.whom = WhomToRing(session, workers_on(file.records, KEY_WORKER, session.today()))
        self.number = self.whom.number
        self.meets = TickBox(_next_step(also, session))
        self.meets.setVisible(also is not None)
        self._ask_language(file)
        self._set, self._kept = (english(), Ring()), ""

    def _ask_language(self, file: CaseFile) -> None:
        first, why_not = language_for(file.client)
        self.language = DropDown(_languages(), _("Language of the card"), value=first)
        self.language.chosen.connect(lambda _code: self._say_language())
        self.unread = Notice("", "warn")
        self.why_not = label(why_not, "small", tone="muted", wrap=True)
        self.why_not.setVisible(bool(why_not))
        asked = down(self.meets, self.whom, 6, label(_("Language of the card")), gap=4)
        for each in (self.language, self.why_not, self.unread):
            asked.addWidget(each)
        self.put_beneath(holding(asked))
        self._say_language()

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        words = card_words(self.language.value() or ENGLISH) or english()
        # Kept now: what writes it does so far from any widget.
        self._set, self._kept = (words, self.whom.ring()), self.whom.to_keep()
        if self._also is not None and self.meets.isChecked():
            self._meeting = self._also
        super().save()

    def write(self, store: Store, place: Path, ending: str, _made: str) -> None:
        """Write the card, and keep the number for the next one."""
        words, ring = self._set
        keep(store, self._kept)
        sheet = leave_card(words, self._meeting, ring, self._may, self._session.team)
        write_out(place, SET[ending](sheet))

    def _say_language(self) -> None:
        """Say whether anybody who speaks it from childhood has read its sentences."""
        words = card_words(self.language.value())
        unread = words is not None and not words.checked_by
        self.unread.setVisible(unread)
        if words is not None and unread:
            said = _("No native speaker has checked the %(language)s words yet. Read it with them.")
            self.unread.say(said % {"language": codes("language").label(words.language)})


def _next_step(also: Coming | None, session: Session) -> str:
    """Return the words that put a next step on the card."""
    if also is None:
        return ""
    when = say_moment(also.at.isoformat(timespec="minutes"), session.today())
    return _("We &meet on %(when)s: your next step") % {"when": when}


def _on_it(meeting: Coming | None, session: Session) -> str:
    """Return what the card will say."""
    if meeting is None:
        return _("Nothing is booked or planned: the card says so, and whom to ring.")
    when = say_moment(meeting.at.isoformat(timespec="minutes"), session.today())
    words = _("On it: %(when)s, and whom to ring. Never their name, nor what it is for.")
    return words % {"when": when}


def _languages() -> list[tuple[str, str]]:
    """Return the languages there is a card in, each with what it calls itself."""
    found = []
    for one in card_languages():
        words, name = card_words(one), codes("language").label(one)
        if words is not None:
            found.append((one, name if name == words.own_name else f"{name} ({words.own_name})"))
    return found
