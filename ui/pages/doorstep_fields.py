# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which widget answers which question of the doorstep, and where something is said about it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.casework.forms import Problem
from desktop_app.casework.records import Answers, Json
from ui.pages.doorstep_screen import DoorstepParts

ROW_OF = {
    "kind": "kind",
    "place": "kind",
    "at": "at",
    "minutes": "at",
    "people": "people",
    "others": "people",
    "why_not": "why_not",
    "left": "left",
    "offers": "offers",
    "message": "message",
    "message_said": "message",
}
TOGETHER = {
    "kind": ("kind", "place"),
    "at": ("at", "minutes"),
    "message_said": ("message", "message_said"),
    "next_step_on": ("next_step_on", "next_step_time"),
}
"""Fields one widget answers at once."""
STEPS = ("next_step", "next_step_on", "next_step_with")


def widget_of(parts: DoorstepParts, field: str) -> QWidget:
    """Return where a question is answered."""
    left, right = parts.happened, parts.words
    known: dict[str, QWidget] = {
        "seen": left.tiles,
        "kind": left.where.kind,
        "place": left.where.place,
        "at": left.when.at.field,
        "minutes": left.when.minutes,
        "people": left.people,
        "others": left.others,
        "why_not": left.why_not,
        "left": left.left,
        "offers": left.offers,
        "message": left.message.which,
        "message_said": left.message.said,
        "promised": right.promised,
        "next_step": right.next.step,
        "next_step_on": right.next.on.field,
    }
    return known.get(field, right.note)


def field_in_focus(parts: DoorstepParts) -> str:
    """Return the question the cursor stands in, or ""."""
    focus = QApplication.focusWidget()
    if focus is None or not parts.isAncestorOf(focus):
        return ""
    names = ("place", "minutes", "others", *ROW_OF, "seen", "promised", *STEPS[:2], "note")
    return next((one for one in names if _holds(widget_of(parts, one), focus)), "")


def answers_of(parts: DoorstepParts) -> Answers:
    """Return every answer that stands on the screen."""
    return {**parts.happened.answers(), **parts.words.answers()}


def show_answers(parts: DoorstepParts, answers: dict[str, Json]) -> None:
    """Put answers on the screen; nobody is told."""
    parts.happened.show_answers(answers)
    parts.words.show_answers(answers)


def say_problems(parts: DoorstepParts, problems: Sequence[Problem], *, drafted: bool) -> None:
    """Say at each question what is wrong, and all of it in the summary."""
    said = {one.field: one.message for one in problems}
    for name, row in parts.happened.rows.items():
        if name != "left":
            words = [said[field] for field, at in ROW_OF.items() if at == name and field in said]
            row.say(words[0] if words else "")
    for field in STEPS[:2]:
        parts.words.next.say_problem(field, said.get(field, ""))
    unanswered = "offers" in said
    for pill in parts.happened.offers.offered.values():
        pill.set_wrong(wrong=unanswered and not pill.value())
    parts.happened.problems.show_problems(
        [(one.message, widget_of(parts, one.field)) for one in problems], drafted=drafted
    )


def settle(parts: DoorstepParts, field: str) -> None:
    """Take back what was said to be wrong with a question, now that it is answered anew."""
    row = parts.happened.rows.get(ROW_OF.get(field, ""))
    if row is not None and field not in ("left", "people"):
        row.say("")
    if field in STEPS:
        parts.words.next.say_problem("next_step", "")
        parts.words.next.say_problem("next_step_on", "")


def say_arrived(parts: DoorstepParts, field: str, words: str) -> None:
    """Tell that a colleague changed an answer while it is being given here."""
    row = parts.happened.rows.get(ROW_OF.get(field, ""))
    if row is not None:
        row.say(words, tone="info")
    else:
        parts.words.say_arrived(words)


def _holds(widget: QWidget, focus: QWidget) -> bool:
    return widget is focus or widget.isAncestorOf(focus)
