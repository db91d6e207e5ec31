# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One question a page: the frame the first-run steps stand in, and two steps all of them share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.names import problem_in, tidy
from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import HANG, Button, button
from ui.kit.card import across, down, ground, holding, reading
from ui.kit.keycap import Keycap
from ui.kit.labels import IconMark, label
from ui.kit.notice import Notice
from ui.kit.problem_summary import ProblemSummary
from ui.kit.tick_box import TickBox
from ui.theme import BOLD, SEMI
from ui.tokens import XL, XS, L, M, S

FOLDER = "folder"
"""The answer that is a place on the disk and no name."""

WIDE, SMALL = 640, 560


@dataclass(frozen=True, slots=True)
class Question:
    """One line to fill in.

    Attributes:
        name: of its answer, and of the field.
        label: the question, with its Alt letter.
        hint: one line under it.
        value: what stands in it at first.
        required: what to say when it is left empty; empty when it may be.
    """

    name: str
    label: str
    hint: str = ""
    value: str = ""
    required: str = ""


class Step(QWidget):
    """One page of the first run: a title, a body, Back and one filled button.

    Signals:
        forward: the button was pressed, and nothing is missing.
        back: the step before is wanted.
    """

    forward = Signal()
    back = Signal()

    def __init__(self, title: str, lead: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.body = down(gap=M)
        self.problems = ProblemSummary(safe=_("Nothing has been done yet."))
        self.wrong = Notice("", "bad")
        self.wrong.hide()
        self._foot = across(gap=S, margins=(-HANG, 0, 0, 0))
        self.card: QFrame = ground("card")
        self._lines = down(
            label(title, "h1", weight=BOLD),
            label(lead, tone="muted", wrap=True),
            self.problems,
            self.wrong,
            S,
            self.body,
            M,
            self._foot,
            gap=S,
            margins=(XL, XL, XL, L),
        )
        self.card.setLayout(self._lines)
        self.card.installEventFilter(self)
        middle = across(None, self.card, None, margins=(L, S, L, S))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(reading(holding(down(None, middle, None))))
        theme.look().changed.connect(self._fit_soon)

    def end_with(self, act: str, *, icon: str = "", may_go_back: bool = True) -> None:
        """Put the buttons under the body; last, so that Tab comes to them last."""
        self.act: Button = button(act, "primary", icon=icon)
        self.act.setMinimumWidth(160)
        self.act.clicked.connect(self._press)
        if may_go_back:
            self.end_without_act()
        else:
            self._foot.addStretch(1)
        self._foot.addWidget(Keycap(_("Enter")))
        self._foot.addWidget(self.act)
        if may_go_back:
            QWidget.setTabOrder(self.act, self.backward)

    def end_without_act(self) -> None:
        """Put only the way back under the body: what goes on stands in it."""
        self.backward: Button = button(_("&Back"), "quiet", icon="arrow-left")
        self.backward.clicked.connect(self.back)
        self._foot.addWidget(self.backward)
        self._foot.addStretch(1)

    def say_wrong(self, words: str) -> None:
        """Show what went wrong, in place."""
        self.wrong.say(words)
        self.wrong.show()
        self.wrong.announce()
        self._fit()

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what must be put right first."""
        return ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from wherever the keyboard is, as the key beside the button says."""
        act: Button | None = getattr(self, "act", None)
        if act is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            act.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card one readable column wide."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the card again when something in it appears, goes or grows."""
        # Asked still while garbage is taken apart: then the card is no longer known by name.
        card = getattr(self, "card", None)
        if watched is card and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _mark(self, wrong: Sequence[QWidget]) -> None:
        """Draw the red edge round what must be put right, and nowhere else."""
        for field in self.findChildren(QLineEdit):
            field.setProperty("wrong", "true" if field in wrong else "false")
            field.style().unpolish(field)
            field.style().polish(field)

    def _fit_soon(self) -> None:
        # What stands in the card has its new height only a moment after the text size changed.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        # A layout asks wrapped words how high they are at their narrowest; the card knows better.
        wide = min(theme.px(WIDE), max(SMALL, self.width() - 80))
        self.card.setFixedSize(wide, self._lines.totalHeightForWidth(wide))

    def _press(self) -> None:
        self.wrong.hide()
        found = self.missing()
        self.problems.show_problems(found)
        self._mark([field for _words, field in found])
        self._fit()
        if not found:
            self.forward.emit()


class Questions(Step):
    """A step of lines to fill in, and perhaps a folder to choose."""

    def __init__(
        self,
        title: str,
        lead: str,
        questions: Sequence[Question],
        *,
        act: str,
        choose_folder: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(title, lead)
        self._questions = questions
        self.fields: dict[str, QLineEdit] = {}
        for one in questions:
            self._add(one, choose_folder if one.name == FOLDER else None)
        self.end_with(act)
        self.setFocusProxy(next(iter(self.fields.values())))

    def answers(self) -> dict[str, str]:
        """Return what was filled in, without spaces around it."""
        typed = {name: field.text() for name, field in self.fields.items()}
        return {
            name: said.strip() if name == FOLDER else tidy(said) for name, said in typed.items()
        }

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return the lines left empty that may not be."""
        given = self.answers()
        empty = [
            (one.required, self.fields[one.name])
            for one in self._questions
            if one.required and not given[one.name]
        ]
        names = ((name, problem_in(said)) for name, said in given.items() if name != FOLDER)
        return [*empty, *((wrong, self.fields[name]) for name, wrong in names if wrong)]

    def _add(self, one: Question, choose_folder: Callable[[], str] | None) -> None:
        field = QLineEdit(one.value)
        field.setObjectName(one.name)
        field.setMaxLength(200)
        self.fields[one.name] = field
        pieces: list[QWidget] = [label(one.label, weight=SEMI, buddy=field)]
        if one.hint:
            pieces.append(label(one.hint, "small", tone="muted", wrap=True))
        if choose_folder is None:
            pieces.append(field)
        else:
            choose = button(_("&Choose"), icon="folder-open", name=_("Choose a folder"))
            choose.clicked.connect(lambda: field.setText(choose_folder() or field.text()))
            pieces.append(holding(across(field, choose)))
        self.body.addLayout(down(*pieces, gap=XS))


class Words(Step):
    """The step that makes a passphrase and sees that it was written down."""

    def __init__(self, make: Callable[[], str], *, act: str = "") -> None:
        """Show a generated passphrase.

        Args:
            make: returns another passphrase of five words.
            act: what the filled button says; that it makes a casebook, unless said otherwise.
        """
        super().__init__(
            _("Your passphrase"),
            _(
                "These words open your casebook on this laptop. Nobody can "
                "look them up for you. Write them down, keep the paper away from the laptop, and "
                "destroy it when you know them."
            ),
        )
        self._make = make
        self.passphrase = make()
        self._shown = label(self.passphrase, "h2", weight=BOLD, wrap=True)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        other = button(_("&Other words"), "quiet", icon="refresh-cw")
        other.clicked.connect(self._again)
        box = ground("accent")
        line = across(self._shown, other, gap=M, margins=(L, M, M, M))
        line.setStretch(0, 1)
        box.setLayout(line)
        self.body.addWidget(box)
        self.typed = QLineEdit()
        self.typed.setObjectName("typed")
        self.body.addLayout(
            down(
                label(_("&Type them once from your paper"), weight=SEMI, buddy=self.typed),
                self.typed,
                gap=XS,
            )
        )
        self.paper = TickBox(_("I have written them &down, and the paper is not with the laptop"))
        self.body.addWidget(self.paper)
        self.end_with(act or _("&Make my casebook"), icon="lock")
        QWidget.setTabOrder(self.act, other)  # the words are to be typed, not changed
        self.setFocusProxy(self.typed)

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not done yet."""
        found: list[tuple[str, QWidget]] = []
        typed = " ".join(self.typed.text().casefold().split())
        if typed != self.passphrase:
            found.append((_("Type the five words as they stand above"), self.typed))
        if not self.paper.isChecked():
            found.append((_("Say that you have written the words down"), self.paper))
        return found

    def _again(self) -> None:
        self.passphrase = self._make()
        self._shown.setText(self.passphrase)
        self.typed.clear()


class Compare(Step):
    """The step that shows the six words, and waits until the coordinator lets this laptop in."""

    def __init__(self) -> None:
        super().__init__(
            _("Compare six words"),
            _(
                "Your request is in the team folder. Ring your coordinator, or stand beside them: "
                "their screen shows six words for you. Read them aloud. If even one differs, stop."
            ),
        )
        self._words = label("", "h1", weight=BOLD, wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = ground("accent")
        box.setLayout(down(self._words, margins=(L, L, L, L)))
        self.body.addWidget(box)
        self._said = label("", tone="muted", wrap=True)
        line = across(IconMark("hourglass", "muted", size=18), self._said, gap=S)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.end_with(_("&Look again"), icon="refresh-cw")
        self.setFocusProxy(self.act)

    def show_words(self, words: Sequence[str]) -> None:
        """Show the six words."""
        self._words.setText("   ".join(words))
        self._said.setText(_("Waiting for your coordinator. You may close Tandem and come back."))

    def say(self, words: str) -> None:
        """Say how it stands."""
        self._said.setText(words)


def new_team(choose_folder: Callable[[], str]) -> Questions:
    """Return what is asked of a coordinator whose team is new to Tandem."""
    name = Question(
        "team",
        _("Name of the &team"),
        _("As your partners know it."),
        required=_("Give the team a name"),
    )
    return Questions(
        _("A new team"),
        _("You become its coordinator: this laptop signs who belongs to the team."),
        [name, *_who(_("Insp. M. Lowe")), _folder()],
        act=_("&Go on"),
        choose_folder=choose_folder,
    )


def join_team(choose_folder: Callable[[], str]) -> Questions:
    """Return what is asked of somebody who was invited."""
    return Questions(
        _("Join a team"),
        _("Your coordinator has put an invitation into the team folder, or on a stick."),
        [*_who(_("K. Osei")), _folder()],
        act=_("&Go on"),
        choose_folder=choose_folder,
    )


def _who(example: str) -> list[Question]:
    return [
        Question(
            "name",
            _("&Your name"),
            _("As colleagues write it, such as %(example)s.") % {"example": example},
            required=_("Give your name"),
        ),
        Question("agency", _("Your &agency"), required=_("Say who employs you")),
        Question(
            "laptop",
            _("Name of this &laptop"),
            _("What stands on its label."),
            required=_("Give the laptop a name"),
        ),
    ]


def _folder() -> Question:
    return Question(
        "folder",
        _("Team &folder"),
        _("On the file service every laptop can reach, or on a stick."),
        required=_("Choose the team folder"),
    )
