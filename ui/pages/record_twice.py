# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Before somebody is put on the casebook: are they there already?"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from desktop_app.casework.dates import say_born
from desktop_app.casework.names import full_name
from desktop_app.casework.records import Answers, Record
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _
from storage import reads
from storage.reads import Hit
from ui.kit.buttons import button
from ui.kit.notice import Notice
from ui.search import shown_of
from ui.session import Session

MOST = 3


def look_for_others(
    session: Session, answers: Answers, then: Callable[[list[Hit]], None], *, owner: QObject
) -> None:
    """Ask whether somebody of this name is held already.

    Args:
        session: whose vault is asked.
        answers: of the newcomer.
        then: gets the likely ones.
        owner: who asks.
    """
    given = (answers.get(field) for field in ("forename", "surname"))
    words = " ".join(one for one in given if isinstance(one, str) and one.strip())
    if not words:
        known = answers.get("known_as")
        words = known if isinstance(known, str) else ""
    session.ask(
        lambda store: reads.search(store, words, limit=MOST) if words else [],
        then,
        shows=lambda hits: shown_of(words, hits, how="alike") if hits else None,
        owner=owner,
        name="others",
    )


def others_notice(hits: list[Hit], open_: Callable[[Record], None], *, today: date) -> list[Notice]:
    """Return who it might be, each with a way to look."""
    notices = [
        Notice(
            _("Look at them first. If none is the same person, save again."),
            "warn",
            head=_("Somebody like this is here already."),
        )
    ]
    for hit in hits:
        show = button(_("Open"), small=True)
        show.clicked.connect(lambda _on=False, found=hit.client: open_(found))
        notices.append(Notice(_who(hit, today), "neutral", icon="user", buttons=[show]))
    return notices


def _who(hit: Hit, today: date) -> str:
    born = hit.client.text("born")
    parts = (
        full_name(hit.client.answers),
        _("born %(date)s") % {"date": say_born(born, today)} if born else "",
        reference(hit.client.id),
        hit.why,
    )
    return " · ".join(one for one in parts if one)
