# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""This laptop seems to be out of the team: a newer list of people lies there that it cannot open.

Rules, each with a test:

* It is said as long as it holds: until a newer list can be opened, or none lies in the team's
  folder any more. A stick that does not have it proves nothing.
* It is never said as certain: whoever can write into the folder could have put such a file there.
"""

from desktop_app.casework.words import _
from storage.store import Store
from sync.seat import Seat

_KEPT = "sync.closed_list"
"""Setting inside the vault: the number of the newest list that could not be opened."""


def note_closed(store: Store, number: int, *, stick: bool) -> None:
    """Keep the number of the newest list that this laptop cannot open; 0 where there is none."""
    if number or not stick:
        store.put(_KEPT, number)


def is_shut_out(store: Store, held: Seat) -> bool:
    """Say whether this laptop seems to be out of the team."""
    number = store.get(_KEPT)
    return isinstance(number, int) and number > held.roster.n


def shut_out_words() -> str:
    """Return what happened, what is safe and what to do."""
    return _(
        "This laptop seems to be out of the team: there is a newer list of people that it cannot "
        "open. What is on it is safe and can still be read. Nothing new comes in, and what you "
        "share now does not count unless the coordinator takes it in. Please ask the coordinator: "
        "if it is a mistake, this laptop can join again."
    )
