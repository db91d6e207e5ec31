# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The letter: what will leave this laptop, and who will be able to read each item of it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.words import _
from ui import icons, theme
from ui.kit.buttons import button
from ui.kit.card import across, clear, down, holding, reading
from ui.kit.chip import Chip
from ui.kit.empty import Empty
from ui.kit.keycap import Keycap
from ui.kit.labels import Disc, IconMark, Line, Part, Rule, label
from ui.pages.sharing_facts import COLUMNS, Leaving
from ui.theme import REGULAR, SEMI
from ui.tokens import XS, L, M, S

COLUMN = 76
READS = {
    True: ("check", "ok"),
    None: ("user-check", "warn"),
    False: ("eye-off", "neutral"),
}


class Letter(QFrame):
    """The next bundle, to be read before it is sealed.

    Signals:
        seal_wanted: seal it and share.
    """

    seal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(_("Your next bundle"))
        self._number = label("", "small", tone="muted")
        self._items = QVBoxLayout()
        self._items.setContentsMargins(L, 0, L, S)
        self._items.setSpacing(0)
        inside = holding(self._items)
        pocket = _Pocket()
        self.seal = button(_("&Seal and share"), "primary", icon="stamp")
        self.seal.clicked.connect(self.seal_wanted)
        self._about = label("", weight=SEMI)
        self._why = label("", "small", tone="muted", wrap=True)
        words = holding(down(self._about, self._why, gap=2))
        foot = across(words, Keycap(_("Ctrl+Enter")), self.seal, gap=S)
        foot.setStretch(0, 1)
        pocket.setLayout(down(foot, margins=(L, 44, L, L)))
        head = down(label(_("Your next bundle"), "h3", weight=SEMI), self._number, gap=1)
        top = across(head, None, *(_heading(role.words) for role in COLUMNS), gap=0)
        top.setContentsMargins(L, M, L + 12, S)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        self._top = holding(top)
        whole.addWidget(self._top)
        whole.addWidget(reading(inside), 1)
        whole.addWidget(pocket)

    def show_items(self, leaving: Sequence[Leaving], number: int, *, shared: bool) -> None:
        """Show what will leave.

        Args:
            leaving: the items.
            number: what the bundle will be called.
            shared: whether this laptop has ever shared anything.
        """
        clear(self._items)
        self._number.setText(_("No. %(n)d. Read it before you seal it.") % {"n": number})
        self._top.setVisible(bool(leaving))
        for one in leaving:
            self._items.addWidget(_item(one))
            self._items.addWidget(Rule())
        if leaving:
            self._items.addLayout(_legend())
            self._items.addStretch(1)
        else:
            self._items.addWidget(_nothing(shared=shared), 1)
        self._about.setText(
            _("Seal no. %(n)d for the team") % {"n": number} if leaving else _("See what has come")
        )
        self._why.setText(
            _(
                "Signed by you, then fixed. An outsider in the folder sees a file of random "
                "letters, its time and size."
            )
            if leaving
            else _("Your laptop tells the others what it has, and takes in what they sent.")
        )
        self.seal.set_words(_("&Seal and share") if leaving else _("&Share now"))
        self.seal.set_icon("stamp" if leaving else "refresh-cw")


class _Pocket(QWidget):
    """The envelope's pocket, with the seal in the middle of its edge."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pocket."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            wide, high, dip = self.width(), self.height(), 30.0
            path = QPainterPath(QPointF(0, 6))
            path.lineTo(wide / 2, 6 + dip)
            path.lineTo(wide, 6)
            path.lineTo(wide, high - 8)
            path.quadTo(wide, high, wide - 9, high)
            path.lineTo(9, high)
            path.quadTo(0, high, 0, high - 8)
            path.closeSubpath()
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("accent_soft"))
            painter.drawPath(path)
            middle = QPointF(wide / 2, 6 + dip - 2)
            painter.setPen(QPen(theme.color("link"), 1.6, Qt.PenStyle.DashLine))
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(middle, 16, 16)
            icons.draw_icon(painter, middle, "stamp", tone="link", size=16)


class _Reads(QWidget):
    """A tick or a closed eye: whether a column can read an item."""

    def __init__(self, state: bool | None, who: str) -> None:  # noqa: FBT001  one of three states
        super().__init__()
        self._icon, self._tone = READS[state]
        self._tinted = state is True
        said = f"{who}: {_words_for(state)}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setFixedSize(theme.px(COLUMN), theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            centre = QRectF(self.rect()).center()
            if self._tinted:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("ok_soft"))
                painter.drawEllipse(centre, 11, 11)
            icons.draw_icon(painter, centre, self._icon, tone=self._tone, size=14)


def _words_for(state: bool | None) -> str:  # noqa: FBT001  one of three states
    if state is None:
        return _("some can read it")
    return _("can read it") if state else _("cannot read it")


def _heading(words: str) -> QWidget:
    made = label(words, "small", tone="muted", weight=SEMI, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
    made.setFixedWidth(theme.px(COLUMN))
    return made


def _item(one: Leaving) -> QWidget:
    about = " · ".join(part for part in (one.client, one.when) if part)
    words = down(
        Line([Part(one.told.title, "text", SEMI), Part("  " + about, "muted", REGULAR)]), gap=2
    )
    if one.told.summary:
        text = label(_two_lines(one.told.summary), "small", wrap=True)
        words.addWidget(text)
    if one.record.audience != audiences.PARTNERS:
        chip = Chip(audiences.title(one.record.audience), "neutral", icon="eye-off")
        words.addLayout(across(chip, None))
    grid = QGridLayout()
    grid.setContentsMargins(0, M, 12, M)
    grid.setHorizontalSpacing(M)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Disc(one.told.icon, one.told.tone), 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(holding(words), 0, 1)
    columns = across(
        *(_Reads(state, role.words) for state, role in zip(one.readers, COLUMNS, strict=True)),
        gap=0,
    )
    grid.addLayout(columns, 0, 2)
    made = holding(grid)
    made.setAccessibleName(f"{one.told.title}. {about}")
    return made


def _two_lines(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 180 else flat[:177].rstrip() + "…"


def _legend() -> QHBoxLayout:
    row = across(gap=XS, margins=(0, S, 0, S))
    for state, words in ((True, _("will be able to read it")), (False, _("will not"))):
        icon, tone = READS[state]
        row.addWidget(IconMark(icon, tone, size=14))
        row.addWidget(label(words, "small", tone="muted"))
        row.addSpacing(M)
    row.addStretch(1)
    return row


def _nothing(*, shared: bool) -> QWidget:
    if shared:
        return Empty(
            "mail-open",
            _("Nothing waits to leave"),
            why=_("Everything you wrote has left this laptop."),
            tone="ok",
        )
    return Empty(
        "mail-open",
        _("What you record will stand here before it leaves"),
        why=_("You have not recorded anything on this laptop yet."),
    )
