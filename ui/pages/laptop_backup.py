# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The backup card: when the last one was made, where it lies, make one now, which are kept."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui.exchange_run import Stage
from ui.kit.buttons import Kind, button
from ui.kit.card import Card, across, clear, down, holding
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import Disc, IconMark, Line, Part, Rule, label
from ui.kit.notice import Notice, announce
from ui.pages.laptop_words import Standing, said_backup, said_how_many, said_kept
from ui.theme import SEMI
from ui.tokens import XS, M, S
from ui.upkeep_state import State


class StandingRow(QWidget):
    """How something stands: a disc, a sentence, and under it what it means."""

    def __init__(self) -> None:
        super().__init__()
        self._disc = QVBoxLayout()
        self._head = label("", "h3", weight=SEMI, wrap=True)
        self._detail = label("", tone="muted", wrap=True)
        row = across(self._disc, down(self._head, self._detail, gap=2), gap=M)
        row.setStretch(1, 1)
        self.setLayout(row)

    def show_standing(self, standing: Standing) -> None:
        """Show how it stands."""
        clear(self._disc)
        self._disc.addWidget(Disc(standing.icon, standing.tone, size=40))
        self._disc.addStretch(1)
        self._head.setText(standing.head)
        self._detail.setText(standing.detail)
        self._detail.setVisible(bool(standing.detail))
        self.setAccessibleName(f"{standing.head}. {standing.detail}")

    def text(self) -> str:
        """Return its words."""
        return f"{self._head.text()}. {self._detail.text()}"


class Progress(QFrame):
    """How far something is: words, a bar, and a button that stops it.

    Signals:
        stop: stop at the next step.
    """

    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words, self._bar = Line([]), QProgressBar()
        self._bar.setTextVisible(False)
        self.stop_button = button(_("S&top"), small=True)
        self.stop_button.clicked.connect(self.stop)
        self.setLayout(down(across(self._words, self.stop_button), self._bar, gap=XS))
        self.hide()

    def show_stage(self, stage: Stage) -> None:
        """Show how far it is."""
        self._words.set_parts([Part(stage.words, "muted")])
        self._bar.setAccessibleName(stage.words)
        self._bar.setRange(0, stage.all)
        self._bar.setValue(stage.done)
        announce(self, stage.words)

    def text(self) -> str:
        """Return what is being done."""
        return self._words.text()


class BackupCard(Card):
    """The card.

    Signals:
        wanted: make a backup now.
        folder_wanted: choose a folder for backups.
        keys_wanted: see to the recovery key there is none of.
    """

    wanted = Signal()
    folder_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(gap=M)
        self.setAccessibleName(_("Backup"))
        self.standing, self.progress = StandingRow(), Progress()
        self.outcome, self.trouble = Notice("", "ok"), Notice("", "warn")
        self._where = label("", weight=SEMI, wrap=True)
        self._disk = Chip("", "neutral")
        where = across(IconMark("folder-open", size=18), self._where, self._disk, gap=S)
        where.setStretch(1, 1)
        self._place = holding(where)
        self.now = button(_("&Back up now"), "primary", icon="archive")
        self.now.clicked.connect(self.wanted)
        self.choose = button(_("Choose a &folder"), icon="folder-open")
        self.choose.clicked.connect(self.folder_wanted)
        self.keys = button(_("Passphrase and &keys"), "primary", icon="key-round")
        self.keys.clicked.connect(self.keys_wanted)
        self._kept = QVBoxLayout()
        self._kept.setSpacing(6)
        for piece in (self.standing, self.progress, self.outcome, self.trouble, self._place):
            self.add(piece)
        self.add(across(self.now, self.choose, self.keys, None, gap=S))
        self.add(self._kept)
        self.clear_notices()

    def clear_notices(self) -> None:
        """Take away what was said before."""
        self.outcome.hide()
        self.trouble.hide()

    def say(self, notice: Notice, words: str) -> None:
        """Say what came of a backup."""
        self.clear_notices()
        notice.say(words)
        notice.show()
        notice.announce()

    def show_state(self, state: State, *, now_ms: int, today: date) -> None:
        """Show how it stands."""
        self.standing.show_standing(said_backup(state, now_ms=now_ms, today=today))
        chosen = bool(state.known.folder)
        self._place.setVisible(chosen)
        self._where.setText(state.known.folder)
        self._disk.set_chip(_disk_of(state))
        self.now.setVisible(chosen and state.recovery)
        self.choose.set_words(_("Choose another &folder") if chosen else _("Choose a &folder"))
        self.choose.set_kind(Kind.PLAIN if chosen else Kind.PRIMARY)
        self.choose.setVisible(state.recovery)
        self.keys.setVisible(state.looked and not state.recovery)
        self._show_kept(state, today)

    def set_running(self, *, running: bool) -> None:
        """Show how far it is instead of the buttons, or the buttons again."""
        self.progress.setVisible(running)
        self.now.setEnabled(not running)
        self.choose.setEnabled(not running)

    def _show_kept(self, state: State, today: date) -> None:
        clear(self._kept)
        kept = state.lying.backups
        if not kept:
            return
        self._kept.addWidget(Rule())
        self._kept.addWidget(label(said_how_many(len(kept)), weight=SEMI))
        for at, one in enumerate(kept):
            said = label(said_kept(at, one.at_ms, one.size, today), wrap=True)
            row = across(IconMark("circle-check", "ok"), said, gap=S)
            row.setStretch(1, 1)
            self._kept.addWidget(holding(row))
        hint = _("Kept are the newest of each of seven days and of each of four weeks.")
        self._kept.addWidget(label(hint, "small", tone="muted", wrap=True))


def _disk_of(state: State) -> ChipText:
    if not state.lying.there:
        return ChipText(_("Not there now"), "warn", "unlink")
    if state.lying.same_disk is False:
        return ChipText(_("Another disk"), "ok", "check")
    return ChipText(_("This laptop's own disk"), "warn", "laptop")
