# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keep or erase: what is due for a decision, the rules that ask for it, and what was decided.

Rules, each with a test:

* Only what the person decides about stands here: the coordinator's, or a lead's of health or
  police. Nothing is erased without a decision.
* What was written about somebody erased comes first; then what has been due longest.
* A person who was asked to erase somebody comes here from the client's page, due or not.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.retention import KEEP, Due, Rule, rules
from desktop_app.casework.words import _, ngettext
from storage import reads, retention
from storage.store import Store
from sync import erasing
from sync.seat import seated
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.card import Card, across, clear, down, holding, reading
from ui.kit.chip import Chip, ChipText
from ui.kit.empty import Empty
from ui.kit.labels import Rule as Line
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.row_list import RowList, RowSection
from ui.pages.beside import Beside, claim_focus
from ui.pages.retention_panel import DecisionPanel
from ui.pages.retention_words import Item, decided_words, row, rule_lines
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

SHOWN, LATEST = 100, 20
SIDE, TIGHT = 330, 900


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page asks of the vault."""

    mine: tuple[str, ...] = ()
    queue: tuple[Item, ...] = ()
    asked: tuple[Item, ...] = ()
    decided: tuple[Record, ...] = ()


def _shown_of(facts: Facts) -> Sight | None:
    shown = [one.client for one in (*facts.asked, *facts.queue[:SHOWN]) if one.client]
    about = [*shown, *facts.decided]
    return sight("retention", about) if about else None


class RetentionPage(QWidget):
    """Keep or erase.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "retention"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
        self._client: RecordId | None = None
        self._items: dict[str, Item] = {}
        self._opening = True
        self.count = Chip("", "neutral")
        self.rows = RowList(_("To be decided"))
        self.rows.answered.connect(self.decide)
        self.rows.opened.connect(self._open)
        self.notice = Notice("", "ok")
        self.notice.hide()
        self._main = QVBoxLayout()
        self._side = QVBoxLayout()
        self._lay_out()
        session.changed.connect(lambda _touched: self.refresh())
        self.refresh()

    def show_place(self, place: Place) -> None:
        """Show what is due; with a client, what there is about them as well, due or not."""
        self._client, self._opening = place.client, True
        self.notice.hide()
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def refresh(self) -> None:
        """Ask for everything anew."""
        client, today = self._client, self._session.today()

        def ask(store: Store) -> Facts:
            mine = erasing.decides(seated(store))
            due = retention.queue(store, mine=mine, today=today)
            asked: list[Due] = []
            if client is not None:
                asked = retention.of_client(
                    store, client, mine=mine, today=today, whatever_the_day=True
                )
            keys = {one.key for one in asked}
            return Facts(
                mine,
                tuple(_item(store, one) for one in due if one.key not in keys),
                tuple(_item(store, one) for one in asked),
                tuple(retention.decided(store, limit=LATEST)),
            )

        self._session.ask(ask, self._show, shows=_shown_of, owner=self, name="retention")

    def decide(self, key: str, choice: str) -> None:
        """Open the panel of a decision."""
        panel = DecisionPanel(self._session, self._items[key], choice=choice)
        panel.saved.connect(lambda _edit: self._decided(panel))
        self.notice.hide()
        self.beside.open(panel)

    def _decided(self, panel: DecisionPanel) -> None:
        count = len(panel.item.due.records)
        if panel.choice == KEEP:
            words = _("Recorded: kept. It is asked about again on the day you chose.")
        else:
            self._client = None
            words = ngettext(
                "%(n)d record is erased on this laptop. The others lose it when they share after "
                "you have.",
                "%(n)d records are erased on this laptop. The others lose them when they share "
                "after you have.",
                count,
            ) % {"n": count}
        self.notice.say(words)
        self.notice.show()
        self.notice.announce()
        self._opening = True
        self.refresh()

    def _open(self, key: str) -> None:
        client = self._items[key].client
        if client is not None:
            self.go.emit(Place("client", client.id))

    def _lay_out(self) -> None:
        title = across(label(_("Keep or erase"), "h1", weight=BOLD), self.count, None, gap=M)
        self._main.setContentsMargins(0, 0, 0, 0)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(M)
        self.empty = Empty(
            "archive",
            _("What is due for a decision will stand here"),
            why=_("Nothing has reached the end of its period yet. Nothing is erased by itself."),
            tone="ok",
        )
        self.not_yours = Empty(
            "archive",
            _("Whoever leads your group decides this"),
            why=_("What is due for a decision stands on the lead's laptop, not on this one."),
        )
        self.not_yours.hide()
        self._main.addWidget(self.empty, 1)
        self._main.addWidget(self.not_yours, 1)
        self._main.addWidget(self.rows)
        self._main.addStretch()  # beneath the rows; an empty page takes the whole room
        main = Card()
        main.layout().setContentsMargins(6, 4, 6, 4)  # type: ignore[union-attr]
        main.add(reading(holding(self._main)), 1)
        side = reading(holding(self._side))
        self.beside = Beside(main, side)
        self.beside.closed.connect(lambda: self.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, M, L, M)
        whole.setSpacing(S)
        whole.addLayout(down(title, self.notice, gap=S))
        whole.addWidget(self.beside, 1)

    def _show(self, facts: Facts) -> None:
        today = self._session.today()
        self._items = {one.due.key: one for one in (*facts.asked, *facts.queue)}
        due = sum(one.due.since <= today.isoformat() for one in self._items.values())
        self.count.setVisible(bool(due))
        self.count.set_chip(ChipText(ngettext("%(n)d due", "%(n)d due", due) % {"n": due}, "warn"))
        shown = facts.queue[:SHOWN]
        orphans = [row(one, today) for one in shown if one.due.rule is None]
        old = [row(one, today) for one in shown if one.due.rule is not None]
        asked = [row(one, today) for one in facts.asked]
        more = len(facts.queue) - len(shown)
        left = _("%(n)d more when these are decided") % {"n": more} if more else ""
        sections = [
            (_("Asked about"), asked, ""),
            (_("Written about somebody erased"), orphans, ""),
            (_("At the end of its period"), old, left),
        ]
        self.rows.set_sections(
            [RowSection(head, tuple(some), end=end) for head, some, end in sections if some]
        )
        self.rows.setVisible(bool(self._items))
        self.empty.setVisible(bool(facts.mine) and not self._items)
        self.not_yours.setVisible(not facts.mine)
        self._show_side(facts)
        if self._opening and self._items:
            self._opening = False
            claim_focus(self, self.rows)

    def _show_side(self, facts: Facts) -> None:
        clear(self._side)
        self._side.addWidget(_rules_card(rules(self._session.today())))
        card = Card(_("Decided"), role="h3", gap=S)
        if not facts.decided:
            card.add(label(_("Nothing was decided yet."), "small", tone="muted", wrap=True))
        for at, one in enumerate(facts.decided):
            if at:
                card.add(Line())
            head, under = decided_words(one, self._session.team)
            card.add(
                down(
                    label(head, weight=SEMI, wrap=True),
                    label(one.text("reason"), "small", wrap=True),
                    label(under, "small", tone="muted", wrap=True),
                    gap=1,
                )
            )
        self._side.addWidget(card)
        self._side.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what stands beside as much as there is room for."""
        super().resizeEvent(event)
        low = self.width() < theme.px(TIGHT)
        self.beside.set_side_width(theme.px(SIDE - 50 if low else SIDE))


def _item(store: Store, due: Due) -> Item:
    return Item(due, reads.client(store, due.client))


def _rules_card(shown: list[Rule]) -> Card:
    """Return the rules that count, so that whoever decides can see what asks them to."""
    card = Card(_("How long records are kept"), role="h3", gap=S)
    if any(one.placeholder for one in shown):
        card.add(
            Notice(_("These periods are placeholders until the partners set their own."), "warn")
        )
    for at, rule in enumerate(shown):
        if at:
            card.add(Line())
        how_long, who, source = rule_lines(rule)
        card.add(
            down(
                label(_(rule.title), weight=SEMI),
                label(how_long, "small", wrap=True),
                label(who, "small", tone="muted", wrap=True),
                label(source, "small", tone="muted", wrap=True),
                gap=2,
            )
        )
    return card
