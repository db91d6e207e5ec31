# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""On the client page: which files are read as one, since when and why, and who else it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.same_person import FORM, Finding
from desktop_app.casework.words import _, ngettext
from storage import everybody, reads
from storage.reads import Hit
from storage.store import Store
from ui.kit.buttons import button
from ui.kit.card import Card, clear, down, holding
from ui.kit.labels import label
from ui.pages import joining_words
from ui.pages.client_side import LinesCard
from ui.pages.joining_panel import PartingPanel
from ui.pages.side_line import SideItem
from ui.search import found
from ui.session import Session
from ui.theme import SEMI

MOST = 2
"""How many people somebody may be are named."""
REST_MS = 500
"""How long a page must stand before it is asked who else somebody may be."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A file that is read with the one shown: what says so, and the file's own record."""

    finding: Finding
    other: Record | None


def joined(store: Store, files: Sequence[RecordId]) -> tuple[Joined, ...]:
    """Return what makes some files one, the file that is shown first among them."""
    if len(files) < 2:
        return ()
    shown = files[0]
    held = []
    for one in reads.found_same(store, shown):
        other = one.other if one.other is not None and one.other != shown else one.record.client
        held.append(Joined(one, store.record(other)))
    return tuple(held)


class JoinedCard(Card):
    """The files that are read as one, each with the way to part it again.

    Signals:
        parted: the `Joined` a person wants parted.
    """

    parted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(_("Read as one file"), gap=6)
        self._session = session
        self._held = down(gap=8)
        self.add(self._held)
        self.shown: tuple[Joined, ...] = ()
        self.hide()

    def set_joined(self, held: tuple[Joined, ...]) -> None:
        """Show other files; without any there is no card."""
        self.setVisible(bool(held))
        if held == self.shown:
            return
        self.shown = held
        clear(self._held)
        for one in held:
            self._held.addWidget(self._line(one))

    def _line(self, one: Joined) -> QWidget:
        session = self._session
        name, words = joining_words.joined_words(
            one.finding, one.other, session.team, session.today()
        )
        line = down(
            label(name, weight=SEMI, wrap=True),
            label(words, "small", tone="muted", wrap=True),
            gap=1,
        )
        if session.may_write(FORM):
            part = button(_("Part them again"), "link", small=True)
            part.setAccessibleName(_("Part %(name)s again") % {"name": name})
            part.clicked.connect(lambda: self.parted.emit(one))
            line.addWidget(part)
        return holding(line)


def parting_panel(session: Session, one: Joined) -> PartingPanel:
    """Return the panel that parts a file again."""
    name, _words = joining_words.joined_words(one.finding, one.other, session.team, session.today())
    ref = reference(one.other.id) if one.other is not None else ""
    return PartingPanel(session, one.finding.record, who=f"{name} {ref}".strip())


@dataclass(frozen=True, slots=True)
class Others:
    """Who else somebody may be, and of whom it was found that they are somebody else."""

    perhaps: tuple[Hit, ...]
    apart: tuple[Joined, ...]


def others(store: Store, client: RecordId) -> Others:
    """Return who else a client may be, or was found not to be."""
    files = {*store.whole(client)}
    apart = []
    for one in everybody.apart_from(store, client):
        (other,) = one.pair - files
        apart.append(Joined(one, store.record(other)))
    hits = everybody.perhaps(store, client, limit=MOST)
    return Others(tuple(hits), tuple(one for one in apart if one.other is not None)[:MOST])


class PerhapsCard(LinesCard):
    """Who else somebody may be: a line for each, nothing when there is nobody.

    A card of its own says whom somebody found them not to be: also that can be a mistake, and
    leads back to both files.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(_("Perhaps the same person"), "")
        self._session = session
        self._for: RecordId = b""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        session.closing.connect(self._rest.stop)  # a locked casebook is asked nothing
        self.apart = LinesCard(_("Found to be two people"), "")
        self.apart.opened.connect(self.opened)
        self.hide()
        self.apart.hide()

    def look(self, client: RecordId) -> None:
        """Ask who else somebody may be, once the eye rests on the page, of who can say so.

        Not at once: whoever goes on to the next client would wait for the answer about the last.
        """
        self.hide()  # what was true before may not be true now
        self.apart.hide()
        self._for = client
        if self._session.may_write(FORM):
            self._rest.start()

    def _ask(self) -> None:
        client = self._for
        self._session.ask(
            lambda store: others(store, client),
            lambda found: self._show(found) if self._for == client else None,
            shows=_shown_of,
            owner=self,
            name="perhaps",
        )

    def _show(self, whom: Others) -> None:
        session, items = self._session, []
        for hit in whom.perhaps:
            one = found(hit, session)
            why = f"{one.why[:1].upper()}{one.why[1:]}"
            items.append(SideItem(one.client, "copy", "warn", one.name, why))
        self.set_items(items)
        self.setVisible(bool(items))
        more = ngettext("Compare the two files", "Compare them one by one", len(items))
        _say_beneath(self, more)
        apart = []
        for told in whom.apart:
            if told.other is not None:
                team, on = session.team, session.today()
                name, words = joining_words.joined_words(told.finding, told.other, team, on)
                apart.append(SideItem(told.other.id, "user-x", "neutral", name, words))
        self.apart.set_items(apart)
        self.apart.setVisible(bool(apart))
        _say_beneath(self.apart, _("Compare the two files again"))


def _say_beneath(card: LinesCard, words: str) -> None:
    """Say in the tooltip of each line what pressing it does."""
    for line in card.lines:
        line.setToolTip(f"{line.toolTip()}\n{words}")


def _shown_of(whom: Others) -> Sight | None:
    told = [one.other.id for one in whom.apart if one.other is not None]
    clients = [*(hit.client.id for hit in whom.perhaps), *told]
    return sight("alike", clients=clients) if clients else None
