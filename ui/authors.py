# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who wrote what: from the feed an answer came in to the name of its author."""

from collections.abc import Mapping

from desktop_app.casework.dates import say_moment
from desktop_app.casework.people import Team
from desktop_app.casework.records import Live, Record
from storage import ledger
from storage.store import Store
from ui.clock import local
from ui.session import Session


def people_by_feed(store: Store, team: Team) -> dict[int, str]:
    """Return the person id behind every feed this laptop knows."""
    found = {}
    for number, feed in ledger.feeds(store).items():
        device = team.devices.get(feed.device.hex())
        if device is not None:
            found[number] = device.person
    return found


def newest_of(record: Record, field: str) -> Live | None:
    """Return the live answer of a field that is shown; None when there is none."""
    held = [one for one in record.live if field in one.answers]
    return max(held, key=lambda one: one.stamp) if held else None


def by_and_at(live: Live, authors: Mapping[int, str], session: Session) -> tuple[str, str]:
    """Return who gave an answer, and when, in words: "PC R. Shah", "11:40"."""
    at = local(live.at)
    who = session.team.name_of(authors.get(live.feed, ""))
    if at.date() == session.today():
        return who, f"{at:%H:%M}"
    return who, say_moment(at.isoformat(timespec="minutes"), session.today())
