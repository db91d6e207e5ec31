# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How to reach a client safely, and what an alert orders, in words: for door, page and paper."""

from dataclasses import dataclass

from desktop_app.casework.alerts import Alert
from desktop_app.casework.codes import codes
from desktop_app.casework.records import Answers
from desktop_app.casework.words import _


@dataclass(frozen=True, slots=True)
class SafeLine:
    """One safe contact rule: "do", "dont" or "say", and its words."""

    kind: str
    words: str


def order_of(alert: Alert) -> str:
    """Return what an alert orders: "Do not visit alone."; empty when it only warns."""
    if alert.how_to_visit in ("", "as_usual"):
        return ""
    return codes("how_to_visit").label(alert.how_to_visit) + "."


def safe_lines(client: Answers) -> list[SafeLine]:
    """Return how to reach a client safely; empty when nothing was ever asked."""
    said = {name: _text(client, name) for name in client}
    lines = [SafeLine("do", said["find_the_door"])] if said.get("find_the_door") else []
    times = said.get("safe_times", "")
    if how := _how(said):
        begins = f"{times[:1].upper()}{times[1:]}"
        lines.append(SafeLine("do", ". ".join(one for one in (how, begins) if one)))
    elif times:
        lines.append(SafeLine("do", _("Safe times: %(times)s") % {"times": times}))
    barred = [words for field, words in _barred() if said.get(field) == "no"]
    if barred:
        lines.append(SafeLine("dont", _("No %(what)s") % {"what": ", ".join(barred)}))
    if said.get("may_say_who_we_are") == "no":
        lines.append(SafeLine("dont", _("Do not say who we are")))
    if said.get("never"):
        lines.append(SafeLine("dont", " ".join(said["never"].split())))  # its cross says never
    if said.get("say_instead"):
        words = _("If others answer: “%(words)s”") % {"words": said["say_instead"]}
        lines.append(SafeLine("say", words))
    if said.get("doorstep_notes"):
        lines.append(SafeLine("say", " ".join(said["doorstep_notes"].split())))
    return lines


def _how(said: dict[str, str]) -> str:
    """Return that they may be rung or sent a text, and at which number where one is known."""
    text, ring = (said.get(one) == "yes" for one in ("may_text", "may_ring"))
    if phone := said.get("phone", ""):
        words = _("Text or ring %(phone)s") if text else _("Ring %(phone)s")
        return (words if ring else _("Text %(phone)s")) % {"phone": phone} if text or ring else ""
    if text and ring:
        return _("Texts and calls are safe")
    return _("Texts are safe") if text else _("Calls are safe") if ring else ""


def _barred() -> tuple[tuple[str, str], ...]:
    return (
        ("may_text", _("texts")),
        ("may_ring", _("calls")),
        ("may_leave_message", _("messages left")),
        ("may_write", _("letters or cards")),
    )


def _text(answers: Answers, field: str) -> str:
    value = answers.get(field)
    return value.strip() if isinstance(value, str) else ""
