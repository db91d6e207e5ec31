# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a colleague asks stands first until it is heard; what was agreed stands until it is done."""

import pytest

from desktop_app.casework.actions import actions_due
from desktop_app.casework.due import CaseFile, Due, Group
from desktop_app.casework.records import Answers, Live, Record
from tests.anything import NOW, look

LEE = b"l" * 16


def due(*, author: str = "shah", **more: str | None) -> Due:
    """Return Ann's row of an action."""
    told: Answers = {
        "what": "Ring the hostel",
        "owner": "ann",
        "agreed_on": "2026-11-20",
        "due_on": "2026-11-27",
        **more,
    }
    client = Record(LEE, "client", LEE, "partners", "ann", [Live(1, 1, 1, 0, {"surname": "Croft"})])
    action = Record(b"a" * 16, "action", LEE, "partners", author, [Live(2, 2, 1, 0, told)])
    (found,) = actions_due(CaseFile(client, (client, action)), look("ann", NOW))
    return found


def test_what_a_colleague_asks_stands_first_until_it_is_heard() -> None:
    asked = due()
    assert asked.group is Group.FIRST
    assert asked.sentence == "because shah asks you: “Ring the hostel”, by Fri 27 Nov"
    assert [one.code for one in asked.answers] == ["action_heard", "need_done", "open"]


@pytest.mark.parametrize(
    ("author", "more"),
    [("shah", {"heard_on": "2026-11-21"}), ("shah", {"forum": "f" * 32}), ("ann", {})],
)
def test_what_was_heard_what_a_forum_agreed_and_ones_own_stand_among_the_needs(
    author: str, more: dict[str, str]
) -> None:
    agreed = due(author=author, **more)
    assert agreed.group is Group.NEEDS
    assert [one.code for one in agreed.answers] == ["need_done", "open"]
