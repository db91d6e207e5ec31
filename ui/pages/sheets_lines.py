# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The third step: every line, what it becomes and why; decided by key, or beside it.

S takes a line for the likeliest client, N for somebody new, L leaves it for later, X leaves it out.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.casework.sheets.meaning import LATER, NEW, OUT, SAME, TAKEN_IN, Meant, State
from desktop_app.casework.words import _, ngettext
from ui import theme
from ui.kit.buttons import Kind, button
from ui.kit.card import Card, across, down, holding
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.notice import Notice
from ui.kit.pills import FilterPills
from ui.kit.table import Cell, Column, Table
from ui.pages.sheets_deciding import LineSide, choices_of
from ui.pages.sheets_foot import Foot
from ui.pages.sheets_words import WordsPanel, unknown_words
from ui.sheets.job import Looked
from ui.theme import SEMI
from ui.tokens import L, M, S

SIDE = 340
_KEYS = {Qt.Key.Key_N: NEW, Qt.Key.Key_L: LATER, Qt.Key.Key_X: OUT}


class LinesTable(Table):
    """The lines; a letter decides.

    Signals:
        pressed: a `Meant`, and the code of what was decided of it; SAME for the likeliest.
    """

    pressed = Signal(object, str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with a letter."""
        line, plain = self.current_row(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        code = SAME if event.key() == Qt.Key.Key_S else _KEYS.get(Qt.Key(event.key()))
        if code is not None and plain and line is not None:
            self.pressed.emit(line, code)
            return
        super().keyPressEvent(event)


class LinesStep(QWidget):
    """Shows the lines.

    Signals:
        back: to the columns.
        wanted: take them in.
        words: what words of the sheet mean was chosen: codes by code list and folded word.
    """

    back = Signal()
    wanted = Signal()
    words = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.decided: dict[int, str] = {}
        self._looked: Looked | None = None
        self._is_of_clients = True
        self.filter = FilterPills([(each, "") for each in _filters()], _("Lines"), value="all")
        self.filter.chosen.connect(lambda _code: self._list())
        self.table = LinesTable(_("Lines of the sheet"), _columns(self._state_of))
        self.table.chosen.connect(self._show_side)
        self.table.opened.connect(self._to_side)
        self.table.pressed.connect(self._press)
        self.side = LineSide()
        self.side.decided.connect(self._decide)
        self.side.left.connect(self._to_table)
        self.panel: WordsPanel | None = None
        self.say_words = button(_("Say what they &mean"), icon="pencil")
        self.say_words.clicked.connect(self._open_words)
        self.note = Notice("", "warn", buttons=[self.say_words])
        self.foot = Foot("", "package-check")
        self.foot.back.connect(self.back)
        self.foot.wanted.connect(self.wanted)
        QShortcut(QKeySequence("Ctrl+F"), self, self.filter.setFocus)
        self._build()

    def show_lines(self, looked: Looked, *, is_of_clients: bool, keep: bool = False) -> None:
        """Show lines.

        Args:
            looked: what each becomes.
            is_of_clients: whether each is a client.
            keep: whether what was decided of them holds.
        """
        self._looked, self._is_of_clients = looked, is_of_clients
        self.decided = self.decided if keep else {}
        self._close_words()
        unknown = unknown_words(looked.lines)
        self.note.setVisible(bool(unknown))
        said = ngettext(
            "%(n)d word is none of the answers Tandem offers.",
            "%(n)d words are none of the answers Tandem offers.",
            len(unknown),
        ) % {"n": len(unknown)}
        self.note.say(said)
        first = "choose" if looked.counts.get(State.CHOOSE) else "all"
        self.filter.set_value(first)
        self._list()
        self._to_table()

    def start(self) -> None:
        """Put the keyboard into the list."""
        self._to_table()

    def choices(self) -> Mapping[int, str]:
        """Return what was decided, as the reading understands it."""
        return {
            line: OUT if code.startswith(OUT) else code
            for line, code in self.decided.items()
            if code != LATER
        }

    def taken(self) -> int:
        """Return how many lines come in, as things are decided."""
        lines = self._looked.lines if self._looked else ()
        return sum(self._state_of(one) in TAKEN_IN for one in lines)

    def _build(self) -> None:
        card = Card()
        card.add(self.table, 1)
        self._row = across(card, self.side, gap=M)
        self._row.setStretch(0, 1)
        theme.on_change(self._restyle)
        column = down(self.note, self.filter, holding(self._row), gap=S, margins=(L, 0, L, M))
        column.setStretch(2, 1)
        whole = down(column, self.foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.table)

    def _restyle(self) -> None:
        self.side.setFixedWidth(theme.px(SIDE))

    def _list(self) -> None:
        """List what the filter lets through; what is decided then stays where it is."""
        kinds = _filters()[self.filter.value() or "all"][1]
        lines = self._looked.lines if self._looked else ()
        shown = [one for one in lines if not kinds or {self._state_of(one), one.state} & {*kinds}]
        self.table.set_rows(shown)
        if shown and self.table.current_row() is None:
            self.table.setCurrentIndex(self.table.source.index(0, 0))
        self._show_side(self.table.current_row())
        self._count()

    def _count(self) -> None:
        """Say how many lines of each kind there are, as things are decided."""
        lines = self._looked.lines if self._looked else ()
        states = Counter(self._state_of(one) for one in lines)
        for code, (words, kinds) in _filters().items():
            count = sum(states[one] for one in kinds or State)
            self.filter.set_text(code, f"{words} {count:,}")
        self._say()

    def _say(self) -> None:
        count = self.taken()
        words = ngettext("&Take in %(n)s line", "&Take in %(n)s lines", count)
        self.foot.act.set_words(words % {"n": f"{count:,}"})
        self.foot.act.setEnabled(bool(self._looked and self._looked.lines))
        lines = self._looked.lines if self._looked else ()
        states = [self._state_of(one) for one in lines]
        waits = sum(one in (State.CHOOSE, State.NOBODY) for one in states)
        wrong = states.count(State.WRONG)
        head, left = _("Each line comes in whole, or not at all"), _("Nothing is left over.")
        if not lines:
            head = _("There is no line under the names of the columns")
            left = _("Go back, and choose another file.")
        said = [
            ngettext("%(n)d is kept for later.", "%(n)d are kept for later.", waits) % {"n": waits}
            if waits
            else "",
            ngettext("%(n)d is wrong.", "%(n)d are wrong.", wrong) % {"n": wrong} if wrong else "",
        ]
        more = " ".join(filter(None, said)) or left
        self.foot.say([Part(head, weight=SEMI)], [Part(more, "muted")])

    def _state_of(self, line: Meant) -> State:
        """Return what becomes of a line as things are decided."""
        code = self.decided.get(line.line, LATER)
        if code.startswith(SAME):
            return State.FILLS if self._is_of_clients else State.NEW
        if code == NEW:
            return State.NEW
        return State.OUT if code.startswith(OUT) else line.state

    def _press(self, line: Meant, code: str) -> None:
        choices = [one for one, _words in choices_of(line, is_of_clients=self._is_of_clients)]
        found = next((one for one in choices if one.startswith(code)), None)
        if found is None:
            return
        self._decide(line.line, found)
        following = self.table.currentIndex().row() + 1
        if following < len(self.table.source.rows):
            self.table.setCurrentIndex(self.table.source.index(following, 0))
        else:
            self._show_side(line)

    def _decide(self, line: int, code: str) -> None:
        self.decided[line] = code
        self._count()
        self.table.viewport().update()

    def _show_side(self, line: Meant | None) -> None:
        decided = self.decided.get(line.line, LATER) if line is not None else ""
        self.side.show_line(line, decided, is_of_clients=self._is_of_clients)

    def _to_side(self, _line: Meant) -> None:
        self.side.start()

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_words(self) -> None:
        self._close_words()
        panel = WordsPanel(self._looked.lines if self._looked else ())
        panel.chosen.connect(self.words)
        panel.closed.connect(self._close_words)
        panel.setFixedWidth(theme.px(SIDE))
        self.side.hide()
        self.note.hide()  # the panel says the same, and has the filled button
        self.foot.act.set_kind(Kind.PLAIN)
        self._row.addWidget(panel)
        self.panel = panel
        panel.show()
        panel.start()

    def _close_words(self) -> None:
        panel, self.panel = self.panel, None
        if panel is not None:
            within = panel.isAncestorOf(self.window().focusWidget())
            self._row.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.side.show()
            self.note.show()
            self.foot.act.set_kind(Kind.PRIMARY)
            if within:
                self._to_table()


def _filters() -> dict[str, tuple[str, tuple[State, ...]]]:
    """Return the filters, each with its words and what it lets through; nothing for everything."""
    return {
        "all": (_("All"), ()),
        "in": (_("Come in"), TAKEN_IN),
        "choose": (_("To decide"), (State.CHOOSE,)),
        "nobody": (_("No client yet"), (State.NOBODY,)),
        "here": (_("Here already"), (State.HERE,)),
        "wrong": (_("Wrong"), (State.WRONG,)),
    }


def chip_of(state: State) -> ChipText:
    """Return what becomes of a line, as a chip."""
    return {
        State.NEW: ChipText(_("New"), "ok", "plus"),
        State.CHANGES: ChipText(_("Brings up to date"), "info", "refresh-cw"),
        State.FILLS: ChipText(_("Fills in"), "info", "user-check"),
        State.HERE: ChipText(_("Here already"), "neutral", "check"),
        State.CHOOSE: ChipText(_("To decide"), "warn", "circle-help"),
        State.NOBODY: ChipText(_("No client yet"), "warn", "hourglass"),
        State.WRONG: ChipText(_("Wrong"), "bad", "circle-x"),
        State.OUT: ChipText(_("Left out"), "neutral", "minus"),
    }[state]


def _columns(state_of: Callable[[Meant], State]) -> list[Column]:
    return [
        Column("line", _("Line"), lambda one: Cell(f"{one.line:,}", "muted"), 64, at_right=True),
        Column("state", "", lambda one: Cell(chips=(chip_of(state_of(one)),)), 158),
        Column("says", _("What it says"), lambda one: Cell(one.says), 220, stretch=True),
        Column("why", _("Why"), lambda one: Cell(one.why, "muted"), 220, stretch=True, drop=1),
    ]
