# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An entry of the audit in words: the same on the Audit page and in an extract of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.casework import audience
from desktop_app.casework.audit import (
    ALTERATION,
    COMBINATION,
    CONSULTATION,
    ERASURE,
    EXPORT,
    ids_in,
)
from desktop_app.casework.codes import codes
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

NAMED = 3
"""Clients named in one line; the others are counted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry.

    Attributes:
        at: when, local time to the minute or the day, ISO.
        who: who did it, by name.
        form: what kind of entry it is.
        did: what was done, in a few words.
        whose: whose records, by name as far as they are known here; empty for nobody's.
        detail: for whom, in which form, which questions, what was searched for.
        why: the reason.
        meant_for: whom the records are for, where that is not all partners.
        times: how often within ten minutes.
    """

    at: str
    who: str
    form: str
    did: str
    whose: str = ""
    detail: str = ""
    why: str = ""
    meant_for: str = ""
    times: int = 1


def line(entry: Record, team: Team, names: Mapping[RecordId, str]) -> Line:
    """Return an entry in words.

    Args:
        entry: the entry, or a recorded disclosure.
        team: whose names are said.
        names: names of the clients held here; the others are called by their reference.
    """
    whose = clients_of(entry)
    times = entry.answers.get("times")
    audiences = entry.answers.get("audiences")
    meant = [str(one) for one in audiences] if isinstance(audiences, list) else []
    return Line(
        at=entry.text("happened_at") or entry.text("happened_on"),
        who=team.name_of(entry.author),
        form=entry.form,
        did=_did(entry),
        whose=_whose(whose, names, shown=entry.answers.get("shown")),
        detail=_detail(entry, team),
        why=_why(entry),
        meant_for=listed([audience.title(one) for one in meant]),
        times=times if isinstance(times, int) else 1,
    )


def clients_of(entry: Record) -> list[RecordId]:
    """Return whom an entry is about."""
    return ids_in(entry, "clients") or ([entry.client] if entry.client else [])


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of entries in words, in the order the law names them."""
    return [
        (CONSULTATION, _("Looked at")),
        (ALTERATION, _("Altered")),
        (EXPORT, _("Taken out or told")),
        (COMBINATION, _("Brought together")),
        (ERASURE, _("Erased")),
    ]


def _did(entry: Record) -> str:
    how = entry.text("how")
    match entry.form:
        case "consultation":
            words = codes("look_how").label(how)
        case "alteration":
            shipped = forms().get(entry.text("kind"))
            kind = _(shipped.title) if shipped else entry.text("kind")
            words = f"{codes('alter_how').label(how)}: {kind}"
        case "combination":
            words = codes("combine_how").label(how)
        case "export":
            what = codes("export_what").label(entry.text("what"))
            words = _("Taken out: %(what)s") % {"what": what}
        case "disclosure":
            words = _("Told to %(whom)s") % {"whom": entry.text("recipient")}
        case "erasure":
            words = _("Erased: %(what)s") % {"what": entry.text("category")}
        case _:
            words = entry.form
    return words


def _detail(entry: Record, team: Team) -> str:
    if entry.form == CONSULTATION:
        words = entry.text("words")
        return _("searched for “%(words)s”") % {"words": words} if words else ""
    if entry.form == ALTERATION:
        shipped, held = forms().get(entry.text("kind")), entry.answers.get("fields")
        names = [str(one) for one in held] if isinstance(held, list) else []
        known = shipped.fields if shipped else {}
        return listed([_(known[one].label) if one in known else one for one in names])
    if entry.form == EXPORT:
        said = {
            "whom": entry.text("recipient"),
            "format": codes("export_format").label(entry.text("format")),
        }
        note = entry.text("what_note")
        whole = _("for %(whom)s, as %(format)s") % said
        return f"{whole} · {note}" if note else whole
    if entry.form == ERASURE:
        by = team.name_of(entry.text("authorised_by"))
        return f"{entry.text('rule')} · " + _("decided by %(name)s") % {"name": by}
    return entry.text("rule")


def _why(entry: Record) -> str:
    if entry.form == CONSULTATION:
        words = entry.text("reason_words")
        return words or codes("look_reason").label(entry.text("reason"))
    return entry.text("reason")


def _whose(clients: Sequence[RecordId], names: Mapping[RecordId, str], *, shown: object) -> str:
    said = [names.get(one) or reference(one) for one in clients[:NAMED]]
    count = max(len(clients), shown if isinstance(shown, int) and len(clients) > NAMED else 0)
    more = count - len(said)
    if said and more > 0:
        said.append(ngettext("%(n)d other", "%(n)d others", more) % {"n": more})
    return listed(said)
