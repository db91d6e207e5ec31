# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Recovery words on their way to paper, and tried from it.

Rules, each with a test:

* The words are shown once, and made into a page only where somebody chooses to; never over a file.
* They are gone from the screen while two of them are asked back.
* Nothing is sealed to a key before its words were asked back.
* Words that were typed are gone from the field once they have done their work.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.letters import set_apart
from desktop_app.casework.words import _
from desktop_app.reports.recovery_page import keeper_page, recovery_page
from storage import recovery
from storage.durable import write_whole
from storage.secret import normalise, wipe
from sync.keepers import PAPERS, new_paper
from ui.dialogs import Dialogs
from ui.kit.buttons import HANG, button
from ui.kit.card import across, down, ground
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.tick_box import TickBox
from ui.pages.first_run_steps import Step
from ui.theme import BOLD, SEMI
from ui.tokens import XS, L, M, S

COLUMNS, ASKED = 3, 2


class Keeper(NamedTuple):
    """Whose paper it is, and the how-many-eth."""

    number: int
    name: str


class NewPaper(QObject):
    """A recovery key, from the moment it is made until its words are known to be on paper.

    Signals:
        shown: a step to show.
        back: the step before is wanted.
        done: the public half; its words are on paper, and nowhere else any more.
    """

    shown = Signal(object)
    back = Signal()
    done = Signal(bytes)

    def __init__(
        self,
        parent: QObject,
        dialogs: Dialogs,
        *,
        team: str,
        laptop: str,
        day: date,
        keeper: Keeper | None = None,
    ) -> None:
        """Make a recovery key, or a keeper's.

        Args:
            parent: ends with it.
            dialogs: asks where the page goes.
            team: the team whose key it is; empty for one laptop's.
            laptop: the laptop whose key it is; empty for a team's.
            day: today.
            keeper: whose paper it is, when it is to sign; None for a recovery key.
        """
        super().__init__(parent)
        self._dialogs, self._team, self._laptop, self._day = dialogs, team, laptop, day
        self._keeper = keeper
        if keeper is not None:
            self.words, self._public = new_paper()
            return
        seed = recovery.new_seed()
        self.words, self._public = recovery.words_of(seed), recovery.public_of(seed)
        wipe(seed)

    def begin(self) -> None:
        """Show the words."""
        step = PaperWords(self.words, self._save, for_team=bool(self._team), keeper=self._keeper)
        step.back.connect(self.back)
        step.forward.connect(self._ask)
        self.shown.emit(step)

    def _ask(self) -> None:
        step = PaperAsked(self.words)
        step.back.connect(self.back)
        step.forward.connect(lambda: self.done.emit(self._public))
        self.shown.emit(step)

    def _save(self) -> str:
        """Write the page where somebody chooses; return what to say."""
        title = _("The page to print")
        if self._keeper is None:
            path = self._dialogs.save_file(title, suggest="recovery.pdf")
        else:
            path = self._dialogs.save_file(title, suggest="keeper.pdf")
        if path is None:
            return ""
        if path.exists():
            return _("There is a file of this name already. Choose another name.")
        try:
            write_whole(path, self._page())
        except CaseworkError as error:
            return str(error)
        return _("The page is there: %(name)s. Print it, then delete the file.") % {
            "name": path.name
        }

    def _page(self) -> bytes:
        one = self._keeper
        if one is None:
            return recovery_page(self.words, laptop=self._laptop, team=self._team, day=self._day)
        return keeper_page(
            self.words, team=self._team, keeper=one.name, number=one.number, day=self._day
        )


class PaperWords(Step):
    """The step that shows twelve words once."""

    def __init__(
        self,
        words: Sequence[str],
        save: Callable[[], str],
        *,
        for_team: bool,
        keeper: Keeper | None = None,
    ) -> None:
        super().__init__(*_told(for_team=for_team, keeper=keeper))
        self.body.addWidget(_sheet(words))
        self.saved = Notice("", "info")
        self.saved.hide()
        self.save = button(_("&Make a page to print"), icon="printer")
        self.save.clicked.connect(lambda: self._tell(save()))
        hint = label(
            _("Or write them by hand, with their numbers."), "small", tone="muted", wrap=True
        )
        line = across(self.save, hint, gap=M)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.saved)
        self.paper = TickBox(_("They are on paper, and the paper is &kept away from the laptop"))
        self.body.addWidget(self.paper)
        self.end_with(_("&Go on"))
        self.setFocusProxy(self.save)

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not done yet."""
        if self.paper.isChecked():
            return ()
        return [(_("Put the words on paper, and say so"), self.paper)]

    def _tell(self, words: str) -> None:
        if words:
            self.saved.say(words)
            self.saved.show()
            self.saved.announce()


class PaperAsked(Step):
    """The step that asks two of the words back."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(
            _("Two words from your paper"),
            _("To be sure that the paper can be read. Back shows all twelve once more."),
        )
        self._words = words
        self.at = sorted(random.SystemRandom().sample(range(len(words)), ASKED))
        self.fields: list[QLineEdit] = []
        for at in self.at:
            field = QLineEdit()
            field.setObjectName(f"word {at + 1}")
            said = _("Word %(n)d") % {"n": at + 1}
            self.body.addLayout(down(label(said, weight=SEMI, buddy=field), field, gap=XS))
            self.fields.append(field)
        self.end_with(_("&Go on"), icon="check")
        self.setFocusProxy(self.fields[0])

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return the words that are not as on the paper."""
        none, wrong = _("Type word %(n)d"), _("Word %(n)d is not the one that was shown")
        return [
            ((wrong if field.text().strip() else none) % {"n": at + 1}, field)
            for at, field in zip(self.at, self.fields, strict=True)
            if normalise(field.text()) != self._words[at]
        ]


class Drill(Step):
    """The step that tries the team's words once, from the paper itself.

    Signals:
        later: the paper is not at hand.
    """

    later = Signal()

    def __init__(self) -> None:
        super().__init__(
            _("Try the team's recovery words"),
            _(
                "Ask for the paper, or have its twelve words read to you, and type them once. They "
                "open this laptop's casebook for a moment, and are not kept. Then you know that a "
                "lost passphrase is not the end."
            ),
        )
        self.words = QLineEdit()
        self.words.setObjectName("words")
        self.words.setMaxLength(400)
        self.body.addLayout(
            down(
                label(_("The &twelve words, in their order"), weight=SEMI, buddy=self.words),
                self.words,
                gap=XS,
            )
        )
        wait = button(_("The paper is not &here"), "quiet")
        wait.clicked.connect(self.later)
        self.body.addLayout(across(wait, None, margins=(-HANG, 0, 0, 0)))
        self.end_with(_("T&ry them"), icon="key-round")
        self.setFocusProxy(self.words)

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not done yet."""
        return [] if self.words.text().strip() else [(_("Type the twelve words"), self.words)]

    def taken(self) -> str:
        """Return the words, and leave none in the field."""
        words = self.words.text()
        self.words.clear()
        return words


def _told(*, for_team: bool, keeper: Keeper | None) -> tuple[str, str]:
    """Return the heading of twelve words, and what they are for."""
    if keeper is not None:
        return (
            _("Keeper's paper %(n)d of %(of)d: %(who)s")
            % {"n": keeper.number, "of": PAPERS, "who": set_apart(keeper.name)},
            _(
                "These twelve words sign, together with another keeper's, who coordinates the "
                "team. They open nothing and show nobody's records. They are shown once and kept "
                "nowhere: only on this paper."
            ),
        )
    if for_team:
        return (
            _("The team's recovery words"),
            _(
                "These twelve words open the casebook of every laptop in the team when a "
                "passphrase is lost, and every backup. They are shown once and kept nowhere: only "
                "on your paper."
            ),
        )
    return (
        _("This laptop's recovery words"),
        _(
            "These twelve words open this laptop's casebook when its passphrase is lost, and "
            "its backups. They are shown once and kept nowhere: only on your paper."
        ),
    )


def _sheet(words: Sequence[str]) -> QFrame:
    """Return all the words with their numbers, in columns."""
    grid = QGridLayout()
    grid.setContentsMargins(L, M, L, M)
    grid.setHorizontalSpacing(L)
    rows = -(-len(words) // COLUMNS)
    for at, word in enumerate(words):
        line = across(_number(at + 1), label(word, "h3", weight=BOLD), None, gap=S)
        grid.addLayout(line, at % rows, at // rows)
    box = ground("accent")
    box.setLayout(grid)
    box.setAccessibleName("  ".join(f"{at} {word}" for at, word in enumerate(words, 1)))
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return box


def _number(n: int) -> QLabel:
    shown = label(str(n), tone="muted")
    shown.setFixedWidth(28)
    shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return shown
