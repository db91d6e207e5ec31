# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The steps by which a casebook is got back: one question a page, in the frame of the first run."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QProgressBar, QWidget

from desktop_app.casework.calendar_words import say_date
from desktop_app.casework.words import _
from storage.backup import Backup
from storage.recovery import WORDS
from ui.clock import local
from ui.kit.buttons import HANG, Button, button
from ui.kit.card import across, down, holding
from ui.kit.drop_down import DropDown
from ui.kit.labels import Disc, IconMark, label
from ui.kit.note_edit import NoteEdit
from ui.kit.notice import announce
from ui.kit.word_marks import WordMarks, words_ended
from ui.pages.first_run_steps import Step
from ui.pages.sign_in_trouble import RECOVER, REPAIR, RESTORE, words_of_way
from ui.theme import SEMI
from ui.tokens import XS, M, S


class WaysOut(Step):
    """What is the matter? Three ways out, each with what it needs.

    Signals:
        chosen: "recover", "restore" or "repair".
    """

    chosen = Signal(str)

    def __init__(self, who: str) -> None:
        """Make the step.

        Args:
            who: whose casebook it is, as the sign-in page says.
        """
        super().__init__(
            _("Something is wrong with this casebook"),
            _("%(who)s. Nothing here deletes anything: what is there now is kept beside.")
            % {"who": who},
        )
        self.buttons: dict[str, Button] = {}
        grid = QGridLayout()
        grid.setSpacing(M)
        grid.setColumnStretch(2, 1)
        for line, (way, words) in enumerate(_needs().items()):
            act, icon = words_of_way(way)
            press = button(act, name=f"{act.replace('&', '')}. {words}")
            press.clicked.connect(lambda _on=False, way=way: self.chosen.emit(way))
            for column, piece in enumerate(
                (Disc(icon, "info", size=36), press, label(words, tone="muted", wrap=True))
            ):
                grid.addWidget(piece, line, column)
            self.buttons[way] = press
        self.body.addLayout(grid)
        self.end_without_act()
        self.setFocusProxy(self.buttons[RECOVER])


class Paper(Step):
    """The step for the twelve words on the paper."""

    def __init__(self, act: str) -> None:
        super().__init__(
            _("The recovery words"),
            _(
                "Twelve words, printed when the recovery key was made. Capitals, commas and the "
                "numbers before the words make no difference. They are shown, so that you can "
                "compare them: see that nobody reads along."
            ),
        )
        self.words = OneLine(_("Recovery words"), self._press)
        self._marks = WordMarks(WORDS)
        self.words.typed.connect(lambda text: self._marks.set_typed(words_ended(text, WORDS)))
        self.body.addLayout(
            down(
                label(_("&Words on the paper"), weight=SEMI, buddy=self.words),
                self.words,
                self._marks,
                gap=6,
            )
        )
        self.end_with(act, icon="key-round")
        self.setFocusProxy(self.words)

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not typed yet."""
        return [] if self.words.text().strip() else [(_("Type the twelve words"), self.words)]

    def forget(self) -> None:
        """Leave no word standing in the field."""
        self.words.clear()


class ChooseBackup(Step):
    """The step that finds a backup: a folder, and which of the backups in it."""

    def __init__(self, look: Callable[[], tuple[Path, list[Backup]] | None]) -> None:
        """Make the step.

        Args:
            look: asks for a folder, and returns it with the backups it holds.
        """
        super().__init__(
            _("Which backup?"),
            _(
                "Choose the folder the backups lie in: a stick, another disk, the team's drive. "
                "The backup itself is only read."
            ),
        )
        self._look = look
        self.found: list[Backup] = []
        self.choose = button(_("&Choose the folder"), icon="folder-open")
        self.choose.clicked.connect(self._ask)
        self._where = label(_("No folder chosen yet"), tone="muted", wrap=True)
        self.which = DropDown([], _("Which backup"))
        named = label(_("&From when"), weight=SEMI, buddy=self.which)
        hint = _("Newest first. Take an older one when the newest turns out not to be whole.")
        self._which = holding(
            down(named, self.which, label(hint, "small", tone="muted", wrap=True), gap=XS)
        )
        self._which.hide()
        line = across(self.choose, self._where, gap=M)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(self._which)
        self.end_with(_("&Go on"))
        self.setFocusProxy(self.choose)

    @property
    def backup(self) -> Backup:
        """Return the one that is chosen."""
        return self.found[int(self.which.value())]

    def show_found(self, folder: Path, found: list[Backup]) -> None:
        """Offer what a folder holds."""
        self.found = found
        self._where.setText(str(folder))
        self.which.set_choices([(str(at), said_of(one)) for at, one in enumerate(found)])
        self.which.set_value("0" if found else "")
        self._which.setVisible(bool(found))
        if found:
            self.wrong.hide()
            self.which.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.say_wrong(
                _("There is no backup in this folder: the name of one begins tandem-backup.")
            )
        self._fit()

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not chosen yet."""
        return [] if self.found else [(_("Choose a folder that holds a backup"), self.choose)]

    def _ask(self) -> None:
        looked = self._look()
        if looked is not None:
            self.show_found(*looked)


class Passphrase(Step):
    """The step that asks for the words of a vault which is to be looked at and repaired."""

    def __init__(self) -> None:
        super().__init__(
            _("Check and repair"),
            _(
                "Every page and every record is looked at. When the casebook is whole, nothing is "
                "changed. Else all that can be read goes into a new one, and the damaged one is "
                "kept beside it as it was."
            ),
        )
        self.typed = QLineEdit()
        self.typed.setObjectName("passphrase")
        self.typed.setEchoMode(QLineEdit.EchoMode.Password)
        self.typed.setMaxLength(400)
        named = label(_("Your &passphrase"), weight=SEMI, buddy=self.typed)
        self.body.addLayout(down(named, self.typed, gap=XS))
        self.lost = button(_("I have only the recovery &words"), "quiet", icon="key-round")
        self.body.addLayout(across(self.lost, None, margins=(-HANG, 0, 0, 0)))
        self.end_with(_("&Check it"), icon="life-buoy")
        self.setFocusProxy(self.typed)

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not typed yet."""
        return [] if self.typed.text().strip() else [(_("Type your passphrase"), self.typed)]


class Working(Step):
    """Something is under way: what, how far, and a button that stops it."""

    def __init__(self, title: str, *, steps: int) -> None:
        """Make the step.

        Args:
            title: what is being done.
            steps: about how many steps it takes; 0 when it is one that cannot be stopped.
        """
        super().__init__(title, _("This can take a minute or two. You may leave it alone."))
        self.stopped = False
        self._said = label("", tone="muted", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, steps)
        self.body.addLayout(down(self._said, self._bar, gap=S))
        self.stop = button(_("&Stop"))
        self.stop.clicked.connect(self.stop_now)
        self.stop.setVisible(steps > 0)
        self.body.addLayout(across(None, self.stop))
        self.setFocusProxy(self.stop)

    def show_step(self, words: str) -> None:
        """Say what happens next."""
        if self.stopped:
            return
        self._said.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setValue(min(self._bar.value() + 1, max(self._bar.maximum() - 1, 0)))
        announce(self, words)

    def stop_now(self) -> None:
        """Stop at the next step."""
        self.stopped = True
        self.stop.setEnabled(False)
        self._said.setText(_("Stopping …"))


class Ended(Step):
    """What came of it, sentence by sentence, and the way to the sign-in page."""

    def __init__(self, title: str, said: Sequence[str]) -> None:
        super().__init__(title, "")
        for words in said:
            mark = IconMark("circle-dot", "info")
            row = across(mark, label(words, wrap=True), gap=S)
            row.setStretch(1, 1)
            row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(row)
        self.end_with(_("&Sign in"), icon="lock", may_go_back=False)
        self.setFocusProxy(self.act)
        self.setAccessibleDescription(" ".join(said))


class OneLine(NoteEdit):
    """Words over two lines, in which Enter goes on."""

    def __init__(self, name: str, go_on: Callable[[], None]) -> None:
        super().__init__(name, lines=2)
        self._go_on = go_on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)


def said_of(backup: Backup) -> str:
    """Return a backup in words: when it was made, and how large it is."""
    made = local(backup.at_ms)
    return _("%(day)s, %(time)s (%(size)s)") % {
        "day": say_date(made.date().isoformat()),
        "time": f"{made:%H:%M}",
        "size": said_size(backup.size),
    }


def said_size(size: int) -> str:
    """Return a size in megabytes, at least one tenth of one."""
    return _("%(n)s MB") % {"n": f"{max(size / 1e6, 0.1):.1f}"}


def _needs() -> Mapping[str, str]:
    return {
        RECOVER: _(
            "You have lost your passphrase. You need the twelve words on the recovery paper."
        ),
        RESTORE: _(
            "The laptop is new, or the casebook is beyond repair. You need a backup and the twelve "
            "words."
        ),
        REPAIR: _(
            "Tandem says the casebook is damaged, or you want to be sure. You need your passphrase."
        ),
    }
