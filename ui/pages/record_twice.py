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
    session: Session,
    answers: Answers,
    then: Callable[[list[Hit]], None],
    *,
    owner: QObject,
    most: int = MOST,
) -> None:
    """Ask who is held already that may be the same person.

    Args:
        session: whose vault is asked.
        answers: of the newcomer.
        then: gets the likeliest, each with the reasons.
        owner: who asks.
        most: at most so many.
    """
    session.ask(
        lambda store: reads.likely(store, answers, limit=most),
        then,
        shows=lambda hits: shown_of(_compared(answers), hits, how="alike") if hits else None,
        owner=owner,
        name="alike",
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


def _compared(answers: Answers) -> str:
    """Return what of the newcomer was compared, for the audit: in the words it was typed in."""
    aliases = answers.get("aliases")
    given = [answers.get(name) for name in ("forename", "surname", "known_as", "born")]
    given += aliases if isinstance(aliases, list) else []
    return " · ".join(one for one in given if isinstance(one, str) and one.strip())
