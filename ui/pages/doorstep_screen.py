# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One visit on one screen: the parts of the doorstep, laid out for the window there is."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.casework import names, whereabouts
from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.dates import say_born
from desktop_app.casework.people import Team
from desktop_app.casework.reference import reference
from desktop_app.casework.safe_contact import order_of, safe_lines
from desktop_app.casework.words import _
from ui import theme
from ui.editors.asking import Asking
from ui.kit.card import scrolling
from ui.kit.chip import ChipText
from ui.kit.undo_bar import UndoBar
from ui.pages import doorstep_facts
from ui.pages.doorstep_facts import Facts
from ui.pages.doorstep_foot import Foot
from ui.pages.doorstep_happened import Happened
from ui.pages.doorstep_safety import sentence, set_by
from ui.pages.doorstep_top import Top
from ui.pages.doorstep_words import YourWords

NARROW, STACKED, LOW = 1120, 960, 620
"""Width and height of the page, at text size 1, below which it is narrow, stacked, low."""


class _Body(QWidget):
    """What scrolls: as low as its cards can be, so that the note gives way before it scrolls.

    Left to itself Qt would scroll as soon as there is less height than is wished for.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height follows from it."""
        return QSize(super().minimumSizeHint().width(), 0)

    def heightForWidth(self, width: int) -> int:
        """Return the least height at a width; one under the other, cards need what they wish for.

        Qt gives cards under one another their wished-for height before it looks at the least, and
        takes what is missing from the tallest: its rows would lie over each other.
        """
        layout = self.layout()
        if not isinstance(layout, QBoxLayout):
            return 0
        stacked = layout.direction() == QBoxLayout.Direction.TopToBottom
        return layout.heightForWidth(width) if stacked else layout.minimumHeightForWidth(width)


class DoorstepParts(QWidget):
    """Top, two cards and foot; knows how to lay itself out and nothing of saving.

    Signals:
        escaped: a person pressed Esc.
    """

    escaped = Signal()

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self.top = Top()
        self.happened = Happened(asking)
        self.words = YourWords(asking)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setContentsMargins(16, 10, 16, 10)
        self._cards.setSpacing(12)
        self._cards.addWidget(self.happened, 54)
        self._cards.addWidget(self.words, 46)
        body = _Body()
        body.setLayout(self._cards)
        self.area: QScrollArea = scrolling(body)
        self.undo = UndoBar()
        self.foot = Foot(_("Save visit"), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addWidget(self.area, 1)
        whole.addWidget(self.undo)
        whole.addWidget(self.foot)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_sight)
        theme.look().changed.connect(self._fit)

    def panes(self) -> list[QWidget]:
        """Return its parts, for F6."""
        return [self.top, self.happened, self.words, self.foot]

    def show_client(self, facts: Facts, team: Team, asking: Asking) -> None:
        """Say who it is, what is dangerous, and how to reach them safely."""
        client, today = facts.file.client, asking.now().date()
        known, born = client.text("known_as"), client.text("born")
        setting = whereabouts.setting_on(facts.file.records, today)
        states = []
        if setting is not None and setting.setting not in ("community", ""):
            tone = "custody" if setting.in_custody else "info"
            states.append(ChipText(setting.words, tone, "building-2"))
        self.top.who.set_person(
            facts.file.name,
            [
                *([(_("Known as"), known)] if known else []),
                (_("Born"), say_born(born, today) if born else ""),
                (_("Ref"), reference(client.id)),
            ],
            states,
        )
        self._show_alerts(facts, team, asking)
        self.top.safe.set_lines(safe_lines(client.answers))
        name = names.spoken_name(client.answers)
        self.happened.asks.setText(_("Were you able to see %(name)s?") % {"name": name})
        self.words.say_name(name)
        away = setting is not None and setting.setting in whereabouts.AWAY
        self.happened.say_setting(
            doorstep_facts.setting_words(setting, today) if setting is not None and away else "",
            away=setting is not None and setting.in_custody,
        )
        now = asking.now()
        self.happened.past.set_contacts(doorstep_facts.last_contacts(facts, team, asking.me, now))
        self.words.say_memory(doorstep_facts.memory(facts, today))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, where nothing nearer wanted it."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the room there is."""
        super().resizeEvent(event)
        self._fit()

    def refit(self) -> None:
        """Show the last contacts where there is room for them, once the rows are settled."""
        stacked = self._cards.direction() == QBoxLayout.Direction.TopToBottom
        past, card = self.happened.past, self.happened.layout()
        if stacked or card is None:
            past.setVisible(stacked)
            return
        past.setVisible(True)
        card.invalidate()
        margins = self._cards.contentsMargins()
        room = self.area.viewport().height() - margins.top() - margins.bottom()
        past.setVisible(card.minimumHeightForWidth(self.happened.width()) <= room)

    def _fit(self) -> None:
        scale = max(1.0, theme.current().text_scale)
        wide, high = self.width() / scale, self.height() / scale
        low, narrow, stacked = high < LOW, wide < NARROW, wide < STACKED
        down = QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(down if stacked else QBoxLayout.Direction.LeftToRight)
        edge = 5 if low else 10
        self._cards.setContentsMargins(16, edge, 16, edge)
        self.top.who.set_low(low=low)
        self.top.safe.set_narrow(narrow=narrow)
        self.happened.set_low(low=low and not stacked, narrow=narrow)
        self.words.set_low(low=low and not stacked, narrow=narrow)
        self.foot.set_narrow(narrow=wide < STACKED, low=low)
        QTimer.singleShot(0, self, self.refit)

    def _keep_in_sight(self, _before: object, now: QWidget | None) -> None:
        if now is not None and self.area.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, 24)

    def _show_alerts(self, facts: Facts, team: Team, asking: Asking) -> None:
        today = asking.now().date()
        alerts = live_alerts(facts.file.records, today)
        self.top.alert.setVisible(bool(alerts))
        if not alerts:
            return
        first = alerts[0]
        order = order_of(first)
        self.top.alert.set_alert(
            order or sentence(first.headline),
            sentence(first.headline) if order else "",
            set_by(first, team, today),
            count=len(alerts),
        )
