# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today: what one person should see and do, in order, and the sentence that sums it up.

Rules, each with a test:

* It is worked out from records alone: the same records give the same page on every laptop.
* A reassuring sentence is said only when it is true of everything this laptop knows, and never
  while something others wrote is known to be missing.
* Whatever is late is either counted in the sentence or named as late.
* Of somebody who has died only what was planned is shown, so that it can be called off.
* One odd record never empties the page: it is read as far as it can be.
"""

from collections import Counter
from datetime import datetime

from desktop_app.casework.actions import actions_due
from desktop_app.casework.care_plan import reviews_due
from desktop_app.casework.dates import say_days
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Facts,
    Group,
    Look,
    Piece,
    Unfinished,
    pieces,
)
from desktop_app.casework.due_answers import given_to
from desktop_app.casework.due_chain import missed_appointments
from desktop_app.casework.due_first import first
from desktop_app.casework.due_needs import needs_due
from desktop_app.casework.due_one_visit import recorded_twice
from desktop_app.casework.due_planned import planned
from desktop_app.casework.due_release import coming_out
from desktop_app.casework.due_visits import visits_due
from desktop_app.casework.handover import handovers
from desktop_app.casework.outcomes import forms_due
from desktop_app.casework.people import Person
from desktop_app.casework.posture_rows import on_today as postures
from desktop_app.casework.whereabouts import has_died
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

_RULES = (
    handovers,
    *(first, planned, visits_due, coming_out, missed_appointments, needs_due),
    *(actions_due, reviews_due, forms_due, postures, recorded_twice),
)
_LATE_IS_NAMED = (Group.FIRST, Group.VISITS)


def today(facts: Facts, me: Person, now: datetime) -> list[Due]:
    """Return what is due, in the order of the page.

    Args:
        facts: everything it is worked out from.
        me: whose Today it is.
        now: the moment, in local time without a zone.
    """
    look = Look(facts, me, now)
    found = [due for file in facts.files for due in of_file(file, look)]
    return sorted([*found, *of_laptop(facts, now)], key=lambda due: due.sort_key)


def of_laptop(facts: Facts, now: datetime) -> list[Due]:
    """Return what is due on this laptop: what was begun, and what is to be shared."""
    found = [_draft(one, now) for one in facts.drafts]
    return [*found, _share(facts, now)] if facts.to_share else found


NAMED = 4
"""Kinds of things the sentence names one by one; a longer one is not read to its end."""


def summary_sentence(
    dues: list[Due], *, all_arrived: bool = True, left: int = 0
) -> tuple[Piece, ...]:
    """Return the one sentence under the date.

    Args:
        dues: what `today` found.
        all_arrived: False while something others wrote is known to be missing.
        left: how many clients are still to be worked out.
    """
    counted = _counted(dues)
    if not counted and left:
        return pieces(_("**Tandem is working out what is due.**"))
    if not counted:
        nothing = _("**Nothing is due today.**")
        if not all_arrived:
            nothing = _("**Nothing that has reached this laptop is due today.**")
        return pieces(nothing)
    things_first = counted[0] if any(due.group is Group.FIRST for due in dues) else ""
    if things_first and counted[1:]:
        said = _("%(first)s, then %(rest)s.") % {"first": things_first, "rest": listed(counted[1:])}
    else:
        said = _("%(list)s.") % {"list": listed(counted)}
    lateness = _left(left) if left else _lateness(dues, all_arrived=all_arrived)
    return (Piece(said[:1].upper() + said[1:], strong=True), Piece(f" {lateness}"))


def number_in_words(number: int) -> str:
    """Return a small number as a word, as a sentence begins better with one."""
    words = (
        *(_("no"), _("one"), _("two"), _("three"), _("four"), _("five")),
        *(_("six"), _("seven"), _("eight"), _("nine"), _("ten")),
    )
    return words[number] if number < len(words) else str(number)


def of_file(file: CaseFile, look: Look) -> list[Due]:
    """Return what is due about one client; who missed appointments is not shown as unseen too."""
    if has_died(file.records, look.day):
        return planned(file, look)
    found = [due for rule in _RULES for due in rule(file, look)]
    missing = any(due.kind == "missed" for due in found)
    left = [due for due in found if not (missing and due.kind == "visit_due")]
    return [given_to(due, look.me) for due in left]


def _counted(dues: list[Due]) -> list[str]:
    """Return how many of each, in the order of the page."""
    of = Counter(_counted_as(due) for due in dues)
    sayings = (
        ("first", ngettext("%(n)s thing first", "%(n)s things first", of["first"])),
        ("joint", ngettext("%(n)s joint visit", "%(n)s joint visits", of["joint"])),
        ("visit", ngettext("%(n)s visit", "%(n)s visits", of["visit"])),
        (
            "appointment",
            ngettext("%(n)s appointment", "%(n)s appointments", of["appointment"]),
        ),
        ("visit_due", ngettext("%(n)s visit due", "%(n)s visits due", of["visit_due"])),
        ("next_step", ngettext("%(n)s next step", "%(n)s next steps", of["next_step"])),
        ("release", ngettext("%(n)s coming out", "%(n)s coming out", of["release"])),
        (
            "missed",
            ngettext(
                "%(n)s client who missed appointments",
                "%(n)s clients who missed appointments",
                of["missed"],
            ),
        ),
        ("need", ngettext("%(n)s need", "%(n)s needs", of["need"])),
        ("action", ngettext("%(n)s action", "%(n)s actions", of["action"])),
        ("posture", ngettext("%(n)s posture", "%(n)s postures", of["posture"])),
        *_looked_at_again(of),
    )
    said = [(of[kind], words) for kind, words in sayings if of[kind]]
    first, rest = said[:NAMED], sum(count for count, _words in said[NAMED:])
    named = [words % {"n": number_in_words(count)} for count, words in first]
    return [*named, _("%(n)s more") % {"n": number_in_words(rest)}] if rest else named


def _looked_at_again(of: Counter[str]) -> tuple[tuple[str, str], ...]:
    """Return the words for what comes round again, in the order of the page."""
    return (
        ("review", ngettext("%(n)s review", "%(n)s reviews", of["review"])),
        (
            "sharing_agreement",
            ngettext(
                "%(n)s agreement to review",
                "%(n)s agreements to review",
                of["sharing_agreement"],
            ),
        ),
        (
            "outcome_form",
            ngettext(
                "%(n)s form on the last weeks",
                "%(n)s forms on the last weeks",
                of["outcome_form"],
            ),
        ),
    )


def _counted_as(due: Due) -> str:
    if due.group is Group.FIRST:
        return "first"
    joint = due.kind == "visit" and any(chip.icon == "users" for chip in due.chips)
    return "joint" if joint else due.kind


def _left(clients: int) -> str:
    words = ngettext(
        "%(n)d client is still to be gone through; there may be more.",
        "%(n)d clients are still to be gone through; there may be more.",
        clients,
    )
    return words % {"n": clients}


def _lateness(dues: list[Due], *, all_arrived: bool) -> str:
    late = [due for due in dues if due.late]
    elsewhere = [due for due in late if due.group not in _LATE_IS_NAMED]
    if elsewhere and len(late) == len(dues):
        return _("It is late.") if len(late) == 1 else _("All of them are late.")
    if elsewhere:
        words = ngettext("%(n)s of them is late.", "%(n)s of them are late.", len(late))
        number = number_in_words(len(late))
        return words % {"n": number[:1].upper() + number[1:]}
    if not all_arrived:
        return _("Some of what others wrote has not reached this laptop.")
    return _("Nothing else is late.") if late else _("Nothing is late.")


def _draft(draft: Unfinished, now: datetime) -> Due:
    started = f"{draft.started:%H:%M}"
    if draft.started.date() != now.date():
        started = say_days(draft.started.date(), now.date())
    words = ngettext("started %(when)s, %(n)d word", "started %(when)s, %(n)d words", draft.words)
    return Due(
        Group.FINISH,
        "draft",
        draft.client,
        draft.record,
        draft.name,
        because=pieces(words, {"when": started, "n": draft.words}),
        what=draft.title,
        answers=(Answer("carry_on", _("Carry on")),),
        icon="notebook-pen",
        tone="neutral",
        at=draft.started,
        order=(0, draft.started.toordinal(), draft.started.hour * 60 + draft.started.minute),
    )


def _share(facts: Facts, now: datetime) -> Due:
    words = _("not shared from this laptop yet")
    if facts.shared is not None:
        words = _("last shared %(when)s") % {"when": say_days(facts.shared.date(), now.date())}
    count = ngettext("%(n)d change", "%(n)d changes", facts.to_share) % {"n": facts.to_share}
    return Due(
        Group.FINISH,
        "share",
        b"",
        b"",
        _("To share"),
        because=(Piece(words),),
        what=count,
        answers=(Answer("share", _("Share now")),),
        icon="cloud-upload",
        tone="neutral",
        order=(1,),
    )
