# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is said of a record on its sheet: its title, states, author, and answers given twice."""

from desktop_app.casework.corrections import REASON, differences
from desktop_app.casework.dates import say_moment
from desktop_app.casework.forms import FieldType
from desktop_app.casework.records import SAID_BY, Live, Record
from desktop_app.casework.wording import answer_in_words
from desktop_app.casework.words import _, inside
from ui.authors import by_and_at, newest_of
from ui.clock import local
from ui.editors.row import Held
from ui.form_view import HIDDEN
from ui.kit.chip import ChipText
from ui.pages.record_facts import RecordFacts
from ui.session import Session


def title_of(facts: RecordFacts, *, correcting: bool) -> str:
    """Return the heading of the sheet."""
    title = _(facts.form.title)
    small = inside(title)
    if correcting:
        return _("Correct: %(what)s") % {"what": small}
    return title if facts.record else _("New: %(what)s") % {"what": small}


def states_of(facts: RecordFacts, *, editing: bool) -> list[ChipText]:
    """Return the chips beside the heading."""
    record = facts.record
    if record is None:
        return []
    states = []
    if record.withdrawn:
        states.append(ChipText(_("Withdrawn"), "neutral", "archive"))
    if record.conflicts:
        states.append(ChipText(_("Two answers"), "warn", "git-merge"))
    if facts.form.sealed and not editing:
        states.append(ChipText(_("Sealed"), "neutral", "lock"))
    return states


def written_words(record: Record, facts: RecordFacts, session: Session) -> str:
    """Return who began a record, and who gave the latest answer when."""
    latest = max(record.live, key=lambda live: live.stamp)
    who, at = by_and_at(latest, facts.authors, session)
    said = {"author": session.team.name_of(record.author), "who": who, "at": at}
    said_by = record.text(SAID_BY)
    if said_by and said_by != record.author:
        said["said_by"] = session.team.name_of(said_by)
        return (
            _("Answered by %(said_by)s, let stand by %(author)s. Latest answer by %(who)s, %(at)s.")
            % said
        )
    return _("Begun by %(author)s. Latest answer by %(who)s, %(at)s.") % said


def newest_held(record: Record, field: str, facts: RecordFacts, session: Session) -> Held:
    """Return the answer of a field that is shown now, and who gave it when."""
    live = newest_of(record, field)
    if live is None:
        return Held(None, _("nothing"), _("Somebody"), "")
    return _held(live, field, facts, session)


def held_twice(record: Record, facts: RecordFacts, session: Session) -> dict[str, list[Held]]:
    """Return the answers of every field that holds several."""
    return {
        field: [_held(one, field, facts, session) for one in lives]
        for field, lives in record.conflicts.items()
    }


def correction_words(correction: Record, corrected: Record, session: Session) -> str:
    """Return who corrected a record, when and why, and what it was before."""
    words = _("Corrected by %(who)s, %(at)s: %(why)s") % _correcting(correction, session)
    return _with_differences(words, corrected, correction, session)


def corrects_words(correction: Record, corrected: Record, session: Session) -> str:
    """Return the same where the correction itself is read."""
    by = {"author": session.team.name_of(corrected.author), **_correcting(correction, session)}
    words = _("This corrects what %(author)s wrote. By %(who)s, %(at)s: %(why)s") % by
    return _with_differences(words, corrected, correction, session)


def _correcting(correction: Record, session: Session) -> dict[str, str]:
    why, at = correction.text(REASON).strip(), local(correction.recorded_at)
    return {
        "who": session.team.name_of(correction.author),
        "at": say_moment(at.isoformat(timespec="minutes")[:16], session.today()),
        "why": why if why[-1:] in ".!?…" else f"{why}.",
    }


def _with_differences(words: str, corrected: Record, newer: Record, session: Session) -> str:
    told = differences(corrected, newer, session.team, on=session.today())
    return " ".join([words, *(f"{one.words}." for one in told)])


def also_shown(facts: RecordFacts, *, correcting: bool) -> list[str]:
    """Return the fields that are shown although their form hides them.

    A link is asked for only where there is a choice; the reason only where something is corrected.
    """
    shown = [REASON] if correcting else []
    for field in facts.form.field:
        choice = len(facts.links.get(field.name, ())) > 1
        if field.type is FieldType.RECORD and field.appearance == HIDDEN and choice:
            shown.append(field.name)
    return shown


def _held(live: Live, name: str, facts: RecordFacts, session: Session) -> Held:
    field, value = facts.form.fields.get(name), live.answers.get(name)
    words = ""
    if field is not None:
        words = answer_in_words(field, value, session.team, on=session.today())
    who, at = by_and_at(live, facts.authors, session)
    return Held(value, words or _("nothing"), who, at)
