# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was set aside: which file, why, what is safe, what to do, and a button that tries again.

Rules, each with a test:

* Nothing is dropped here and nothing is opened: a file is told as far as `sync.set_aside` can.
* Trying again is the look everybody knows: it says what can come in now; taking in stays a button.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.people import Role
from desktop_app.casework.words import _, ngettext
from storage.store import Store
from sync.outcome import Aside, Previewed
from sync.reasons import Reason
from sync.set_aside import told
from ui.clock import local
from ui.consulting import nothing
from ui.kit.buttons import HANG, Button, button
from ui.kit.card import Card, across, down, holding, stopping
from ui.kit.chip import Chip
from ui.kit.labels import Disc, Rule, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.places import Place
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import XS, M, S

ASIDE = "aside"
"""The `form` of a place on Import: what is set aside."""
MOST = 40
"""How many are told one by one: a page of more would not be read."""
_SETTLED_HERE = (Reason.GAP, Reason.FORK)


def aside_here(store: Store) -> tuple[Aside, ...]:
    """Return what is set aside and worth telling, the latest first."""
    found = [one for one in told(store) if one.settled]
    return tuple(sorted(found, key=lambda one: (-one.since_ms, one.path)))


class AsideStrip(Notice):
    """Says that something is set aside; hidden while nothing is.

    Signals:
        wanted: somebody wants to see it.
    """

    wanted = Signal()

    def __init__(self, session: Session) -> None:
        act = button(
            _("What &you can do…"), small=True, name=_("What you can do about what is set aside")
        )
        super().__init__("", "neutral", icon="archive", buttons=[act])
        act.clicked.connect(self.wanted)
        self._session = session
        self.found: tuple[Aside, ...] = ()
        self.hide()

    def ask(self) -> None:
        """Ask the casebook anew."""
        self._session.ask(aside_here, self._show, shows=nothing, owner=self, name="aside")

    def _show(self, found: tuple[Aside, ...]) -> None:
        self.found = found
        count = sum(one.reason is not Reason.GAP for one in found)  # what waits is named with that
        self.setVisible(bool(count))
        words = ngettext(
            "%(n)d file is set aside: nothing of it is in your casebook. It is tried again "
            "whenever you share.",
            "%(n)d files are set aside: nothing of them is in your casebook. They are tried again "
            "whenever you share.",
            count,
        )
        self.say(words % {"n": count})


class StaysOut(Notice):
    """Says which new files a look found that stay out, and why; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__("", "warn", icon="archive")
        self.hide()

    def show_found(self, found: Iterable[Aside]) -> None:
        """Say which of them are new; those that were set aside before are named by the strip."""
        counts = Counter(one.reason for one in found if not one.tries)
        self.say(" ".join(reason.stays_out(count) for reason, count in sorted(counts.items())))
        if counts.keys() <= {Reason.INCOMPLETE}:  # as a file half copied is: it comes by itself
            self.set_tone("neutral", icon="hourglass")
        else:
            self.set_tone("warn", icon="archive")
        self.setVisible(bool(counts))


class AsidePanel(QWidget):
    """Everything that is set aside, one by one.

    Signals:
        again: try again.
        settle: a question only the coordinator can settle is behind one of them.
        go: a `Place` to be taken to.
        closed: it was left.
    """

    again = Signal()
    settle = Signal()
    go = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, *, settles: bool) -> None:
        """Get ready.

        Args:
            session: whose casebook.
            settles: whether something waits that this person alone can settle.
        """
        super().__init__()
        self._session, self._settles = session, settles
        self._coordinates = Role.COORDINATOR in session.roles
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)

    def start(self) -> None:
        """Ask what is set aside, and show it."""
        self._session.ask(aside_here, self._show, shows=nothing, owner=self, name="aside")

    def _show(self, found: Sequence[Aside]) -> None:
        waits = [one for one in found if one.waits]
        found = [one for one in found if not one.waits]
        count = Chip(str(len(found)), "neutral")
        card = Card(_("Set aside"), corner=count, role="h3", gap=S)
        kept = _("Nothing of it was dropped. One bad file never stops the others.")
        card.add(label(kept, tone="muted", wrap=True))
        rows = down(gap=S)
        for one in found[:MOST]:
            rows.addWidget(Rule())
            rows.addWidget(self._row(one, self._session.today()))
        if len(found) > MOST:
            more = ngettext("and %(n)d more", "and %(n)d more", len(found) - MOST)
            rows.addWidget(label(more % {"n": len(found) - MOST}, "small", tone="muted"))
        if waits:
            rows.addWidget(SectionRule(_("Only waits for an earlier one"), end=str(len(waits))))
        for one in waits[:MOST]:
            rows.addWidget(self._row(one, self._session.today()))
        rows.addStretch(1)
        card.add(stopping(holding(rows), _("Set aside")), 1)
        leave = button(_("&Back"), "quiet", icon="arrow-left")
        leave.clicked.connect(self.closed)
        again = button(_("Try a&gain"), "primary", icon="refresh-cw")
        again.clicked.connect(self.again)
        card.add(across(leave, None, again, margins=(-HANG, S, 0, 0)))
        self._body.addWidget(card)
        card.show()  # or nothing in it could take the keyboard yet
        again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: Aside, today: date) -> QWidget:
        lines = down(
            label(one.which, weight=SEMI, wrap=True),
            label(one.reason.words, wrap=True),
            label(_facts(one, today), "small", tone="muted", wrap=True),
            label(f"{one.is_safe} {one.can_be_said}", "small", tone="muted", wrap=True),
            label(one.to_do(coordinates=self._coordinates), wrap=True),
            gap=2,
        )
        disc = Disc("archive", "neutral")
        row = across(disc, holding(lines), gap=M, margins=(0, XS, 0, XS))
        row.setStretch(1, 1)
        row.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
        act = self._act(one)
        if act is not None:
            row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        return holding(row)

    def _act(self, one: Aside) -> Button | None:
        """Return what leads to where it is decided; None where nothing is to be decided."""
        if one.reason is Reason.AFTER_CUTOFF:
            act = button(_("Open Team"), small=True, name=_("Team: decide about %(which)s"))
            act.clicked.connect(lambda: self.go.emit(Place("team")))
        elif one.reason in _SETTLED_HERE and self._settles:
            act = button(_("Settle…"), small=True, name=_("Settle what %(which)s waits for"))
            act.clicked.connect(self.settle)
        else:
            return None
        act.setAccessibleName(act.accessibleName() % {"which": one.which})
        return act


def tried_again(before: Collection[str], found: Sequence[Previewed]) -> str:
    """Return what came of trying again.

    Args:
        before: paths of what was set aside.
        found: what a look found since.
    """
    ready = sum(one.path in before and one.comes_in for one in found)
    left = len(before) - ready
    said = []
    if ready:
        words = ngettext(
            "Tried again: %(n)d of them can come in now.",
            "Tried again: %(n)d of them can come in now.",
            ready,
        )
        said.append(words % {"n": ready})
    if left:
        words = ngettext(
            "%(n)d still cannot. Nothing has been lost by it.",
            "%(n)d still cannot. Nothing has been lost by it.",
            left,
        )
        words = words if ready else _("Tried again: %(words)s") % {"words": words}
        said.append(words % {"n": left})
    return " ".join(said)


def _facts(one: Aside, today: date) -> str:
    """Return when, how large and how often, in one line."""
    since = _moment(one.since_ms, today)
    parts = [_("sealed %(when)s") % {"when": _moment(one.sealed_ms, today)}] if one.author else []
    parts += [_size(one.size)] if one.size else []
    parts.append(_("set aside %(when)s") % {"when": since})
    tried = ngettext("tried once", "tried %(n)d times", one.tries) % {"n": one.tries}
    parts.append(tried)
    return " · ".join(parts)


def _size(size: int) -> str:
    return _("%(n)d KB") % {"n": max(1, round(size / 1024))}


def _moment(at_ms: int, today: date) -> str:
    return say_moment(local(at_ms).isoformat(timespec="minutes"), today)
