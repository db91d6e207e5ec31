# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What each answer of a row does, by its code: on Today and on every board.

Whoever adds a row with an answer of its own adds its function to the `ACTS` of a module and the
module here. An answer that nothing is done for opens what the row is about.
"""

from collections.abc import Callable, Mapping

from desktop_app.casework.audit import sight
from desktop_app.casework.due import CaseFile, Due
from ui.pages import (
    agreements_doing,
    asking_doing,
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
from ui.pages.today_facts import case_file, ids_of

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
    asking_doing,
    agreements_doing,
)
"""Whose `ACTS` are done; no two of them act on one code."""
ANSWERS: Mapping[str, Act] = {code: act for module in ACTING for code, act in module.ACTS.items()}


def answer_row(page: RowPage, key: str, code: str, where: str) -> None:
    """Answer a row, with the whole case file of its client at hand.

    Args:
        page: the page it stands on.
        key: of the row.
        code: of the answer.
        where: what the audit calls the page.
    """
    due = page.due(key)
    if due is None:
        return
    if not due.client:
        answer(page, due, code)
        return

    def go_on(file: CaseFile | None) -> None:
        page.files = dict.fromkeys(ids_of(file), file) if file is not None else {}
        answer(page, due, code)

    page.session.ask(
        lambda store: case_file(store, due.client),
        go_on,
        shows=lambda file: sight(where, clients=[file.client.id]) if file else None,
        owner=page.rows,
        name="answer",
    )


def answer(page: RowPage, due: Due, code: str) -> None:
    """Do what an answer says."""
    if due.key in page.receipts:
        today_doing.after(page, due, code)
    elif code in ANSWERS:
        ANSWERS[code](page, due, code)
    else:
        page.go.emit(today_doing.place_of(due, code, page))
