# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Help: the page behind F1, shipped with Tandem, opened beside the screen it is about.

Rules, each with a test:

* Every screen has a page of its own, and no link in it leads out of Tandem.
* Esc closes it and gives the keyboard back to where it was.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextDocument, QTextTable
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from desktop_app.casework.words import _
from resources import folder
from ui import theme
from ui.kit.buttons import Kind, icon_button
from ui.kit.card import across, ground
from ui.kit.labels import label
from ui.theme import SEMI
from ui.tokens import M, S

TOPICS = (
    "today",
    "colleagues",
    "clients",
    "client",
    "joining",
    "doorstep",
    "record",
    "plan",
    "outcome",
    "clinic",
    "boards",
    "forum",
    "choosing",
    "sharing",
    "import",
    "sheets",
    "twice",
    "visit_pack",
    "team",
    "keepers",
    "lost",
    "retention",
    "audit",
    "settings",
    "keys",
    "laptop",
    "sign_in",
    "rescue",
    "first_run",
)
LEAST, MOST = 320, 380
"""How wide it is beside a page, at text size 1."""
LINE = 560
"""Widest line, at text size 1: one that goes across a whole window is lost on the way back."""


def text_of(topic: str) -> str:
    """Return the help of a screen as Markdown; the first screen's where there is none."""
    known = topic if topic in TOPICS else TOPICS[0]
    return (folder("help") / f"{known}.md").read_text(encoding="utf-8")


class Help(QWidget):
    """The help of one screen.

    Signals:
        closed: the person has read enough.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Help"))
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._text.setAccessibleName(_("Help"))
        self._text.setTabChangesFocus(True)
        close = icon_button("x", _("Close help (Esc)"), kind=Kind.QUIET, small=True)
        close.clicked.connect(self.closed)
        head = ground("header", across(label(_("Help"), "h3", weight=SEMI), None, close))
        head.layout().setContentsMargins(M, S, S, S)  # type: ignore[union-attr]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addWidget(self._text, 1)
        self._topic = TOPICS[0]
        theme.on_change(self._restyle)

    @property
    def topic(self) -> str:
        """Return which screen's help is shown."""
        return self._topic

    def show_topic(self, topic: str) -> None:
        """Show the help of a screen, from its top."""
        self._topic = topic
        self._restyle()
        self._text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def widths(self) -> tuple[int, int]:
        """Return the least and the greatest width it takes beside a page."""
        return theme.px(LEAST), theme.px(MOST)

    def fit(self, wide: int) -> None:
        """Take so much of the window."""
        self.setFixedWidth(wide)
        self._text.setMaximumWidth(theme.px(LINE))

    def _restyle(self) -> None:
        document = QTextDocument(self._text)
        document.setDefaultFont(theme.font())
        document.setDocumentMargin(14)
        document.setMarkdown(text_of(self._topic))
        for table in document.rootFrame().childFrames():
            if isinstance(table, QTextTable):  # keys and what they do: room instead of boxes
                shape = table.format()
                shape.setBorder(0)
                shape.setCellPadding(3)
                shape.setTopMargin(8)
                table.setFormat(shape)
        self._text.setDocument(document)
