# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is saved when two files are joined, told apart or parted: changes like any other.

Rules, each with a test:

* Joining is one finding; what is kept of the other file is a change of the file that is shown, in
  the same save. What was found otherwise before is taken back with the same reason, then and
  when two are told apart.
* Parting takes the findings back. An answer that was chosen then goes back to what it was, unless
  somebody has changed it since.
* Parted for good, or told apart, it is said that they are two, so that they are not offered again
  on any laptop. Taken back at once, nothing is said: it is as before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.both_files import Take, kept
from desktop_app.casework.records import WITHDRAWN, Answers, Edit, Record, RecordId, link
from desktop_app.casework.same_person import DIFFERENT, FORM, SAME, Finding, findings
from storage import everybody
from storage.store import Store
from sync.history import history
from ui.pages.joining_facts import Pair


@dataclass(frozen=True, slots=True)
class Says:
    """Who says something of two files.

    Attributes:
        reason: how it is known.
        by: person id.
        on: the day.
        record: id of the record that is to say so.
    """

    reason: str
    by: str
    on: date
    record: RecordId


def joining(pair: Pair, chosen: Mapping[str, Take], says: Says) -> list[Edit]:
    """Return what is saved to read two files as one.

    Args:
        pair: the two.
        chosen: whose answer is kept, by question; where nothing is chosen, what is usual.
        says: who says so.
    """
    changed = kept(pair.told, chosen)
    edits = [_altered(pair.one.client, changed)] if changed else []
    edits.append(_said(SAME, pair.one.client.id, link(pair.other.client.id), says))
    return [*edits, *_taken_back((one for one in pair.said if one.finding != SAME), says.reason)]


def telling_apart(pair: Pair, says: Says) -> list[Edit]:
    """Return what is saved to say that two are not one; who found otherwise is taken back."""
    said = _said(DIFFERENT, pair.one.client.id, link(pair.other.client.id), says)
    return [said, *_taken_back((one for one in pair.said if one.finding == SAME), says.reason)]


def parting(store: Store, finding: Record, *, reason: str) -> list[Edit]:
    """Return what takes back that two files are one person's, and what was chosen then.

    Args:
        store: the vault.
        finding: the record that says so; others that say the same of the two go with it.
        reason: why.
    """
    (said,) = findings([finding]) or (None,)
    if said is None:
        return []
    ends = [[one] for one in sorted(said.pair)]
    same = [one for one in everybody.said_of(store, *ends) if one.finding == SAME]
    back = [edit for one in same for edit in _answers_back(store, one.record)]
    return [*_taken_back(same, reason), *back]


def parting_for_good(store: Store, finding: Record, says: Says) -> list[Edit]:
    """Return what parts two files and says that they are two people."""
    edits = parting(store, finding, reason=says.reason)
    other = finding.text("other")
    return [*edits, _said(DIFFERENT, finding.client, other, says)] if edits else []


def _answers_back(store: Store, finding: Record) -> list[Edit]:
    """Return what gives back the answers that were chosen when a finding was saved.

    They were changed a moment before it, in the same save: one millisecond of this laptop's own
    clock, which never stands still.
    """
    past, shown = history(store, finding), store.record(finding.client)
    if not past or shown is None:
        return []
    made, of_shown = past[0].change, history(store, shown)
    when = (made.feed, made.at - 1)
    chosen = [one.change for one in of_shown if (one.change.feed, one.change.at) == when]
    back: Answers = {}
    for field in sorted({name for change in chosen for name in change.answers}):
        live = [one for one in shown.live if field in one.answers]
        if [(one.feed, one.at) for one in live] != [when]:
            continue  # somebody has changed it since, or it was answered twice
        before = [
            one.change.answers[field]
            for one in of_shown
            if field in one.change.answers and one.change.at < made.at - 1
        ]
        back[field] = before[-1] if before else None
    return [_altered(shown, back)] if back else []


def _said(finding: str, client: RecordId, other: str, says: Says) -> Edit:
    told: Answers = {
        "finding": finding,
        "other": other,
        "reason": says.reason,
        "found_on": says.on.isoformat(),
        "by": says.by,
    }
    return Edit(FORM, says.record, client, PARTNERS, told)


def _taken_back(held: Iterable[Finding], reason: str) -> list[Edit]:
    return [_altered(one.record, {WITHDRAWN: reason}) for one in held]


def _altered(record: Record, answers: Answers) -> Edit:
    return Edit(record.form, record.id, record.client, record.audience, answers)


def undoing(store: Store, edits: Iterable[Edit], *, reason: str) -> list[Edit]:
    """Return what takes back at once what was decided of two files: all is as it was before.

    Args:
        store: the vault.
        edits: what was saved.
        reason: it stands with what is taken back.
    """
    back: list[Edit] = []
    for edit in edits:
        held = store.record(edit.record)
        if edit.form != FORM or held is None:
            continue
        if WITHDRAWN in edit.answers:
            back.append(_altered(held, {WITHDRAWN: None}))
        elif edit.answers.get("finding") == SAME:
            back += parting(store, held, reason=reason)
        else:
            back.append(_altered(held, {WITHDRAWN: reason}))
    return back
