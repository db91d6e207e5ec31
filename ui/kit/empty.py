# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Empty pages: what will appear here, why there is nothing yet, and the one thing to do."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.kit.buttons import Button
from ui.kit.card import across
from ui.kit.labels import Disc, label
from ui.theme import SEMI
from ui.tokens import L, M


class Empty(QWidget):
    """Stands in the middle of a page or a card that has nothing to show."""

    def __init__(
        self,
        icon: str,
        head: str,
        *,
        why: str,
        act: Button | None = None,
        tone: str = "info",
        also: Button | None = None,
    ) -> None:
        """Make an empty state.

        Args:
            icon: of the things that will appear.
            head: what will appear here.
            why: why there is nothing yet.
            act: the one thing to do about it.
            tone: of the icon.
            also: what else can be done about it.
        """
        super().__init__()
        self.setAccessibleName(f"{head.rstrip('.')}. {why}")
        self._column = column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(Disc(icon, tone, size=48), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        for words in (
            label(head, "h3", weight=SEMI, wrap=True),
            label(why, tone="muted", wrap=True),
        ):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        if act is not None:
            column.addSpacing(8)
            acts = [act] if also is None else [act, also]
            column.addLayout(across(None, *acts, None))
            self.setFocusProxy(act)
        column.addStretch(3)

    def minimumSizeHint(self) -> QSize:
        """Return room for the words at this width: counted in a narrow column they would tower."""
        wide = max(self.width(), theme.px(320))
        return QSize(theme.px(200), self._column.minimumHeightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read."""
        side = max(L, (self.width() - theme.px(460)) // 2)
        self._column.setContentsMargins(side, M, side, M)
        super().resizeEvent(event)
