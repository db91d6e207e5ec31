# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How complete each answer of the three lists is, above the board of what is missing.

It asks only while it is seen, once the rows stand there, and says nobody's name: how many are
there, of how many. Until they are counted the first time room is kept for a line of them: with one
line no row moves when they come.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.casework.due_missing import FORMS, Count, counts
from desktop_app.casework.targeting import Place
from desktop_app.casework.words import _
from storage import boards, reads
from storage.store import Store
from ui import theme
from ui.consulting import nothing
from ui.kit.card import across, down, holding
from ui.kit.flow import FlowLayout
from ui.kit.labels import IconMark, label
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import M, S

WIDE, HIGH = 156, 4


def how_complete(store: Store) -> tuple[Count, ...]:
    """Return how complete each answer is, of everybody on a list whom this laptop holds."""
    listed = {one.client for one in reads.records(store, form=Place.form) if one.client}
    heads = store.heads(listed)
    files = boards.case_files(store, sorted({heads.get(one, one) for one in listed}), FORMS)
    return counts(files.values())


class MissingHead(QWidget):
    """One small gauge an answer, with its count in words."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.counts: tuple[Count, ...] = ()
        self._flow = FlowLayout(gap=M, line_gap=S)
        held = _("Of whom this laptop holds. Who has died is counted, and asked nothing more.")
        self.note = label(held, "small", tone="muted", wrap=True)
        self.setLayout(down(holding(self._flow), self.note, gap=4, margins=(10, 0, 10, 4)))
        session.changed.connect(lambda _ids: self._ask())
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew."""
        super().showEvent(event)
        if not self.counts:
            self._keep_room()
        QTimer.singleShot(0, self, self._ask)  # after the rows, which its page asks for now

    def show_counts(self, found: Sequence[Count]) -> None:
        """Show how many are there."""
        self.counts = tuple(found)
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for one in found:
            self._flow.addWidget(_Gauge(one))
        self.setMinimumHeight(0)
        self.note.setVisible(bool(found))
        self.updateGeometry()

    def _keep_room(self) -> None:
        """Keep room for a line of gauges and the note."""
        one = _Gauge(Count("", 0, 0, "")).sizeHint().height()
        self.setMinimumHeight(one + 4 + theme.metrics("small").height() + 4)

    def _ask(self) -> None:
        if self.isVisible():
            self._session.ask(
                how_complete,
                self.show_counts,
                shows=nothing,
                owner=self,
                name="complete",
                later=True,
            )


class _Gauge(QWidget):
    """One answer: its question, how many are there, and a thin bar."""

    def __init__(self, count: Count) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(WIDE))
        self.setAccessibleName(f"{count.label}: {count.words}")
        head = across(label(count.label, "small", tone="muted"), None, gap=4)
        head.addStrut(theme.px(16))
        if count.whole:
            head.addWidget(IconMark("check", "ok", size=14))
        self.setLayout(down(head, label(count.words, weight=SEMI), _Bar(count), gap=2))


class _Bar(QWidget):
    """A thin bar."""

    def __init__(self, count: Count) -> None:
        super().__init__()
        self._share = count.there / count.wanted if count.wanted else 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for a line."""
        return QSize(60, HIGH + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it: what is there, of what is wanted."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            whole = QRectF(0, 0, self.width(), HIGH)
            for tone, share in (("line", 1.0), ("accent", self._share)):
                painter.setBrush(theme.color(tone))
                part = QRectF(0, 0, max(0.0, whole.width() * share), HIGH)
                painter.drawRoundedRect(part, HIGH / 2, HIGH / 2)
