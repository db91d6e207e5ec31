# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was withdrawn while somebody wrote on it, on Import: it comes back, or it is let be.

Rules, each with a test:

* It says who withdrew it, and who went on; a client is named by their reference alone, and that is
  written down.
* What comes back is a change of whoever brings it back; nothing is decided by itself.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.forms import forms
from desktop_app.casework.records import NO_CLIENT
from desktop_app.casework.reference import reference
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from storage.store import Saved, Store
from sync.crossed import Crossed, crossed, let_be
from sync.outcome import items_in_words
from ui.consulting import nothing
from ui.kit.buttons import button
from ui.kit.card import across, down, holding
from ui.kit.labels import Disc, Line, Part, Rule, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import XS, M, S


class CrossedStrip(Notice):
    """Says that something was withdrawn while somebody wrote on it; hidden while nothing was.

    Signals:
        wanted: somebody wants to decide.
    """

    wanted = Signal()

    def __init__(self, session: Session) -> None:
        act = button(_("&Decide…"), small=True, name=_("Decide about what was withdrawn"))
        super().__init__("", "warn", icon="undo-2", buttons=[act])
        self._session = session
        act.clicked.connect(self.wanted)
        self.hide()

    def ask(self) -> None:
        """Ask the casebook anew."""
        self._session.ask(crossed, self._show, shows=nothing, owner=self, name="crossed")

    def _show(self, found: Sequence[Crossed]) -> None:
        self.setVisible(bool(found))
        self.say(
            ngettext(
                "%(n)d record was withdrawn while somebody wrote on it.",
                "%(n)d records were withdrawn while somebody wrote on them.",
                len(found),
            )
            % {"n": len(found)}
        )


class CrossedList(QWidget):
    """What was withdrawn while somebody wrote on it, one by one."""

    def __init__(
        self, session: Session, found: Sequence[Crossed], done: Callable[[str], None]
    ) -> None:
        """List them.

        Args:
            session: whose casebook.
            found: what was withdrawn.
            done: hears what to say, once one was decided.
        """
        super().__init__()
        self._session, self._done = session, done
        rows = down(gap=S)
        rows.addWidget(SectionRule(_("Withdrawn while somebody wrote on it")))
        for at, one in enumerate(found):
            if at:
                rows.addWidget(Rule())
            rows.addWidget(self._row(one))
        self.setLayout(rows)

    def bring_back(self, one: Crossed) -> None:
        """Let it stand again, with what was withdrawn with it."""
        session = self._session
        now_ms = session.clock.now_ms()

        def save(store: Store) -> Saved:
            return store.save([*one.edits, *session.alterations(store, one.edits)], now_ms=now_ms)

        def saved(result: Saved) -> None:
            session.changed.emit(result.touched)
            words = _("%(what)s was brought back. The others learn it when you share.")
            self._done(words % {"what": _named(one)})

        session.work(save, saved, owner=self)

    def leave(self, one: Crossed) -> None:
        """Leave it withdrawn, and ask no more."""
        words = _("%(what)s stays withdrawn. It can still be read.") % {"what": _named(one)}
        self._session.work(
            lambda store: let_be(store, one.record.id),
            lambda _none: self._done(words),
            owner=self,
        )

    def _row(self, one: Crossed) -> QWidget:
        what = _named(one)
        words = down(
            Line([Part(what, weight=SEMI), Part(f"  {_by(one)}", "muted")]),
            label(_since(one), "small", tone="muted", wrap=True),
            gap=1,
        )
        back = button(
            _("Bring back"),
            small=True,
            icon="undo-2",
            name=_("Bring %(what)s back") % {"what": what},
        )
        back.clicked.connect(lambda: self.bring_back(one))
        stay = button(
            _("Leave it"), "quiet", small=True, name=_("Leave %(what)s withdrawn") % {"what": what}
        )
        stay.clicked.connect(lambda: self.leave(one))
        row = across(
            Disc("undo-2", "warn"), holding(words), stay, back, gap=M, margins=(0, XS, 0, XS)
        )
        row.setStretch(1, 1)
        return holding(row)


def shown_of(found: Sequence[Crossed]) -> Sight | None:
    """Return whose references are shown, for the audit."""
    clients = {one.record.client for one in found} - {NO_CLIENT}
    return sight("sharing", clients=sorted(clients)) if clients else None


def _named(one: Crossed) -> str:
    known = forms().get(one.record.form)
    kind = _(known.title) if known else _("Of a newer kind of form")
    return f"{kind}, {reference(one.record.client)}" if one.record.client else kind


def _by(one: Crossed) -> str:
    return _("withdrawn by %(who)s") % {"who": one.by}


def _since(one: Crossed) -> str:
    who = listed(list(one.people))
    if one.since:
        said = _("Written about them all the same, by %(who)s: %(what)s")
        return said % {"who": who, "what": items_in_words(one.since)}
    return _("%(who)s altered it without having heard of that.") % {"who": who}
