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
    nurse_doing,
    posture_doing,
    release_doing,
    today_doing,
)
from ui.pages.row_page import RowPage

Act = Callable[[RowPage, Due, str], None]
ANSWERS: Mapping[str, Act] = {
    **today_doing.ACTS,
    **chain_doing.ACTS,
    **nurse_doing.ACTS,
    **release_doing.ACTS,
    **choosing_doing.ACTS,
    **handover_doing.ACTS,
    **posture_doing.ACTS,
}


def answer(page: RowPage, due: Due, code: str) -> None:
    """Do what an answer says."""
    if due.key in page.receipts:
        today_doing.after(page, due, code)
    elif code in ANSWERS:
        ANSWERS[code](page, due, code)
    else:
        page.go.emit(today_doing.place_of(due, code, page))
