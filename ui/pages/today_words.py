# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today in rows: every due thing as one row, every answered one as its own receipt.

A row that was answered stays where it stood and says what was recorded, until Today is opened
again; rows never leave under the cursor.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from desktop_app.casework.codes import Choice, codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, Due, Group, Piece
from desktop_app.casework.words import _, ngettext
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.kit.row_list import RowSection
from ui.pages.today_answers import Answered
from ui.theme import SEMI

WHY_FIRST, WHY_LETTERS = 3, 60
"""Reasons offered in the row itself, and letters they may have, so that no answer is cut off where
the window is small; the others stand behind "More"."""
UNDO, NOTE, MORE = "undo", "note", "more"
HELD_UP = "delay_reason"
"""Code list, and field, of what held a step up."""
Receipts = Mapping[str, tuple[Due, Answered]]
"""What was answered since Today was opened, by the key of its row."""


def sections(dues: Sequence[Due], receipts: Receipts, *, now: datetime) -> list[RowSection]:
    """Return the rows under their headings; what was answered stands where it stood.

    Args:
        dues: what is due now.
        receipts: what was answered since Today was opened.
        now: local time.
    """
    today = now.date()
    standing = [due for due in dues if due.key not in receipts]
    kept = [due for due, _answered in receipts.values()]
    rows = sorted([*standing, *kept], key=lambda due: due.sort_key)
    primary = _filled([due for due in rows if due.key not in receipts], now)
    found = []
    for group in Group:
        items = [
            receipt_row(due, receipts[due.key][1], today=today)
            if due.key in receipts
            else due_row(due, filled=due.key == primary)
            for due in rows
            if due.group is group
        ]
        if items:
            end = group.order_words if len(items) > 2 and group is Group.VISITS else ""
            found.append(RowSection(group.words, tuple(items), end))
    return found


def _filled(rows: Sequence[Due], now: datetime) -> str:
    """Return the row with the one filled button: the visit to be opened that is nearest in time."""
    opened = [
        due
        for due in rows
        if due.primary is not None and due.at is not None and due.primary in due.answers
    ]
    nearest = min(opened, key=lambda due: abs((due.at or now) - now), default=None)
    return nearest.key if nearest is not None else ""


def due_row(due: Due, *, filled: bool = False) -> RowItem:
    """Return a due thing as a row.

    Args:
        due: the thing.
        filled: whether it has the one filled button of the page.
    """
    act = due.primary if filled else None
    answers = [one for one in due.answers if act is None or one.code != act.code]
    return RowItem(
        key=due.key,
        lead=_lead(due),
        name=due.name,
        what=due.what,
        chips=tuple(ChipText(*chip) for chip in due.chips),
        because=parts(due.because),
        answers=tuple(_answer(one) for one in answers),
        act=_act(act, taken=answers) if act is not None else None,
        tone=due.row_tone,
    )


def receipt_row(due: Due, answered: Answered, *, today: date) -> RowItem:
    """Return an answered thing as its receipt."""
    word, tone, icon = state_words(answered)
    chips = [ChipText(word, tone, icon)]
    if answered.why:
        asked_of = answered.why_in[1] if answered.why_in else ""
        list_name = "appointment_reason" if due.kind == "appointment" else "why_not"
        list_name = HELD_UP if asked_of == HELD_UP else list_name
        chips.append(ChipText(codes(list_name).label(answered.why)))
    said = [Part(_by_you(due, answered), "muted")]
    if answered.next_due:
        day = say_short(answered.next_due, today)
        words = _(" Now on ") if answered.state == "rebooked" else _(" Next due by ")
        said += [Part(words, "muted"), Part(day, weight=SEMI)]
    if answered.asks_why:
        asked = _(" What held it up?") if answered.asks_why == HELD_UP else _(" Why not?")
        said.append(Part(asked, weight=SEMI))
    return RowItem(
        key=due.key,
        lead=Lead(icon, tone),
        name=due.name,
        chips=tuple(chips),
        because=tuple(said),
        answers=tuple(_receipt_answers(answered)),
    )


def reasons(list_name: str) -> tuple[Choice, ...]:
    """Return the reasons of a code list; that nothing held a step up is none."""
    return tuple(one for one in codes(list_name).code if (list_name, one.code) != (HELD_UP, "none"))


def first_reasons(list_name: str) -> int:
    """Return how many reasons of a code list are offered in the row itself."""
    many, labels = WHY_FIRST, [_(one.label) for one in reasons(list_name)]
    while many > 1 and sum(map(len, labels[:many])) > WHY_LETTERS:
        many -= 1
    return many


def state_words(answered: Answered) -> tuple[str, str, str]:
    """Return what was answered: words, tone and icon."""
    if answered.said:
        return answered.said
    state = answered.state
    said = {
        "seen": (_("Seen"), "ok", "circle-check"),
        "not_seen": (_("Not seen"), "neutral", "circle-x"),
        "attended": (_("Attended"), "ok", "circle-check"),
        "not_attended": (_("Did not attend"), "neutral", "circle-x"),
        "done": (_("Done"), "ok", "circle-check"),
        "read": (_("Read"), "ok", "circle-check"),
        "meet": (_("You will meet them"), "ok", "door-open"),
        "rebooked": (_("Rebooked"), "info", "calendar-clock"),
        "asked": (_("Asked"), "info", "send"),
        "one_visit": (_("One visit"), "ok", "handshake"),
        "two_visits": (_("Two visits"), "neutral", "footprints"),
    }
    return said.get(state, (codes("appointment_state").label(state), "neutral", "circle-check"))


def parts(because: Sequence[Piece]) -> tuple[Part, ...]:
    """Return a reason, its strong words darker."""
    return tuple(
        Part(one.text, weight=SEMI) if one.strong else Part(one.text, "muted") for one in because
    )


def jumps(dues: Sequence[Due]) -> list[tuple[Group, str, str]]:
    """Return what lies below the fold in a small window: group, words and icon."""
    count = {group: sum(1 for due in dues if due.group is group) for group in Group}
    drafts = sum(1 for due in dues if due.kind == "draft")
    offered = [
        (
            Group.OUT,
            ngettext("%(n)d coming out", "%(n)d coming out", count[Group.OUT]),
            "door-open",
            count[Group.OUT],
        ),
        (
            Group.MISSED,
            ngettext("%(n)d missed", "%(n)d missed", count[Group.MISSED]),
            "calendar-x",
            count[Group.MISSED],
        ),
        (
            Group.NEEDS,
            ngettext("%(n)d need", "%(n)d needs", count[Group.NEEDS]),
            "life-buoy",
            count[Group.NEEDS],
        ),
        (Group.FINISH, ngettext("%(n)d draft", "%(n)d drafts", drafts), "notebook-pen", drafts),
    ]
    return [(group, words % {"n": n}, icon) for group, words, icon, n in offered if n]


def _lead(due: Due) -> Lead:
    if due.big:
        large = due.group is Group.OUT
        return Lead(tone=due.tone, text=due.big, beneath=due.beneath, large=large)
    return Lead(due.icon, due.tone)


def _answer(answer: Answer) -> RowAnswer:
    return RowAnswer(answer.code, answer.text, answer.key)


def _act(act: Answer, *, taken: Sequence[Answer]) -> RowAnswer:
    """Return the filled button; its letter gives way to an answer that has the same one."""
    key = "" if any(one.key == act.key for one in taken) else act.key
    return RowAnswer(act.code, act.text, key, icon="footprints")


def _by_you(due: Due, answered: Answered) -> str:
    time = f"{answered.at:%H:%M}"
    if answered.state in ("seen", "not_seen"):
        if due.kind == "visit" and due.what:
            return _("Today %(time)s, %(what)s, by you.") % {"time": time, "what": due.what.lower()}
        return _("Today %(time)s, by you.") % {"time": time}
    return _("Recorded today %(time)s, by you.") % {"time": time}


def _receipt_answers(answered: Answered) -> list[RowAnswer]:
    offered = []
    if answered.asks_why:
        choices = reasons(answered.asks_why)[: first_reasons(answered.asks_why)]
        offered = [RowAnswer(f"why:{one.code}", _(one.label)) for one in choices]
        offered.append(RowAnswer(MORE, _("More")))
    elif answered.visit and answered.state in ("seen", "not_seen"):
        offered = [RowAnswer(NOTE, _("Add a note"))]
    if answered.undo or answered.state == "read":
        offered.append(RowAnswer(UNDO, _("Undo"), "U"))
    return offered
