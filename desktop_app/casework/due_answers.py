# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may give which answer of a row: nobody is offered one that would reach nobody.

Whatever somebody writes who may not write it is set aside on every other laptop. Rules, each with
a test:

* An answer is offered to those who may write the form it writes. Others ask whoever may.
* A row always offers something.
"""

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.casework.audience import may_write
from desktop_app.casework.due import ASK_THEM, OPEN, Due, ask_them, open_file
from desktop_app.casework.forms import form
from desktop_app.casework.people import Person
from desktop_app.casework.targeting import Place, Support

WRITES: Mapping[str, str] = {
    **dict.fromkeys(("seen", "not_seen", "rebook", "start", "meet", "together"), "visit"),
    **dict.fromkeys(("attended", "not_attended", "rearranged"), "appointment"),
    **dict.fromkeys(("tell", "heard", "back", "to_forum"), "chain_step"),
    **dict.fromkeys(("chain_pause", "chain_resume", "chain_mistake"), "chain_step"),
    **dict.fromkeys(("to_decide", "stays"), "decision"),
    "remove_targeting": Place.form,  # a removal ends what runs: whoever may not end it asks
    "remove_support": Support.form,
    **dict.fromkeys(("step_today", "step_another_day"), "treatment_step"),
    **dict.fromkeys(("posture_agree", "posture_no", "posture_turn", "posture_back"), "posture"),
    **dict.fromkeys(("accept_handover", "not_yet"), "handover_answer"),
    "score": "scoring",
    "told": "notice",
    "nominate": "nomination",
    "renew_agreement": "sharing_agreement",
    "review": "review",
    "outcome_form": "outcome_form",
    "plan_day": "release_plan",
    **dict.fromkeys(("ask_team", ASK_THEM), "note"),
    **dict.fromkeys(("agree_action", "action_heard"), "action"),
    "posture_ask": "posture",
    "posture_aside": "posture_aside",
    "take_back_offer": "handover",
    "setting": "setting",
}
"""The form an answer writes, by its code; what is not named here only opens something."""

OPENING = frozenset({OPEN, "handover_pack", "hold_forum"})
"""Answers that only open something: where a row has no others, its reader may ask."""


def given_to(due: Due, me: Person) -> Due:
    """Return a row with the answers somebody may give."""
    kept = tuple(one for one in due.answers if _may(one.code, me))
    if kept and len(kept) == len(due.answers):
        return due
    opens = all(one.code in OPENING for one in kept)
    if opens and due.client and _may(ASK_THEM, me):
        kept = (ask_them(), *(kept or (open_file(),)))
    return replace(due, answers=kept or (open_file(),))


def _may(code: str, me: Person) -> bool:
    name = WRITES.get(code)
    return name is None or may_write(form(name), me.roles)
