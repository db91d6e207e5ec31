# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in: whose vault, on which laptop, and the words that open it.

Rules, each with a test:

* The cursor is in the field and Enter opens; the words are covered until somebody asks.
* A wrong try is answered in the same place, the words selected, ready to be typed again.
* After a wrong try there is a wait of a second, then two, then four, never more than a minute; the
  window works meanwhile, and nobody is ever locked out of their own work.
* Wrong tries are told to whoever signs in next.
* The words are gone from the field once they have opened the vault.
* What may be chosen besides, stands there for anybody who finds the laptop: it names no client.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.durable import TRIES
from ui import theme
from ui.capture import CaptureGuard
from ui.clock import Clock
from ui.home import VaultPlace, write_about
from ui.kit.buttons import button
from ui.kit.card import across, down, holding, reading
from ui.kit.labels import Line, Part
from ui.kit.notice import Notice
from ui.pages.sign_in_parts import UnlockCard, WhoPanel, WhoseBand
from ui.pages.sign_in_trouble import trouble_of
from ui.tokens import LOW_BELOW, SLIM_BELOW, XXL, M, S
from ui.worker import Worker

if TYPE_CHECKING:
    from storage.store import Store
    from ui.places import Place

PANEL, PANEL_SLIM = 376, 300
CARD, CARD_SLIM = 600, 560
FOOT = 900
"""Width, at text size 1, below which the foot has room for fewer words."""
TICK_MS = 250


@dataclass(frozen=True, slots=True)
class Opened:
    """A vault that has just been opened.

    Attributes:
        store: the vault.
        place: where it lies.
        unclean: whether it had not been closed the last time: the laptop lost power, say.
        told: what to say of wrong passphrases before; empty when there were none.
        first: where to go at once, instead of staying on Today.
    """

    store: "Store"
    place: VaultPlace
    unclean: bool = False
    told: str = ""
    first: "Place | None" = None


class SignIn(QWidget):
    """The sign-in page.

    Signals:
        opened: an `Opened`; the store now belongs to whoever listens.
        first_run: somebody wants a vault this laptop does not have yet.
        rescue_wanted: the `VaultPlace` that will not open, and a way out, empty when none is said.
        guard_chosen: whether windows are to be kept out of pictures.
        help_wanted: F1.
    """

    opened = Signal(object)
    first_run = Signal()
    rescue_wanted = Signal(object, str)
    guard_chosen = Signal(bool)
    help_wanted = Signal(str)
    help_topic = "sign_in"

    def __init__(
        self,
        places: Sequence[VaultPlace],
        *,
        clock: Clock,
        passphrase: str = "",
        guard: CaptureGuard | None = None,
    ) -> None:
        """Build the page.

        Args:
            places: the vaults of this laptop; the first is chosen.
            clock: tells the time.
            passphrase: in a made-up team, what opens every one of them.
            guard: what keeps windows out of pictures; offered to be switched where it can.
        """
        super().__init__()
        self.setAccessibleName(_("Sign in"))
        self._guard = guard
        self._place = places[0]
        self._clock = clock
        self._told = passphrase
        self._worker = Worker("unlock", self)
        self._worker.failed.connect(self._refused)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._wait)
        self._panel = WhoPanel()
        self.card = UnlockCard()
        self.card.tried.connect(self.unlock)
        self.card.way_wanted.connect(self._ask_rescue)
        self.band: WhoseBand | None = None
        if len(places) > 1 or passphrase:
            self.band = WhoseBand(places, told=passphrase)
            self.band.chosen.connect(self.choose)
            self.band.fill_wanted.connect(self.fill_in)
        self._lay_out()
        self.choose(self._place)
        theme.look().changed.connect(self._fit)

    @property
    def passphrase(self) -> QLineEdit:
        """Return the field the words are typed into."""
        return self.card.passphrase

    @property
    def wrong(self) -> Notice:
        """Return where it is said that something went wrong."""
        return self.card.wrong

    def choose(self, place: VaultPlace) -> None:
        """Turn to another vault of this laptop."""
        self._place = place
        opened = place.about.opened
        words = say_moment(opened, self._clock.today()) if opened else _("Never on this laptop")
        self._panel.show_place(place, words)
        self.card.set_recovery(there=_has_recovery(place))
        self.card.clear_notices()
        self._wait()
        self.passphrase.setFocus()

    def fill_in(self) -> None:
        """Type the made-up team's passphrase."""
        self.passphrase.setText(self._told)
        self.passphrase.setFocus()

    def unlock(self) -> None:
        """Try the words that stand in the field."""
        if self._worker.busy or self._tick.isActive():
            return
        place, words, now = self._place, self.passphrase.text(), self._clock.now()
        now_ms = self._clock.now_ms()
        self.card.clear_notices()
        self.card.set_busy(busy=True)
        opened = now.isoformat(timespec="minutes")

        def open_it() -> Opened:
            # The page is seen sooner without these; they are read while the words are typed.
            from storage import entry, tries  # noqa: PLC0415

            entered = entry.enter(place.folder, words, now_ms=now_ms)
            with suppress(CaseworkError):  # a full disk keeps nobody out of their own casebook
                write_about(place.folder, replace(place.about, opened=opened))
            told = tries.told(entered.tries)
            return Opened(entered.store, place, unclean=entered.unclean, told=told)

        self._worker.do(open_it, self._let_in, owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel less room in a small window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide, low = self.width() >= SLIM_BELOW, self.height() < LOW_BELOW
        panel = PANEL if wide else PANEL_SLIM
        self._panel.setFixedWidth(panel)
        self._panel.set_low(low=low)
        self.card.set_low(low=low)
        room = self.width() - panel - 2 * M
        self.card.setFixedWidth(min(room, theme.px(CARD if wide else CARD_SLIM)))
        roomy = self.width() >= theme.px(FOOT)
        self._helps.set_words(_("Help") if roomy else "")
        self._calm.setVisible(self._foot_wants() <= self.width() - panel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 opens help."""
        if event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit(self.help_topic)
        super().keyPressEvent(event)

    def close_down(self) -> None:
        """End the thread."""
        self._worker.close()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        if self.band is not None:
            right.addWidget(self.band)
        middle = down(None, across(None, self.card, None), None, margins=(M, S, M, S))
        right.addWidget(reading(holding(middle)), 1)
        right.addLayout(self._foot())
        whole = across(self._panel, holding(right), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _foot(self) -> QVBoxLayout:
        self.rescue = button(_("Something is &wrong"), "quiet", icon="life-buoy")
        self.rescue.clicked.connect(lambda: self._ask_rescue(""))
        new = button(_("&Another person or team"), "quiet", icon="user-plus")
        new.clicked.connect(self.first_run)
        self._helps = helps = button(_("Help"), "quiet", icon="circle-help", name=_("Help (F1)"))
        helps.clicked.connect(lambda: self.help_wanted.emit(self.help_topic))
        calm = _("Wrong tries lock nobody out.")
        self._calm = Line([Part(calm, "muted")], "small")
        buttons = [*self._guard_switch(), self.rescue, new, helps]
        self._foot_pieces = [self._calm, *buttons]
        row = across(self._calm, None, *buttons, gap=S)
        row.setStretch(0, 100)  # all the room to the words, as long as they stand here
        return down(row, margins=(XXL, S, M, S))

    def _foot_wants(self) -> int:
        """Return how wide the foot is with every word in it."""
        return XXL + M + sum(one.sizeHint().width() + S for one in self._foot_pieces)

    def _guard_switch(self) -> list[QWidget]:
        """Return the switch that lets remote help see the window, where it would not."""
        if self._guard is None or not self._guard.possible:
            return []
        words = _("&Let remote help see this")
        switch = button(words, "quiet", icon="eye", name=_("Let remote help see this window"))
        switch.setCheckable(True)
        switch.setChecked(not self._guard.on)
        switch.toggled.connect(lambda seen: self.guard_chosen.emit(not seen))
        self.guard_switch = switch
        return [switch]

    def _let_in(self, opened: Opened) -> None:
        self.passphrase.clear()
        self.card.set_busy(busy=False)
        self.opened.emit(opened)

    def _refused(self, error: CaseworkError) -> None:
        self.card.say_wrong(trouble_of(error))
        self._wait()

    def _wait(self) -> None:
        """Show how long it is until words may be tried again, and look again in a moment."""
        seconds = 0
        if (self._place.folder / TRIES).exists():
            from storage import tries  # noqa: PLC0415  as above

            seconds = tries.wait_s(self._place.folder, self._clock.now_ms())
        self.card.set_wait(seconds)
        if bool(seconds) != self._tick.isActive():
            self._tick.start() if seconds else self._tick.stop()

    def _ask_rescue(self, way: str) -> None:
        self.rescue_wanted.emit(self._place, way)


def _has_recovery(place: VaultPlace) -> bool:
    """Say whether a vault says of itself that it has a recovery key; not proven, only offered."""
    try:
        raw = (place.folder / "vault.keys").read_bytes()
        return b'"recovery"' in raw or b'"team"' in raw
    except OSError:
        return False
