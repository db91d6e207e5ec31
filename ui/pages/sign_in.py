# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in: whose vault, on which laptop, and the words that open it.

Cursor in the field, Enter opens. A wrong try is answered in the same place, selected, ready to be
typed again; it is never counted and never locks anybody out of their own work.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage import unlock
from storage.store import Store
from ui.clock import Clock
from ui.home import VaultPlace, write_about
from ui.kit.buttons import button
from ui.kit.card import across, down, ground, holding
from ui.kit.keycap import Keycap
from ui.kit.labels import Disc, IconMark, Rule, label
from ui.kit.notice import Notice
from ui.kit.person_tile import PersonTile
from ui.kit.word_marks import WordMarks, words_ended
from ui.theme import BOLD, SEMI
from ui.tokens import XL, L, M, S
from ui.worker import Worker

PANEL, PANEL_SLIM, NARROW = 376, 300, 1180
WORDS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A vault that has just been opened."""

    store: Store
    place: VaultPlace


class SignIn(QWidget):
    """The sign-in page.

    Signals:
        opened: an `Opened`; the store now belongs to whoever listens.
        first_run: somebody wants a vault this laptop does not have yet.
        help_wanted: F1.
    """

    opened = Signal(object)
    first_run = Signal()
    help_wanted = Signal(str)
    help_topic = "sign_in"

    def __init__(self, places: Sequence[VaultPlace], *, clock: Clock, passphrase: str = "") -> None:
        super().__init__()
        self._places = list(places)
        self._place = self._places[0]
        self._clock = clock
        self._told = passphrase
        self._worker = Worker("unlock", self)
        self._worker.failed.connect(self._refused)
        self._panel = ground("rail")
        self._panel_layout = down(gap=0)
        self._panel.setLayout(self._panel_layout)
        self._inside: QWidget | None = None
        self._build_card()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        if len(self._places) > 1 or passphrase:
            right.addWidget(self._band())
        right.addStretch(1)
        right.addLayout(across(None, self._card, None))
        right.addStretch(1)
        right.addLayout(self._foot())
        whole = across(self._panel, holding(right), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.choose(self._place)

    def choose(self, place: VaultPlace) -> None:
        """Turn to another vault of this laptop."""
        self._place = place
        self._fill_panel()
        self._wrong.hide()
        self._lost.hide()
        self.passphrase.setFocus()

    def fill_in(self) -> None:
        """Type the made-up team's passphrase."""
        self.passphrase.setText(self._told)
        self.passphrase.setFocus()

    def unlock(self) -> None:
        """Try the words that stand in the field."""
        if self._worker.busy:
            return
        place, words, now = self._place, self.passphrase.text(), self._clock.now()
        self._wrong.hide()
        self._lost.hide()
        self._open.setEnabled(False)
        self._open.set_words(_("Unlocking…"))

        def open_it() -> Opened:
            key = unlock.unlock(place.folder, words)
            store = Store.open(place.folder, key)
            write_about(
                place.folder, replace(place.about, opened=now.isoformat(timespec="minutes"))
            )
            return Opened(store, place)

        self._worker.do(open_it, self._let_in, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel less room in a small window."""
        super().resizeEvent(event)
        self._panel.setFixedWidth(PANEL if self.width() >= NARROW else PANEL_SLIM)
        self._card.setFixedWidth(600 if self.width() >= NARROW else 560)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 opens help."""
        if event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit(self.help_topic)
        super().keyPressEvent(event)

    def close_down(self) -> None:
        """End the thread."""
        self._worker.close()

    def _let_in(self, opened: Opened) -> None:
        self.passphrase.clear()
        self._rest()
        self.opened.emit(opened)

    def _refused(self, error: CaseworkError) -> None:
        self._rest()
        self._wrong.say(str(error))
        self._wrong.show()
        self._wrong.announce()
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _rest(self) -> None:
        self._open.setEnabled(True)
        self._open.set_words(_("&Unlock"))

    def _build_card(self) -> None:
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMaxLength(400)
        self._open = button(_("&Unlock"), "primary", icon="lock")
        self._open.setMinimumWidth(150)
        show = button(_("&Show"), icon="eye", name=_("Show the passphrase"))
        show.setCheckable(True)
        show.toggled.connect(self._show_words)
        lost = button(_("I have &lost the words"), "quiet")
        marks = WordMarks(WORDS)
        self._wrong = Notice("", "bad")
        self._lost = Notice(
            _(
                "Nobody can read your words out to you: they are kept nowhere. Everything you "
                "shared is with your team. Ask your coordinator to let you join again here."
            )
        )
        for notice in (self._wrong, self._lost):
            notice.hide()
        self._card = ground("card")
        self._card.setLayout(
            down(
                label(_("Unlock your casebook"), "h1", weight=BOLD),
                L,
                label(_("&Passphrase"), weight=SEMI, buddy=self.passphrase),
                label(
                    _("Five words, a space between each. Capitals do no harm."),
                    "small",
                    tone="muted",
                ),
                across(self.passphrase, show, gap=S),
                marks,
                self._wrong,
                self._lost,
                M,
                across(self._open, Keycap(_("Enter")), None, lost, gap=S),
                gap=6,
                margins=(XL, XL, XL, XL),
            )
        )
        self.passphrase.textChanged.connect(lambda text: marks.set_typed(words_ended(text, WORDS)))
        self.passphrase.returnPressed.connect(self.unlock)
        self._open.clicked.connect(self.unlock)
        lost.clicked.connect(self._lost.show)

    def _show_words(self, shown: bool) -> None:  # noqa: FBT001  a Qt slot
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.passphrase.setFocus()

    def _fill_panel(self) -> None:
        about = self._place.about
        inside = _panel_of(
            about.person,
            _role_words(about.role),
            [
                ("laptop", _("This laptop"), about.laptop),
                ("users", _("Team"), about.team or _("Not joined yet")),
                ("clock", _("Last opened"), self._opened_words(about.opened)),
            ],
        )
        if self._inside is not None:
            self._inside.deleteLater()
        self._inside = inside
        self._panel_layout.addWidget(inside)

    def _opened_words(self, opened: str) -> str:
        if not opened:
            return _("Never on this laptop")
        return say_moment(opened, self._clock.today())

    def _band(self) -> QFrame:
        band = ground("warn" if self._told else "bar")
        choices = QButtonGroup(band)
        row = across(gap=S)
        for place in self._places[:6]:
            tile = PersonTile(place.about.person, _role_words(place.about.role))
            tile.setChecked(place is self._place)
            tile.clicked.connect(partial(self.choose, place))
            choices.addButton(tile)
            row.addWidget(tile, 1)
        pieces: list[object] = []
        if self._told:
            head = across(
                IconMark("database", "warn", size=18),
                label(_("Made-up team."), weight=BOLD),
                label(_("Nobody here is real.")),
                None,
                gap=S,
            )
            pieces += [head]
        pieces += [label(_("Open whose laptop?"), weight=SEMI), row]
        if self._told:
            pieces += [self._told_row()]
        band.setLayout(down(*pieces, gap=S, margins=(32, M, 32, M)))  # type: ignore[arg-type]
        return band

    def _told_row(self) -> QFrame:
        words = label(self._told, weight=BOLD)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        fill = button(_("&Fill it in"), "quiet", small=True)
        fill.clicked.connect(self.fill_in)
        box = ground("card")
        box.setLayout(
            across(
                label(_("Passphrase"), "small", tone="muted"),
                words,
                fill,
                label(_("It opens every laptop above."), "small", tone="muted"),
                None,
                gap=M,
                margins=(M, 4, M, 4),
            )
        )
        return box

    def _foot(self) -> QVBoxLayout:
        new = button(_("&Another person or team"), "quiet", icon="user-plus")
        new.clicked.connect(self.first_run)
        helps = button(_("Help"), "quiet", icon="circle-help", name=_("Help (F1)"))
        helps.clicked.connect(lambda: self.help_wanted.emit(self.help_topic))
        return down(
            across(
                label(_("Wrong tries are never counted against you."), "small", tone="muted"),
                None,
                new,
                helps,
                gap=S,
            ),
            margins=(32, S, M, S),
        )


def _role_words(role: str) -> str:
    return Role(role).words if role in set(Role) else ""


def _panel_of(name: str, role: str, facts: Sequence[tuple[str, str, str]]) -> QWidget:
    initials = "".join(word[0] for word in name.split()[-2:] if word).upper()
    column = down(
        label("Tandem", "h1", tone="rail_active_text", weight=BOLD),
        label(_("Casebook for joint outreach"), tone="rail_text"),
        None,
        across(
            Disc(letters=initials, tone="info", size=52),
            down(
                label(name, "h1", tone="rail_active_text", weight=BOLD),
                label(role, tone="rail_text"),
                gap=2,
            ),
            None,
            gap=M,
        ),
        L,
        gap=4,
        margins=(36, 28, 36, 28),
    )
    for icon, what, value in facts:
        column.addWidget(Rule())
        words = down(
            label(what, "small", tone="rail_text"),
            label(value, tone="rail_active_text", weight=SEMI, wrap=True),
            gap=1,
        )
        row = across(IconMark(icon, "rail_text", size=18), words, gap=M, margins=(0, S, 0, S))
        row.setStretch(1, 1)
        column.addLayout(row)
    column.addStretch(2)
    column.addLayout(
        across(
            IconMark("wifi-off", "rail_text", size=18),
            label(
                _("Works without a network. Nothing leaves this laptop until you share."),
                "small",
                tone="rail_text",
                wrap=True,
            ),
            gap=M,
        )
    )
    return holding(column)
