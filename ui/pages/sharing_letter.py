# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The letter: what will leave this laptop, and who will be able to read each item of it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.words import _
from ui import icons, theme
from ui.kit.buttons import button
from ui.kit.card import across, clear, down, holding, reading
from ui.kit.chip import Chip
from ui.kit.empty import Empty
from ui.kit.keycap import Keycap
from ui.kit.labels import Disc, IconMark, Line, Part, Passage, Rule, Words, label
from ui.pages.sharing_facts import COLUMNS, Leaving
from ui.theme import SEMI
from ui.tokens import RADIUS_CARD, XS, L, M, S

COLUMN = 72
EDGE, DIP, SHALLOW, LOW = 14, 34, 12, 400
READS = {
    True: ("check", "ok"),
    None: ("user-check", "warn"),
    False: ("eye-off", "neutral"),
}


class Letter(QWidget):
    """The next bundle, to be read before it is sealed: a sheet that slides into its envelope.

    Signals:
        seal_wanted: seal it and share.
    """

    seal_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Your next bundle"))
        self._number = Line([], "small")
        self._items = QVBoxLayout()
        self._items.setContentsMargins(L, 0, L, S)
        self._items.setSpacing(0)
        self._pocket = _Pocket()
        self.seal = button(_("&Seal and share"), "primary", icon="stamp")
        self.seal.clicked.connect(self.seal_wanted)
        self._about = label("", weight=SEMI)
        self._why = label("", "small", tone="muted", wrap=True)
        words = holding(down(self._about, self._why, gap=2))
        foot = across(words, Keycap(_("Ctrl+Enter")), self.seal, gap=S)
        foot.setStretch(0, 1)
        self._pocket.setLayout(foot)
        head = down(Line([Part(_("Your next bundle"), weight=SEMI)], "h3"), self._number, gap=1)
        self._headings = [_heading(role.words) for role in COLUMNS]
        top = across(head, *self._headings, gap=0)
        top.setStretch(0, 1)
        top.setContentsMargins(L, M, L + 12, S)
        self._top = holding(top)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 1, 0, 0)
        whole.setSpacing(0)
        sheet = down(self._top, reading(holding(self._items)), gap=0)
        sheet.setContentsMargins(EDGE + 1, 0, EDGE + 1, 0)
        sheet.setStretch(1, 1)
        whole.addLayout(sheet, 1)
        whole.addWidget(self._pocket)
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        for heading in self._headings:
            heading.setFixedWidth(theme.px(COLUMN))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the envelope shallow where there is little height."""
        super().resizeEvent(event)
        self._pocket.set_low(low=self.height() < LOW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet; its lower end is in the envelope."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("surface"))
            high = self._pocket.geometry().top() + DIP
            sheet = QRectF(EDGE + 0.5, 0.5, self.width() - 2 * EDGE - 1, high)
            painter.drawRoundedRect(sheet, RADIUS_CARD, RADIUS_CARD)

    def show_items(
        self,
        leaving: Sequence[Leaving],
        number: int,
        *,
        shared: bool,
        shut_out: bool = False,
        team_waits: bool = False,
    ) -> None:
        """Show what will leave.

        Args:
            leaving: the items.
            number: what the bundle will be called.
            shared: whether this laptop has ever shared anything.
            shut_out: whether it seems to be out of the team.
            team_waits: whether the list of people leaves, or keys do.
        """
        clear(self._items)
        said = _("No. %(n)d. Read it before you seal it.") % {"n": number}
        self._number.set_parts([Part(said, "muted")])
        self._top.setVisible(bool(leaving))
        for one in leaving:
            self._items.addWidget(_item(one))
            self._items.addWidget(Rule())
        if leaving:
            self._items.addLayout(_legend(some=any(None in one.readers for one in leaving)))
            self._items.addWidget(label(_audit_goes_too(), "small", tone="muted", wrap=True))
            self._items.addStretch(1)
        else:
            nothing = _nothing(shared=shared, shut_out=shut_out, team_waits=team_waits)
            self._items.addWidget(nothing, 1)
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
        self._pocket.set_sealed(sealed=shared and not leaving)


class _Pocket(QWidget):
    """The envelope's pocket, with the seal in the middle of its edge: dashed, or set."""

    def __init__(self) -> None:
        super().__init__()
        self._sealed = self._low = False

    def set_sealed(self, *, sealed: bool) -> None:
        """Show the seal as set."""
        self._sealed = sealed
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return room for the words at this width, not at their narrowest."""
        least, layout = super().minimumSizeHint(), self.layout()
        wide = max(self.width(), least.width())
        return QSize(least.width(), layout.totalHeightForWidth(wide) if layout else 0)

    def set_low(self, *, low: bool) -> None:
        """Take less height, and leave the seal out."""
        self._low = low
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(L, 22 if low else 56, L, S if low else L)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pocket."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            wide, high = self.width() - 1.0, self.height() - 1.0
            dip = SHALLOW if self._low else DIP
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("sunken"))
            for outer, inner in ((0.5, EDGE), (wide, wide - EDGE)):
                painter.drawPolygon([QPointF(outer, 8), QPointF(inner, 1), QPointF(inner, 16)])
            painter.setPen(QPen(theme.color("control"), 1))
            painter.setBrush(theme.color("accent_soft"))
            painter.drawPath(_pocket_shape(wide, high, dip))
            if not self._low:
                self._draw_seal(painter, QPointF(wide / 2, 8 + dip - 2))

    def _draw_seal(self, painter: QPainter, middle: QPointF) -> None:
        dashes = Qt.PenStyle.SolidLine if self._sealed else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.color("link"), 1.6, dashes))
        painter.setBrush(theme.color("accent" if self._sealed else "surface"))
        painter.drawEllipse(middle, 19, 19)
        tone = "accent_text" if self._sealed else "link"
        icons.draw_icon(painter, middle, "stamp", tone=tone, size=18)


def _pocket_shape(wide: float, high: float, dip: float) -> QPainterPath:
    path = QPainterPath(QPointF(0.5, 8))
    path.lineTo(wide / 2 - 10, 8 + dip - 3)
    path.quadTo(wide / 2, 8 + dip, wide / 2 + 10, 8 + dip - 3)
    path.lineTo(wide, 8)
    path.lineTo(wide, high - RADIUS_CARD)
    path.quadTo(wide, high, wide - RADIUS_CARD, high)
    path.lineTo(RADIUS_CARD, high)
    path.quadTo(0.5, high, 0.5, high - RADIUS_CARD)
    path.closeSubpath()
    return path


class _Reads(QWidget):
    """A tick or a closed eye: whether a column can read an item."""

    def __init__(self, state: bool | None, who: str) -> None:  # noqa: FBT001  one of three states
        super().__init__()
        self._icon, self._tone = READS[state]
        self._tinted = state is True
        said = f"{who}: {_words_for(state)}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(theme.px(COLUMN), theme.px(26))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            centre = QRectF(self.rect()).center()
            if self._tinted:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("ok_soft"))
                painter.drawEllipse(centre, theme.px(11), theme.px(11))
            icons.draw_icon(painter, centre, self._icon, tone=self._tone, size=theme.px(14))


def _words_for(state: bool | None) -> str:  # noqa: FBT001  one of three states
    if state is None:
        return _("some can read it")
    return _("can read it") if state else _("cannot read it")


def _heading(words: str) -> Words:
    made = label(words, "small", tone="muted", weight=SEMI, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
    return made


def _item(one: Leaving) -> QWidget:
    about = " · ".join(part for part in (one.client, one.when) if part)
    words = down(Passage([Part(one.told.title, weight=SEMI)]), gap=2)
    if about:  # it wraps, as all here does: whose it is must never be what is cut off
        words.addWidget(Passage([Part(about, "muted")], "small"))
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


def _legend(*, some: bool) -> QHBoxLayout:
    """Return what the marks mean; the one for some of a column only where it stands."""
    row = across(gap=XS, margins=(0, S, 0, S))
    meanings: list[tuple[bool | None, str]] = [(True, _("will be able to read it"))]
    meanings.append((False, _("will not")))
    if some:
        meanings.insert(1, (None, _("some of them will")))
    for state, words in meanings:
        icon, tone = READS[state]
        row.addWidget(IconMark(icon, tone, size=14))
        row.addWidget(label(words, "small", tone="muted"))
        row.addSpacing(M)
    row.addStretch(1)
    return row


def _audit_goes_too() -> str:
    return _("Who looked at what on this laptop goes with it, for the audit officer alone.")


def _nothing(*, shared: bool, shut_out: bool, team_waits: bool) -> QWidget:
    if shut_out:
        return Empty(
            "user-x",
            _("This laptop seems to be out of the team"),
            why=_("What you wrote is safe on it. Ask the coordinator before you go on."),
            tone="warn",
        )
    if team_waits:
        return Empty(
            "users",
            _("The team list waits to leave"),
            why=_("The others learn who is in the team, and who is out, once you have shared."),
        )
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
