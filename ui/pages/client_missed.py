# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""On the client page: what follows their missed appointments, link by link.

Asked only of whoever stands on the board of missed appointments, so that the page of everybody
else is as quick as before.
"""

from datetime import datetime

from desktop_app.casework.chain import Link, chain_now
from desktop_app.casework.due_chain import FORMS
from desktop_app.casework.people import Team
from desktop_app.casework.records import RecordId
from storage import boards
from storage.store import Store
from ui.pages.side_line import SideItem
from ui.pages.today_missed import strip
from ui.team_limits import limits_of

BOARD = "missed"


def missed_lines(
    store: Store, client: RecordId, team: Team, *, now: datetime
) -> tuple[SideItem, ...]:
    """Return the links as lines; none where there is nothing to follow. On the store's thread."""
    if not boards.may_stand(store, BOARD, client):
        return ()
    file = boards.case_files(store, [client], FORMS).get(client)
    chain = chain_now(file.records, team, now, limits_of(store)) if file else None
    if chain is None:
        return ()
    drawn, owed = strip(chain, team, now=now), {*chain.to_do}
    links: list[Link | None] = [None, *chain.links]
    return tuple(
        SideItem(
            client,
            "circle-check" if one.done else "calendar-x" if link in owed else "circle",
            "ok" if one.done else "warn" if link in owed else "neutral",
            one.what,
            one.beneath,
            late=link is not None and not one.done and link.late(now.date()) > 0,
        )
        for one, link in zip(drawn, links, strict=True)
    )
