# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the sign-in page is made of: whose laptop it is, whom to choose, the words to type."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from ui import theme
from ui.home import VaultPlace
from ui.kit.buttons import HANG, Button, button
from ui.kit.card import across, clear, down, ground, holding, reading
from ui.kit.keycap import Keycap
from ui.kit.labels import IconMark, Line, Part, Words, label
from ui.kit.notice import Notice
from ui.kit.person_tile import PersonTile, initials
from ui.kit.word_marks import WordMarks, words_ended
from ui.pages.sign_in_trouble import RECOVER, Trouble, words_of_way
from ui.theme import BOLD, SEMI
from ui.tokens import XL, XXL, L, M, S

WORDS = 5
MOST_TILES = 6


class WhoPanel(QFrame):
    """The dark panel: who, which laptop, which team, when it was last opened."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self._disc = _RailDisc()
        self._name = label("", "h1", tone="rail_active_text", weight=BOLD, wrap=True)
        self._role = label("", tone="rail_text")
        self._facts = [
            (icon, label(what, "small", tone="rail_text"), _strong())
            for icon, what in (
                ("laptop", _("This laptop")),
                ("users", _("Team")),
                ("clock", _("Last opened")),
            )
        ]
        self._column = down(*self._pieces(), gap=4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(reading(holding(self._column)))
        self.set_low(low=False)

    def show_place(self, place: VaultPlace, opened: str) -> None:
        """Show another laptop; `opened` says when it was last opened."""
        about = place.about
        self._disc.set_letters(initials(about.person))
        self._name.setText(about.person)
        self._role.setText(role_words(about.role))
        said = (about.laptop, about.team or _("Not joined yet"), opened)
        for (_icon, _what, value), words in zip(self._facts, said, strict=True):
            value.setText(words)
        self.setAccessibleName(", ".join((about.person, self._role.text(), *said)))

    def set_low(self, *, low: bool) -> None:
        """Stand closer to the edges in a small window."""
        side = 26 if low else 36
        self._column.setContentsMargins(side, 20 if low else 28, side, 20 if low else 28)

    def _pieces(self) -> list[QVBoxLayout | QWidget | int | None]:
        who = down(self._name, self._role, gap=2)
        facts = []
        for icon, what, value in self._facts:
            row = across(IconMark(icon, "rail_text", size=18), down(what, value, gap=1), gap=M)
            row.setContentsMargins(0, S, 0, S)
            row.setStretch(1, 1)
            facts += [_RailRule(), holding(row)]
        calm = across(
            IconMark("wifi-off", "rail_text", size=18),
            label(
                _("Works without a network. Nothing leaves this laptop until you share."),
                "small",
                tone="rail_text",
                wrap=True,
            ),
            gap=M,
        )
        calm.setStretch(1, 1)
        head = across(self._disc, who, gap=M)
        head.setStretch(1, 1)
        return [
            label("Tandem", "h1", tone="rail_active_text", weight=BOLD),
            label(_("Casebook for joint outreach"), tone="rail_text"),
            None,
            holding(head),
            L,
            *facts,
            None,
            None,
            holding(calm),
        ]


class WhoseBand(QFrame):
    """The band on top where a laptop has several vaults: whose is to be opened?

    Signals:
        chosen: the `VaultPlace`.
        fill_wanted: type the made-up team's words.
    """

    chosen = Signal(object)
    fill_wanted = Signal()

    def __init__(self, places: Sequence[VaultPlace], *, told: str) -> None:
        """Make the band.

        Args:
            places: the vaults; the first is chosen.
            told: the passphrase that opens all of them; empty for a real team.
        """
        super().__init__()
        self._made_up = bool(told)
        self.setAccessibleName(_("Open whose laptop?"))
        self.tiles: list[PersonTile] = []
        self._group = QButtonGroup(self)
        row = across(gap=S)
        for place in places[:MOST_TILES]:
            tile = PersonTile(place.about.person, role_words(place.about.role))
            tile.clicked.connect(partial(self.chosen.emit, place))
            self._group.addButton(tile)
            self.tiles.append(tile)
            row.addWidget(tile, 1)
        self.tiles[0].setChecked(True)
        column = down(gap=S, margins=(XXL, M, XXL, M))
        if told:
            column.addLayout(_made_up_line())
        column.addWidget(label(_("Open whose laptop?"), weight=SEMI))
        column.addLayout(row)
        if told:
            column.addLayout(self._told_row(told))
        self.setLayout(column)

    def _told_row(self, told: str) -> QVBoxLayout:
        words = label(told, weight=BOLD)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fill = button(_("&Fill it in"), "quiet", small=True)
        self.fill.clicked.connect(self.fill_wanted)
        box = ground("card")
        box.setLayout(
            across(
                label(_("Passphrase"), "small", tone="muted"),
                words,
                self.fill,
                gap=M,
                margins=(M, 4, 4, 4),
            )
        )
        works = Line([Part(_("It opens every laptop above."), "muted")], "small")
        row = across(box, works, gap=M)
        row.setStretch(1, 1)
        return down(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground from edge to edge, and a line under it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("warn_soft" if self._made_up else "surface"))
            under = self.rect().adjusted(0, self.height() - 1, 0, 0)
            painter.fillRect(under, theme.color("line"))


class UnlockCard(QFrame):
    """The white card: the passphrase, how far it is typed, Unlock, and what went wrong.

    Signals:
        tried: open it with these words.
        way_wanted: a way out of what went wrong, by its code.
    """

    tried = Signal()
    way_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(_("Unlock your casebook"))
        self.passphrase = _passphrase_field()
        self.show_words = button(_("&Show"), icon="eye", name=_("Show the passphrase"))
        self.show_words.setCheckable(True)
        self.open: Button = button(_("&Unlock"), "primary", icon="lock")
        self.open.setMinimumWidth(150)
        self.lost_words = button(_("I have &lost the words"), "quiet")
        self.marks = WordMarks(WORDS)
        self.recover = way_button(RECOVER)
        self.recover.clicked.connect(partial(self.way_wanted.emit, RECOVER))
        self.wrong, self.lost, self._recovers = Notice("", "bad"), Notice(_lost_words()), True
        self.ways = across(gap=S)
        self.offers: list[Button] = []
        self._lay_out()
        self.clear_notices()
        self.passphrase.textChanged.connect(
            lambda text: self.marks.set_typed(words_ended(text, WORDS))
        )
        self.passphrase.returnPressed.connect(self.tried)
        self.open.clicked.connect(self.tried)
        self.show_words.toggled.connect(self._show_words)
        self.lost_words.clicked.connect(self._say_lost)

    def clear_notices(self) -> None:
        """Take away what was said before."""
        for said in (self.wrong, self.lost, self.recover):
            said.hide()
        clear(self.ways)
        self.offers = []

    def set_recovery(self, *, there: bool) -> None:
        """Offer the recovery words, where the vault has a recovery key."""
        self._recovers = there
        self.recover.setVisible(there and self.lost.isVisible())
        self.lost.say(_lost_words() if there else _lost_words_and_paper())

    def say_wrong(self, trouble: Trouble) -> None:
        """Say what went wrong, in the same place, with the ways out; the words stay, selected."""
        self.set_busy(busy=False)
        self.wrong.say(f"{trouble.words} {trouble.steps}".strip(), head=trouble.head)
        self.wrong.show()
        for way in trouble.ways:
            if way != RECOVER:  # "I have lost the words" stands on the card already
                offer = way_button(way)
                offer.clicked.connect(partial(self.way_wanted.emit, way))
                self.ways.addWidget(offer)
                self.offers.append(offer)
        self.ways.addStretch(1)
        self.wrong.announce()
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def set_busy(self, *, busy: bool) -> None:
        """Show that the words are being tried."""
        self.open.setEnabled(not busy)
        self.open.set_words(_("Unlocking…") if busy else _("&Unlock"))

    def set_wait(self, seconds: int) -> None:
        """Show how long it is until words may be tried again; typing goes on meanwhile."""
        self.set_busy(busy=False)
        if seconds:
            self.open.setEnabled(False)
            self.open.set_words(_("Again in %(n)d s") % {"n": seconds})

    def set_low(self, *, low: bool) -> None:
        """Take less height in a small window."""
        edge = L if low else XL
        self._column.setContentsMargins(XL, edge, XL, edge)

    def _lay_out(self) -> None:
        hint = _("Five words, a space between each. Capitals do no harm.")
        self._column = down(
            label(_("Unlock your casebook"), "h1", weight=BOLD),
            S,
            label(_("&Passphrase"), weight=SEMI, buddy=self.passphrase),
            label(hint, "small", tone="muted", wrap=True),
            self._typed_row(),
            self.wrong,
            self.ways,
            self.lost,
            across(self.recover, None),
            S,
            across(
                *(self.open, Keycap(_("Enter")), None, self.lost_words), margins=(0, 0, -HANG, 0)
            ),
            gap=S,
            margins=(XL, XL, XL, XL),
        )
        self.setLayout(self._column)
        QWidget.setTabOrder(self.passphrase, self.show_words)

    def _typed_row(self) -> QGridLayout:
        """Return the field, with Show beside it, and the marks as wide as the field."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(S)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.passphrase, 0, 0)
        grid.addWidget(self.show_words, 0, 1)
        grid.addWidget(self.marks, 1, 0)
        return grid

    def _show_words(self, shown: bool) -> None:  # noqa: FBT001  a Qt slot
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.show_words.set_words(_("Hi&de") if shown else _("&Show"))
        self.show_words.set_icon("eye-off" if shown else "eye")
        self.show_words.setAccessibleName(
            _("Hide the passphrase") if shown else _("Show the passphrase")
        )
        self.passphrase.setFocus()

    def _say_lost(self) -> None:
        self.clear_notices()
        self.lost.show()
        self.recover.setVisible(self._recovers)
        self.lost.announce()


class _RailRule(QFrame):
    """A faint hairline on the dark panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("rail_active"))


class _RailDisc(QWidget):
    """Two letters on a disc of the dark panel."""

    def __init__(self) -> None:
        super().__init__()
        self._letters = ""
        theme.on_change(self._restyle)

    def set_letters(self, letters: str) -> None:
        """Show other letters."""
        self._letters = letters
        self.update()

    def _restyle(self) -> None:
        self.setFixedSize(QSize(theme.px(52), theme.px(52)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            edge = theme.current().outlined
            painter.setPen(QPen(theme.color("rail_text"), 1) if edge else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("rail_active"))
            rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawEllipse(rect)
            painter.setPen(theme.color("rail_active_text"))
            painter.setFont(theme.font("h3", BOLD))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._letters)


def role_words(role: str) -> str:
    """Return what a role does, in words; nothing for one that is not known."""
    return Role(role).words if role in set(Role) else ""


def _strong() -> Words:
    return label("", tone="rail_active_text", weight=SEMI, wrap=True)


def _made_up_line() -> QVBoxLayout:
    row = across(
        IconMark("database", "warn", size=18),
        label(_("Made-up team."), weight=BOLD),
        Line([Part(_("Nobody here is real. Try whatever you like."))]),
        gap=S,
    )
    row.setStretch(2, 1)
    return down(row)


def _passphrase_field() -> QLineEdit:
    field = QLineEdit()
    field.setObjectName("passphrase")
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(400)
    return field


def way_button(way: str) -> Button:
    """Return a button that leads to a way out."""
    act, icon = words_of_way(way)
    return button(act, icon=icon, small=True)


def _lost_words() -> str:
    return _(
        "Nobody can read your words out to you: they are kept nowhere. With the twelve recovery "
        "words on paper you choose new ones; nothing in the casebook changes."
    )


def _lost_words_and_paper() -> str:
    return _(
        "Nobody can read your words out to you: they are kept nowhere. Everything you shared is "
        "with your team. Ask your coordinator to let you join again here."
    )
