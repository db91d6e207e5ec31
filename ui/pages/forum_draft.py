# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A forum that is under way as its draft keeps it, so that a lock or a crash loses nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop_app.casework.dates import as_moment
from desktop_app.casework.records import RecordId
from storage.store import Draft
from ui.pages.forum_saving import Meeting

Typed = dict[RecordId, dict[str, Any]]
"""What is being said of clients who are not recorded yet."""


def kept(meeting: Meeting, at: RecordId, typed: Typed) -> dict[str, Any]:
    """Return where a forum is.

    Args:
        meeting: the forum.
        at: whose card is shown.
        typed: what is being said of them, and was begun of others.
    """
    return {
        "chair": meeting.chair,
        "present": [*meeting.present],
        "began": _minute(meeting.began),
        "ends": _minute(meeting.ends) if meeting.ends else "",
        "at": at.hex(),
        "typed": {client.hex(): dict(one) for client, one in typed.items()},
    }


def meeting_of(draft: Draft, now: datetime) -> Meeting:
    """Return the forum a draft is of; one that cannot be read began now."""
    held = draft.answers
    present = held.get("present")
    return Meeting(
        draft.record,
        str(held.get("chair", "")),
        tuple(map(str, present)) if isinstance(present, list) else (),
        as_moment(str(held.get("began", ""))) or now,
        as_moment(str(held.get("ends", ""))),
    )


def whose_card(kept_: Mapping[str, Any]) -> RecordId:
    """Return whose card was shown; empty for nobody's."""
    at = str(kept_.get("at", ""))
    return bytes.fromhex(at) if len(at) == 32 else b""


def typed_of(kept_: Mapping[str, Any]) -> Typed:
    """Return what was being said of whom."""
    typed = kept_.get("typed")
    if not isinstance(typed, dict):
        return {}
    if "course" in typed:  # a draft of an earlier Tandem: of whoever was shown alone
        return {whose_card(kept_): typed}
    return {bytes.fromhex(client): one for client, one in typed.items()}


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")[:16]
