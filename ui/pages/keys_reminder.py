# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A calm word, at most once a day, until the team's recovery words were tried on this laptop."""

from collections.abc import Callable

from desktop_app.casework.words import _
from storage import holders
from storage.store import Store
from ui.consulting import nothing
from ui.session import Session

REMINDED = "recovery.reminded"
"""Setting inside the vault: the day somebody was last reminded, in ISO form."""


def remind_of_paper(session: Session, say: Callable[[str], None]) -> None:
    """Say that the team's recovery words were not tried here yet, unless it was said today."""
    today = session.today().isoformat()

    def due(store: Store) -> bool:
        stands = holders.standing(store)
        if not stands.team or stands.drilled or store.get(REMINDED) == today:
            return False
        store.put(REMINDED, today)
        return True

    def show(is_due: bool) -> None:  # noqa: FBT001  an answer of the vault
        if is_due:
            say(
                _(
                    "The team's recovery words were not tried on this laptop yet. When the paper "
                    "is at hand: Settings, Passphrase and keys. It takes a minute."
                )
            )

    session.ask(due, show, shows=nothing, owner=session, name="paper")
