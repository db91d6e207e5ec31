# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Saying who has a client whom two took over: the coordinator's answer, from the row."""

from collections.abc import Callable, Mapping

from desktop_app.casework.due import Due
from desktop_app.casework.taken_twice import OTHER, STAYS, settling, twice
from desktop_app.casework.words import _
from ui.pages import today_doing
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered


def _settle(page: RowPage, due: Due, code: str) -> None:
    """Name who has them; taken back, whoever was offered them first has them as before."""
    file = page.file(due.client)
    found = twice(file.records) if file is not None else []
    for one in found:
        if one.of.record.id == due.record:
            first, other = one.people[:2]
            who, undo = (first, ()) if code == STAYS else (other, (settling(one, first),))
            words = _("%(name)s has them") % {"name": page.session.team.name_of(who)}
            said = (words, "ok", "handshake")
            edit = settling(one, who)
            today_doing.save(
                page, due, Answered((edit,), undo, code, page.session.now(), said=said)
            )


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {STAYS: _settle, OTHER: _settle}
"""What is done for each answer."""
