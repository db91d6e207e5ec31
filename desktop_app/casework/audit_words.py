# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An entry of the audit in words: the same on the Audit page and in an extract of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.casework import audience
from desktop_app.casework.audit import (
    ALTERATION,
    COLLECTION,
    COMBINATION,
    CONSULTATION,
    ERASURE,
    EXPORT,
    UPKEEP,
    ids_in,
)
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_date
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
        who: who did it, by name; for what was done to a casebook as a whole, whose that is, because
            somebody else may have had it.
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
        who=_who(entry, team),
        form=entry.form,
        did=_did(entry),
        whose=_whose(
            whose, names, shown=_count(entry, "shown") if entry.form == CONSULTATION else 0
        ),
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
        (COLLECTION, _("Taken in")),
        (ALTERATION, _("Altered")),
        (CONSULTATION, _("Looked at")),
        (EXPORT, _("Taken out or told")),
        (COMBINATION, _("Brought together")),
        (ERASURE, _("Erased")),
        (UPKEEP, _("Keys and copies")),
    ]


def _who(entry: Record, team: Team) -> str:
    name = team.name_of(entry.author)
    return _("Casebook of %(name)s") % {"name": name} if entry.form == UPKEEP else name


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
        case "collection":
            words = codes("collect_how").label(how)
        case "upkeep":
            words = codes("upkeep_how").label(how)
        case _:
            words = entry.form
    return words


def _detail(entry: Record, team: Team) -> str:
    match entry.form:
        case "consultation":
            words = entry.text("words")
            said = _("searched for “%(words)s”") % {"words": words} if words else ""
        case "alteration":
            said = _questions(entry)
        case "export":
            said = _for_whom(entry)
        case "erasure":
            by = team.name_of(entry.text("authorised_by"))
            said = f"{entry.text('rule')} · " + _("decided by %(name)s") % {"name": by}
        case "collection":
            said = _brought(entry, team)
        case "upkeep":
            said = _upkeep(entry)
        case _:
            said = _by_rule(entry)
    return said


def _by_rule(entry: Record) -> str:
    """Return by what rule records were brought together, and among how many."""
    count = _count(entry, "shown")
    among = ngettext("%(n)s compared", "%(n)s compared", count) % {"n": f"{count:,}"}
    said = (entry.text("rule"), among if entry.text("how") == "matched" else "")
    return " · ".join(one for one in said if one)


def _questions(entry: Record) -> str:
    shipped, held = forms().get(entry.text("kind")), entry.answers.get("fields")
    names = [str(one) for one in held] if isinstance(held, list) else []
    known = shipped.fields if shipped else {}
    return listed([_(known[one].label) if one in known else one for one in names])


def _for_whom(entry: Record) -> str:
    said = {
        "whom": entry.text("recipient"),
        "format": codes("export_format").label(entry.text("format")),
    }
    note = entry.text("what_note")
    whole = _("for %(whom)s, as %(format)s") % said
    return f"{whole} · {note}" if note else whole


def _brought(entry: Record, team: Team) -> str:
    """Return how much came, and of what kind or from whom."""
    count, held = _count(entry), entry.answers.get("people")
    names = [team.name_of(str(one)) for one in held] if isinstance(held, list) else []
    shipped = forms().get(entry.text("kind"))
    kind = (_(shipped.title) if count == 1 else _(shipped.plural)) if shipped else ""
    if kind:
        return f"{count:,} · {kind}"
    said = ngettext("%(n)s change", "%(n)s changes", count) % {"n": f"{count:,}"}
    return _("%(what)s from %(whom)s") % {"what": said, "whom": listed(names)} if names else said


def _upkeep(entry: Record) -> str:
    """Return how often something was tried, or what a repair could not save."""
    count, how = _count(entry), entry.text("how")
    if how == "repaired":
        return (
            ngettext("%(n)s line of it was lost", "%(n)s lines of it were lost", count)
            % {"n": f"{count:,}"}
            if count
            else _("nothing was lost")
        )
    if not count:
        return ""
    said = ngettext("%(n)s time", "%(n)s times", count) % {"n": f"{count:,}"}
    since = entry.text("since_at")
    words = {"times": said, "day": say_date(since[:10]), "time": since[11:16]}
    return _("%(times)s since %(day)s, %(time)s") % words if since else said


def _count(entry: Record, name: str = "count") -> int:
    held = entry.answers.get(name)
    return held if isinstance(held, int) else 0


def _why(entry: Record) -> str:
    if entry.form == CONSULTATION:
        words = entry.text("reason_words")
        return words or codes("look_reason").label(entry.text("reason"))
    return entry.text("reason")


def _whose(clients: Sequence[RecordId], names: Mapping[RecordId, str], *, shown: int) -> str:
    said = [names.get(one) or reference(one) for one in clients[:NAMED]]
    count = max(len(clients), shown if len(clients) > NAMED else 0)
    more = count - len(said)
    if said and more > 0:
        said.append(ngettext("%(n)d other", "%(n)d others", more) % {"n": more})
    return listed(said)
