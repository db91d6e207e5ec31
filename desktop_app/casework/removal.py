# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Removal: from targeting and from support, each by itself, with a checklist that is answered.

Rules, each with a test:

* Ending one never ends the other: no edit these rules propose touches both.
* Before somebody is removed it is answered whether all agree, whether partners and client know,
  what follows and who looks again when. What is not done needs a reason.
* Of somebody who has died nothing is asked that nobody can answer; their removal is proposed,
  never done by itself.
* A long sentence, a score below the threshold or quiet months propose removal from targeting.
  Nothing proposes the end of support but a decision to end it, or a death.
* What was decided of the one is not answered by what was decided of the other.
* A decision that takes the place of one to include, and does not include, proposes the end of the
  place that one opened.
* Who may read of a spell may read of its end, and nobody else: the removal and its follow-up are
  kept to whom the spell is kept to.
* Once the partners have decided to leave it as it is, nothing is proposed until they look again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from desktop_app.casework.answers import is_empty
from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.choosing import (
    INCLUDE,
    KEEP,
    RELAX,
    REMOVE_SUPPORT,
    REMOVE_TARGETING,
    Decision,
    choosing,
)
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import CaseFile, Piece, pieces
from desktop_app.casework.forms import Problem
from desktop_app.casework.lanes import ENFORCEMENT
from desktop_app.casework.limits import Limits
from desktop_app.casework.offending import events
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Edit, Record, RecordId
from desktop_app.casework.scoring import scoring_now
from desktop_app.casework.superseding import latest
from desktop_app.casework.targeting import DEMAND, Place, Support, places_on, support_on
from desktop_app.casework.whereabouts import has_died, setting_on
from desktop_app.casework.words import _, ngettext

TARGETING, SUPPORT = "targeting", "support"
DIED = "died"
_CHECKS = ("all_agree", "partners_told", "client_told")


@dataclass(frozen=True, slots=True)
class Removal:
    """What these rules need of a removal."""

    form: ClassVar[str] = "removal"
    record: Record
    removed_on: date | None
    targeting_end: str
    support_end: str
    follow_up_on: date | None
    follow_up_by: str
    spell: bytes | None
    supersedes: bytes | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be removed, and why; nothing follows from it until people decide.

    Attributes:
        of: "targeting" or "support".
        because: why, as a sentence.
        since: since when that is so.
        ends: the code of why it would end; empty for people to say.
        decided: the decision to remove them, where there is one and only the checklist waits.
    """

    of: str
    because: tuple[Piece, ...]
    since: date
    ends: str = ""
    decided: Decision | None = None


def candidates(file: CaseFile, day: date, limits: Limits) -> list[Candidate]:
    """Return from what somebody may be removed, and why: at most one line for each of the two."""
    found = []
    held = file.records
    on = [one for one in places_on(held, day) if one.cohort == DEMAND]
    if on and (one := _from_targeting(on[-1], file, day, limits)) is not None:
        found.append(one)
    support = support_on(held, day)
    if support is not None and (one := _from_support(support, file, day)) is not None:
        found.append(one)
    return found


def problems(answers: Answers) -> list[Problem]:
    """Return what the checklist still lacks."""
    died = DIED in (answers.get("targeting_end"), answers.get("support_end"))
    found = []
    asked = {
        "exit_plan": _("Write down what follows: what support goes on, who stays."),
        "follow_up_on": _("Say when somebody looks again."),
        "follow_up_by": _("Say who looks again."),
    }
    if not died:
        found += [Problem(name, why) for name, why in asked.items() if is_empty(answers.get(name))]
        if answers.get("all_agree") == "done" and is_empty(answers.get("agreed_by")):
            found.append(Problem("agreed_by", _("Name who agreed.")))
    undone = [name for name in _CHECKS if answers.get(name) in ("not_done", "cannot")]
    if undone and not died and is_empty(answers.get("not_all")):
        found.append(Problem("not_all", _("Say why it goes ahead all the same.")))
    return found


def ends(answers: Answers, spell: Place | Support, client: RecordId) -> Edit:
    """Return the end of the one spell a removal is about."""
    on, plan = answers.get("removed_on"), answers.get("exit_plan")
    record = spell.record
    if isinstance(spell, Place):
        ended: Answers = {
            "ended_on": on,
            "ended_because": answers.get("targeting_end"),
            "ended_note": plan,
        }
    else:
        ended = {"ended_on": on, "end_reason": answers.get("support_end"), "end_note": plan}
    return Edit(record.form, record.id, client, record.audience, ended)


def follow_up(
    answers: Answers,
    client: RecordId,
    new_record: Callable[[], RecordId],
    *,
    held_by: str = PARTNERS,
) -> list[Edit]:
    """Return the follow-up of a removal with its day: it stands on somebody's Today.

    Args:
        answers: of the removal.
        client: whose it is.
        new_record: makes a record id.
        held_by: who may read of the removal. What not every partner may is an action, not a need.
    """
    on, who = answers.get("follow_up_on"), answers.get("follow_up_by")
    if is_empty(on) or is_empty(who):
        return []
    of = codes("removed_from").label(str(answers.get("from"))).lower()
    begun = answers.get("removed_on")
    said: Answers = {
        "what": _("Look again how they are, after removal from %(what)s") % {"what": of},
        "owner": who,
        "due_on": on,
    }
    if held_by == PARTNERS:
        form = "need"
        said |= {"domain": "other", "action": answers.get("exit_plan"), "raised_on": begun}
    else:
        form = "action"
        said |= {"lane": ENFORCEMENT, "agreed_on": begun}
    kept = {name: value for name, value in said.items() if not is_empty(value)}
    return [Edit(form, new_record(), client, held_by, kept)]


def removals(records: Iterable[Record]) -> Removal | None:
    """Return the latest removal that stands."""
    return latest(read_all(Removal, records), lambda one: one.removed_on)


def _from_targeting(place: Place, file: CaseFile, day: date, limits: Limits) -> Candidate | None:
    held = file.records
    since = place.started_on or day
    if has_died(held, day):
        return _died(TARGETING, held, day)
    decided = _decided(TARGETING, held, since, day) or _reversed(place, held, day)
    if decided is not None:
        return decided
    if _kept(choosing(held, day).course_but(REMOVE_SUPPORT), day, limits):
        return None
    return (
        _long_sentence(held, day, limits)
        or _below(held, since, day)
        or _quiet(held, since, day, limits)
    )


def _kept(course: Decision | None, day: date, limits: Limits) -> bool:
    """Say whether the partners decided to leave it as it is, and when that holds until."""
    if course is None or course.about not in (KEEP, RELAX) or course.decided_on is None:
        return False
    until = course.review_on or course.decided_on + timedelta(days=limits.choosing.quiet_days)
    return course.decided_on <= day < until


def _from_support(support: Support, file: CaseFile, day: date) -> Candidate | None:
    held = file.records
    if has_died(held, day):
        return _died(SUPPORT, held, day)
    return _decided(SUPPORT, held, support.started_on or day, day)


def _died(of: str, held: Iterable[Record], day: date) -> Candidate:
    setting = setting_on(held, day)
    since = (setting.from_on if setting else None) or day
    words = _("because they **died**. The record is ended by a person, when it is right")
    return Candidate(of, pieces(words), since, DIED)


def _decided(of: str, held: tuple[Record, ...], since: date, day: date) -> Candidate | None:
    """Return what was decided of a spell that has not been ended yet; None when nothing was."""
    about, other = REMOVE_TARGETING, REMOVE_SUPPORT
    if of == SUPPORT:
        about, other = other, about
    decision = choosing(held, day).course_but(other)
    if decision is None or decision.about != about or decision.decided_on is None:
        return None
    if decision.decided_on < since:
        return None
    on = say_short(decision.decided_on.isoformat(), day)
    words = _("because it was decided on **%(day)s**, and the checklist is still to be answered")
    ending = "good_progress" if of == TARGETING else ""
    return Candidate(of, pieces(words, {"day": on}), decision.decided_on, ending, decision)


def _reversed(place: Place, held: tuple[Record, ...], day: date) -> Candidate | None:
    """Return that the decision which opened a place was reversed by a later one; None if not."""
    every = {one.record.id: one for one in read_all(Decision, held)}
    now = choosing(held, day).decision
    before = every.get(now.supersedes or b"") if now is not None else None
    if now is None or before is None or now.about == INCLUDE or before.about != INCLUDE:
        return None
    if before.spell != place.record.id or now.decided_on is None or now.decided_on > day:
        return None
    on = say_short(now.decided_on.isoformat(), day)
    words = _("because the decision to include them was **reversed on %(day)s**")
    return Candidate(TARGETING, pieces(words, {"day": on}), now.decided_on, "", now)


def _long_sentence(held: tuple[Record, ...], day: date, limits: Limits) -> Candidate | None:
    setting = setting_on(held, day)
    if setting is None or setting.setting != "sentenced" or setting.expected_release_on is None:
        return None
    left = (setting.expected_release_on - day).days
    if left < limits.choosing.long_sentence:
        return None
    words = _("because they are likely to be inside until **%(day)s**")
    said = pieces(words, {"day": say_short(setting.expected_release_on.isoformat(), day)})
    return Candidate(TARGETING, said, setting.from_on or day, "long_sentence")


def _below(held: tuple[Record, ...], since: date, day: date) -> Candidate | None:
    score = scoring_now(held)
    if score is None or score.proposes or (score.scored_on or date.min) <= since:
        return None
    words = _("because they scored **%(total)d** on %(day)s, below the threshold of %(threshold)d")
    values = {
        "total": score.total or 0,
        "threshold": score.threshold or 0,
        "day": say_short((score.scored_on or day).isoformat(), day),
    }
    return Candidate(
        TARGETING, pieces(words, values), score.scored_on or day, "criteria_no_longer_met"
    )


def _quiet(held: tuple[Record, ...], since: date, day: date, limits: Limits) -> Candidate | None:
    """Say whether months have passed without an arrest; months inside do not count."""
    months = timedelta(days=limits.choosing.quiet_days)
    setting = setting_on(held, day)
    if setting is None or setting.setting != "community":
        return None
    days = [each for one in events(held) for each in (one.arrested_on, one.offence_on) if each]
    last = max([*days, since, setting.from_on or since])
    if day - last < months:
        return None
    quiet = (day - last).days
    words = ngettext(
        "because no arrest or offence is shown here in the last **%(n)d day**",
        "because no arrest or offence is shown here in the last **%(n)d days**",
        quiet,
    )
    return Candidate(TARGETING, pieces(words, {"n": quiet}), last + months, "good_progress")
