# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a client stands near the top of the list: one sentence, the gravest reason.

Rules, each with a test:

* The order of reasons is fixed and said in words (`ORDER`); within one reason more days come
  first.
* Whose list it is does not matter: the same client has the same reason for everybody who holds
  the same records.
* Somebody who has died has no reason; no reason is made up for somebody who has none.
* Missing treatment, or being seen by police, is never a reason here: it is a list of who needs
  somebody, not of who deserves something.
"""

from dataclasses import dataclass

from desktop_app.casework.due import CaseFile, Look, Piece, pieces
from desktop_app.casework.due_chain import chain_because, chain_of
from desktop_app.casework.due_release import release_because
from desktop_app.casework.due_visits import unseen, unseen_words
from desktop_app.casework.treatment import episode_now, waiting
from desktop_app.casework.whereabouts import days_to_release, has_died, setting_on
from desktop_app.casework.words import _

WAIT_SHOWN_AFTER = 7
"""Days a wait for treatment lasts before it is a reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a client is near the top.

    Attributes:
        kind: "missed", "release", "unseen", "waiting".
        because: the sentence.
        order: smaller is nearer the top.
    """

    kind: str
    because: tuple[Piece, ...]
    order: tuple[int, int]


def order_words() -> str:
    """Return in words how the list is sorted."""
    return _(
        "First who missed appointments, then who comes out soon, then who was not seen for too "
        "long, then who waits for treatment; then by name."
    )


def near_top(file: CaseFile, look: Look) -> Reason | None:
    """Return why a client is near the top of the list; None when there is no reason.

    Args:
        file: the client's case file.
        look: when, who is who, and the limits.
    """
    if has_died(file.records, look.day):
        return None
    chain = chain_of(file, look)
    if chain is not None and not chain.paused_because:
        return Reason("missed", chain_because(chain, look), (0, -chain.missed))
    setting = setting_on(file.records, look.day)
    days = days_to_release(setting, look.day)
    if setting is not None and days is not None and days <= look.limits.days.coming_out:
        return Reason("release", release_because(setting, days, file, look), (1, days))
    overdue = unseen(file, look)
    if overdue is not None and overdue.left < 0:
        return Reason("unseen", unseen_words(overdue, look), (2, overdue.left))
    return _waiting(file, look)


def _waiting(file: CaseFile, look: Look) -> Reason | None:
    episode = episode_now(file.records, look.day)
    if episode is None or episode.status != "waiting":
        return None
    wait = waiting(episode, file.records, look.day)
    if wait is None or wait.days < WAIT_SHOWN_AFTER:
        return None
    because = pieces(_("because **%(wait)s**"), {"wait": wait.words})
    return Reason("waiting", because, (3, -wait.days))
