# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which questions are asked about the last four weeks: the pack in use, and taking in another.

A pack is a file somebody chose. It is checked first, and what it holds is said, before anything is
changed: whose words, under which licence, how many questions, and whether any is about offending.
"""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from desktop_app.casework.outcome_pack_file import LONGEST_PACK, Pack, PackError, read_pack
from desktop_app.casework.outcome_packs import (
    FORM,
    Packs,
    answers_of,
    may_be_taken_in,
    of_offending,
)
from desktop_app.casework.records import NO_CLIENT, WITHDRAWN
from desktop_app.casework.words import _, ngettext
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.pages.plan_facts import packs_of
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import S


class PackCard(Card):
    """The pack in use, for whoever may take in another."""

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        """Make the card and ask the vault which packs there are."""
        super().__init__(_("Questions about the last four weeks"), role="h3", gap=S)
        self._session, self._dialogs = session, dialogs
        self.known: Packs | None = None
        self.notice = Notice("", "warn")
        self.notice.hide()
        self._says = QVBoxLayout()
        self._says.setSpacing(2)
        self.choose = button(_("Take in &another…"), small=True)
        self.choose.clicked.connect(self.ask_for_file)
        self.back = button(_("Take it &back"), "quiet", small=True)
        self.back.clicked.connect(self.take_back)
        self.back.hide()
        self.add(self._says)
        self.add(self.notice)
        self.add(across(self.choose, self.back, None))
        self._ask()

    def ask_for_file(self) -> None:
        """Ask for a file, check it, and say what it holds or what is wrong with it."""
        place = self._dialogs.open_file(_("A pack of questions"), kinds=_("Packs (*.toml)"))
        if place is None or self.known is None:
            return
        try:
            raw = _read(place)
            pack = read_pack(raw)
        except PackError as error:
            self._say(str(error), "bad")
            return
        why_not = may_be_taken_in(pack, self.known)
        if why_not:
            self._say(why_not, "warn")
            return
        self._offer(pack, raw)

    def take_back(self) -> None:
        """Take the pack in use back: the one before is in use again."""
        held = self.known.record if self.known else None
        if held is not None:
            session = self._session
            edit = session.edit(
                FORM, {WITHDRAWN: _("Taken back")}, client=NO_CLIENT, record=held.id
            )
            session.save([edit], lambda _saved: self._ask())

    def _offer(self, pack: Pack, raw: bytes) -> None:
        """Say what a pack holds, and ask once more."""
        use = button(_("&Use these questions"), "primary", icon="check")
        use.clicked.connect(lambda: self._take_in(pack, raw))
        self._put(Notice("\n".join(_about(pack)), "info", buttons=[use]))
        use.setFocus()

    def _take_in(self, pack: Pack, raw: bytes) -> None:
        session = self._session
        answers = answers_of(pack, raw, on=session.today().isoformat())
        edit = session.edit(FORM, answers, client=NO_CLIENT)

        def saved(_saved: object) -> None:
            words = _("These questions are asked from now on. The team learns it when you share.")
            self._say(words, "ok")
            self._ask()

        session.save([edit], saved)

    def _say(self, words: str, tone: str) -> None:
        self._put(Notice(words, tone))
        self.notice.announce()

    def _put(self, notice: Notice) -> None:
        """Put what is to be said in the place of what was said before."""
        self.body.replaceWidget(self.notice, notice)
        self.notice.hide()
        self.notice.deleteLater()
        self.notice = notice
        notice.show()

    def _ask(self) -> None:
        self._session.ask(packs_of, self._show, shows=nothing, owner=self, name="packs")

    def _show(self, known: Packs) -> None:
        self.known = known
        clear(self._says)
        first, *rest = _about(known.in_use)
        self._says.addWidget(label(first, weight=SEMI, wrap=True))
        self._says.addLayout(
            down(*(label(one, "small", tone="muted", wrap=True) for one in rest), gap=0)
        )
        self.back.setVisible(known.record is not None)


def _about(pack: Pack) -> list[str]:
    """Return what is to be known of a pack, a sentence each."""
    count = ngettext("%(n)d question", "%(n)d questions", len(pack.item)) % {"n": len(pack.item)}
    named = {"title": pack.title, "version": pack.version, "count": count}
    said = [
        _("%(title)s, version %(version)s: %(count)s.") % named,
        _("Whose words: %(source)s") % {"source": pack.source},
        _("Licence: %(licence)s") % {"licence": pack.licence},
    ]
    if offending := of_offending(pack):
        words = ngettext(
            "%(n)d question is about offending. It is kept with the form and counted nowhere.",
            "%(n)d questions are about offending. They are kept with the form and counted nowhere.",
            offending,
        )
        said.append(words % {"n": offending})
    return said


def _read(place: Path) -> bytes:
    """Return a chosen file; a little more of one that is too long, which is then said.

    Raises:
        PackError: it cannot be read.
    """
    try:
        with place.open("rb") as file:
            return file.read(LONGEST_PACK + 1)
    except OSError:
        raise PackError(_("This file cannot be read. Nothing was taken in.")) from None
