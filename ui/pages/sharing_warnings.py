# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What Sharing says before anything else: that the folder, the list of people or news are stale.

Rules, each with a test:

* It is said whenever it is true, not only right after an exchange: a lock does not hide it.
* What the last exchange had to tell, such as that the folder was an older copy, stands until the
  next one.
* Each is one calm sentence: what it is, and what to do.
"""

from datetime import date

from desktop_app.casework.dates import as_date
from desktop_app.casework.words import ngettext
from storage import ledger
from storage.store import Store
from sync.receipts import silence
from sync.rivals import back_in
from sync.seat import seat_of
from sync.shut_out import is_shut_out, shut_out_words
from ui.exchange_run import LAST_SHARED, NOTES, REACHED

STALE_DAYS = 7
"""Days after which it is said that the team folder was not reached."""


def warnings(store: Store, *, today: date, now_ms: int) -> tuple[str, ...]:
    """Return what should be known before anything else, in sentences.

    Args:
        store: the vault.
        today: the local day.
        now_ms: UTC milliseconds.
    """
    seat = seat_of(store)
    if seat is None:
        return ()
    kept = store.get(NOTES)
    notes = [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []
    said = [shut_out_words()] if is_shut_out(store, seat) else []
    if seat.me.device in seat.roster.coordinators:
        said += back_in(store, seat, now_ms=now_ms)
    said += [*silence(store, seat, now_ms=now_ms), *_old_list(store), *_not_reached(store, today)]
    return tuple(dict.fromkeys([*said, *notes]))


def _old_list(store: Store) -> list[str]:
    """Say that bundles wait for a newer list of people."""
    waiting = sum(row.detail == "roster" for row in ledger.set_aside(store))
    if not waiting:
        return []
    words = ngettext(
        "%(n)d bundle waits for a newer list of people than this laptop has. The list comes with "
        "the team folder; ask the coordinator to share if it does not.",
        "%(n)d bundles wait for a newer list of people than this laptop has. The list comes with "
        "the team folder; ask the coordinator to share if it does not.",
        waiting,
    )
    return [words % {"n": waiting}]


def _not_reached(store: Store, today: date) -> list[str]:
    """Say that the team folder was not reached for long."""
    reached = as_date(str(store.get(REACHED) or store.get(LAST_SHARED) or ""))
    days = (today - reached).days if reached is not None else 0
    if days < STALE_DAYS:
        return []
    words = ngettext(
        "The team folder was last reached %(n)d day ago. What others wrote since is not here, and "
        "what you wrote since is on this laptop alone.",
        "The team folder was last reached %(n)d days ago. What others wrote since is not here, "
        "and what you wrote since is on this laptop alone.",
        days,
    )
    return [words % {"n": days}]
