# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The clocks as this team has agreed them: Tandem's own, with the numbers of the team's rule."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.casework.limits import Limits, agreed, limits
from desktop_app.casework.records import Answers
from storage import reads
from storage.store import Store
from ui.consulting import RULE, nothing
from ui.session import Session


def limits_of(store: Store) -> Limits:
    """Return the clocks the team has agreed. Asked on the store's thread."""
    held = sorted(reads.records(store, form=RULE), key=lambda one: (one.recorded_at, one.id))
    said: Answers = {}
    for one in held:  # there is one, unless two were begun before either had come
        said |= {name: value for name, value in one.answers.items() if value is not None}
    return agreed(limits(), said)


def ask_limits(session: Session, then: Callable[[Limits], None], *, owner: QObject) -> None:
    """Ask for the clocks the team has agreed."""
    session.ask(limits_of, then, shows=nothing, owner=owner, name="limits")
