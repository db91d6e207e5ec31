# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The foot of the fast track: how many days each leg takes, beside what was promised (R19, R91).

It is asked for only where the board is shown, after its rows, and moves none of them; nobody is
named by it.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.casework.codes import codes
from desktop_app.casework.fast_track import LegFigures, figures
from desktop_app.casework.treatment import Episode, Step
from desktop_app.casework.words import _
from storage import boards, reads
from storage.store import Store
from ui.consulting import nothing
from ui.kit.labels import label
from ui.session import Session
from ui.team_limits import limits_of
from ui.theme import SEMI
from ui.tokens import L

BOARD = "fast_track"
DAYS = 91
"""Days back: a leg counts that ended in them."""


class LegsFoot(QWidget):
    """Four legs side by side; hidden on every other board, and while a panel is open."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 2, 10, 4)
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(0)
        self.legs: list[_Leg] = []
        self._wanted = False
        self.hide()

    def show_board(self, name: str) -> None:
        """Ask for the figures, on the board they belong to."""
        self._wanted = name == BOARD
        if not self._wanted:
            self.hide()
            return
        today = self._session.today()
        self._session.ask(
            lambda store: legs_of(store, today),
            self._show,
            shows=nothing,
            owner=self,
            name="legs",
            later=True,
        )

    def _show(self, found: tuple[Sequence[LegFigures], int]) -> None:
        legs, few = found
        self.legs = self.legs or [_Leg(self._grid, column) for column in range(len(legs))]
        for leg, each in zip(legs, self.legs, strict=True):
            each.say(leg, few)
        self.setVisible(self._wanted and any(one.days or one.still for one in legs))


class _Leg:
    """One leg: what it leads to, its median, and of how many."""

    def __init__(self, grid: QGridLayout, column: int) -> None:
        self.what = label("", "small", tone="muted", wrap=True)
        self.median = label("", weight=SEMI)
        self.of = label("", "small", tone="muted", wrap=True)
        for row, one in enumerate((self.what, self.median, self.of)):
            grid.addWidget(one, row, column)
        grid.setColumnStretch(column, 1)

    def say(self, leg: LegFigures, few: int) -> None:
        step = codes("treatment_step").label(leg.step)
        figure, of = leg.told(few)
        self.what.setText(step)
        known = leg.median(few) is not None
        self.median.setText(_("Median %(days)s") % {"days": figure} if known else figure)
        self.of.setText(of)
        self.median.setAccessibleName(f"{step}: {leg.words(few)}")


def legs_of(store: Store, today: date) -> tuple[Sequence[LegFigures], int]:
    """Return every leg over the last weeks, and how few are no figure. On the store's thread."""
    limits = limits_of(store)
    clients = {one.client for one in reads.records(store, form=Episode.form)}
    files = boards.case_files(store, clients, (Episode.form, Step.form, "setting"))
    people = {file.client.id: file for file in files.values()}
    since = today - timedelta(days=DAYS - 1)
    return figures(people.values(), since, today, limits.fast_track), limits.fast_track.few
