# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Made-up postures, in every state: asked for, said no to, agreed, lapsing, lapsed; a boundary."""

from collections.abc import Mapping
from datetime import date, timedelta

from desktop_app.casework.made_up_cast import town
from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import last_workday, moment
from desktop_app.casework.records import Answers, RecordId, link

OSEI, SHAH = "osei", "shah"


def postures(lives: Mapping[str, Life]) -> None:
    """Write what was asked for and agreed."""
    for key, level, days, until, reason in (
        ("quill", "support_only", 20, 40, "In treatment and keeping every appointment"),
        ("lockyer", "hold", 9, 6, "In hospital this week: ring before anything is done"),
        ("brandt", "support_only", 60, -20, "Six clean weeks; looked at again at the forum"),
        ("barrow", "heightened", 12, 20, "Arrested again, and not seen since"),
        ("veasey", "heightened", 50, -17, "Arrested twice in one week"),
    ):
        if key in lives:
            agreed(lives[key], level=level, days=days, until=until, reason=reason)
    if "pinnock" in lives:
        _asked(
            lives["pinnock"], "heightened", 2, 26, "Seen at three shops, and keeps no appointment"
        )
    if "trask" in lives:
        _refused(lives["trask"])
    if "quill" in lives:
        _boundary(lives["quill"])
    if "downer" in lives:
        _boundary(lives["downer"], "act")
    if "kashani" in lives:
        _put_aside(lives["kashani"])
    if "maddix" in lives:
        _taken_back(lives["maddix"])


def agreed(life: Life, *, level: str, days: int, until: int, reason: str) -> RecordId:
    """Write that two agencies agreed to a posture; return the agreeing.

    Args:
        life: whose.
        level: to which.
        days: so many days ago.
        until: until so many days from now; below 0 where it has lapsed.
        reason: why.
    """
    by, other = (SHAH, OSEI) if level == "heightened" else (OSEI, SHAH)
    ask = _asked(life, level, days, until, reason, by=by)
    said = life.pen.current[ask]
    kept = {name: said[name] for name in ("level", "reason", "until", "ring")}
    on = _on(life, days - 1)
    said_yes: Answers = {
        **kept,
        "says": "agrees",
        "acted_on": on.isoformat(),
        "agency": _agency(other),
        "words": "Agreed, until then and no longer.",
        "agrees_with": link(ask),
    }
    return life.write(other, moment(on, 11, 20), "posture", said_yes)


def _asked(
    life: Life, level: str, days: int, until: int, reason: str, *, by: str = SHAH
) -> RecordId:
    on = _on(life, days)
    lines, of = _evidence(life, on) if level == "heightened" else ([], [])
    asked: Answers = {
        "says": "asks",
        "acted_on": on.isoformat(),
        "level": level,
        "agency": _agency(by),
        "reason": reason,
        "until": max(on, life.today + timedelta(days=until)).isoformat(),
        "ring": "K. Osei, 01632 960141",
        "evidence": [*lines],
        "evidence_of": [*of],
    }
    return life.write(by, moment(on, 10, 5), "posture", asked)


def _refused(life: Life) -> None:
    ask = _asked(life, "heightened", 6, 20, "Named by two shops")
    words = "Two weeks into a script and coming every day. Let us talk at the forum."
    _says_no(life, ask, OSEI, 4, words)


def _taken_back(life: Life) -> None:
    """Write that the agency that asked took its word back, long before the day it would lapse."""
    reason = "Seen on two cameras in one week"
    yes = agreed(life, level="heightened", days=60, until=-20, reason=reason)
    _says_no(
        life, yes, SHAH, 50, "It was somebody else in the same coat. The shop has looked again."
    )


def _says_no(life: Life, to: RecordId, by: str, days: int, words: str) -> None:
    """Write that an agency said no to what was asked or agreed, so many days ago."""
    said, on = life.pen.current[to], _on(life, days)
    kept = {name: said[name] for name in ("level", "reason", "until")}
    no: Answers = {
        **kept,
        "says": "says_no",
        "acted_on": on.isoformat(),
        "agency": _agency(by),
        "words": words,
        "declines": link(to),
    }
    life.write(by, moment(on, 15, 10), "posture", no)


def _boundary(life: Life, decision: str = "wait") -> RecordId:
    on = _on(life, 8)
    wait = decision == "wait"
    decided: Answers = {
        "decided_on": on.isoformat(),
        "facts": "A theft of last spring has come to light. Nothing since treatment began."
        if wait
        else "Two thefts this month, on camera, after an agreement not to go there.",
        "old_case": "yes" if wait else "no",
        "police_view": "It has to be dealt with; there is no hurry.",
        "support_view": "An arrest this week would cost the place in the group."
        if wait
        else "The place can be kept open for a week.",
        "decision": decision,
        "why": "A voluntary interview after the detox, with the key worker there."
        if wait
        else "By appointment at the station, with the key worker there.",
        "final_say": life.person("lowe"),
        "review_on": (life.today + timedelta(days=20)).isoformat(),
    }
    return life.write("lowe", moment(on, 14), "boundary", decided)


def _put_aside(life: Life) -> None:
    """Put aside what the boundary decision about somebody would propose."""
    on = _on(life, 8)
    of = _boundary(life, "act")
    aside: Answers = {
        "put_on": on.isoformat(),
        "towards": "more",
        "agency": _agency(OSEI),
        "reason": "One decision about one case. They have kept everything else we agreed.",
        "evidence": [f"Boundary decision of {on.day} {on:%b}"],
        "evidence_of": [link(of)],
    }
    life.write(OSEI, moment(on, 16, 20), "posture_aside", aside)


def _evidence(life: Life, on: date) -> tuple[list[str], list[str]]:
    """Return an arrest the asking rests on, in words and as a link."""
    told: Answers = {
        "happened_at": f"{on.isoformat()}T09:10",
        "kind": "spoken_to",
        "officers": [life.person(SHAH)],
        "note": "Spoken to in the High Street. Would not say where they stay.",
    }
    record = life.write(SHAH, moment(on, 9, 30), "police_contact", told)
    return [f"Spoken to on {on.day} {on:%b}"], [link(record)]


def _on(life: Life, days: int) -> date:
    """Return the working day so many days ago, since they are known."""
    return max(life.start, last_workday(life.today - timedelta(days=max(0, days - 1))))


def _agency(key: str) -> str:
    return next(one.agency for one in town().colleague if one.key == key)
