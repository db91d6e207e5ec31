# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The clocks as this team has agreed them: Tandem's own, with the numbers of the team's rule."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.casework.limits import Limits, agreed, limits
from storage.store import Store
from ui.consulting import nothing, rule
from ui.session import Session


def limits_of(store: Store) -> Limits:
    """Return the clocks the team has agreed. Asked on the store's thread."""
    decided = rule(store)
    return agreed(limits(), decided.answers if decided else None)


def ask_limits(session: Session, then: Callable[[Limits], None], *, owner: QObject) -> None:
    """Ask for the clocks the team has agreed."""
    session.ask(limits_of, then, shows=nothing, owner=owner, name="limits")
