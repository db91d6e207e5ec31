# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What some forms ask beyond their own file: adults only, a whole handover, a reason to correct."""

from collections.abc import Sequence
from datetime import date

from desktop_app.casework import intake
from desktop_app.casework.answers import is_empty
from desktop_app.casework.corrections import REASON
from desktop_app.casework.forms import Form, Problem
from desktop_app.casework.records import Answers
from desktop_app.casework.sharing_agreements import RESTS_ON, SharingAgreement, lacking
from desktop_app.casework.words import _

LISTS = ("cohort", "nomination")
"""Forms that put somebody on a list: nobody who may be under 18."""
HANDOVER = ("until_on", "handed_to", "handover_reason")


def problems(
    form: Form, answers: Answers, client: Answers, *, today: date, correcting: bool
) -> list[Problem]:
    """Return what must be put right besides what the form itself asks.

    Args:
        form: the form.
        answers: every answer as it stands.
        client: what is known of the client it is about.
        today: the day.
        correcting: whether a sealed record is being corrected.
    """
    found = intake.problems(answers, on=today) if form.name == "client" else []
    if form.name in LISTS and is_empty(answers.get("ended_on")):
        child = intake.on_no_list(client, on=today)
        found += [Problem("cohort", child)] if child else []
    if correcting and is_empty(answers.get(REASON)):
        found.append(Problem(REASON, _("Say why it is corrected.")))
    return found


def notice(form: Form, answers: Answers, agreements: Sequence[SharingAgreement] = ()) -> str:
    """Return what should be said while a form is being filled in; empty when nothing.

    Args:
        form: the form.
        answers: every answer as it stands.
        agreements: of a disclosure, the agreements that stand.
    """
    if RESTS_ON in form.fields:
        return lacking(agreements, answers)
    if form.name == "assignment":
        given = [not is_empty(answers.get(name)) for name in HANDOVER]
        ends_support = answers.get("handover_reason") in ("support_ended", "died")
        if any(given) and not all(given) and not (ends_support and given[0]):
            return _(
                "A handover needs a day, a reason and a name. The worker stays until it has all "
                "three."
            )
    if form.name == "setting":
        return _("A change of setting ends nothing: support and workers stay as they are.")
    return ""
