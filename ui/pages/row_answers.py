# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What each answer of a row does, by its code: on Today and on every board.

Whoever adds a row with an answer of its own adds its function to the `ACTS` of a module and the
module here. An answer that nothing is done for opens what the row is about.
"""

from collections.abc import Callable, Mapping

from desktop_app.casework.due import Due
from ui.pages import (
    chain_doing,
    choosing_doing,
    handover_doing,
    missing_doing,
    nurse_doing,
    posture_doing,
    release_doing,
    taken_twice_doing,
    today_doing,
)
from ui.pages.row_page import RowPage

Act = Callable[[RowPage, Due, str], None]
ACTING = (
    today_doing,
    chain_doing,
    nurse_doing,
    release_doing,
    choosing_doing,
    handover_doing,
    posture_doing,
    missing_doing,
    taken_twice_doing,
)
"""Whose `ACTS` are done; no two of them act on one code."""
ANSWERS: Mapping[str, Act] = {code: act for module in ACTING for code, act in module.ACTS.items()}


def answer(page: RowPage, due: Due, code: str) -> None:
    """Do what an answer says."""
    if due.key in page.receipts:
        today_doing.after(page, due, code)
    elif code in ANSWERS:
        ANSWERS[code](page, due, code)
    else:
        page.go.emit(today_doing.place_of(due, code, page))
