# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Proposals for the posture as rows and sentences: what may be asked for, because of what."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, Piece, open_file, pieces
from desktop_app.casework.people import Team
from desktop_app.casework.posture_proposals import Evidence, Proposal, Towards, proposals
from desktop_app.casework.records import Record
from desktop_app.casework.wording import Chip, told
from desktop_app.casework.words import _, inside, ngettext

PROPOSED = "posture_proposed"
ASK, ASIDE = "posture_ask", "posture_aside"
TOLD = 2
"""Records named in a row, the latest; how many more there are is said."""


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return a client's proposals."""
    return [_row(one, file, look) for one in proposals(file.records, look.team, look.day)]


def find(file: CaseFile, team: Team, day: date, due: Due) -> Proposal | None:
    """Return the proposal of a row, if it is still one."""
    found = proposals(file.records, team, day)
    return next((one for one in found if due.kind == _kind(one) and due.record == one.key), None)


def because(one: Proposal, team: Team, day: date) -> tuple[Piece, ...]:
    """Return why it is proposed, and what speaks against it."""
    said = pieces(_("because of **%(what)s**"), {"what": _listed(one.evidence, team, day)})
    if one.beside:
        words = ngettext(
            ", with %(n)d note its author released",
            ", with %(n)d notes their authors released",
            len(one.beside),
        )
        said += pieces(words, {"n": len(one.beside)})
    if one.against:
        words = _(". Against it: %(what)s")
        said += pieces(words, {"what": _listed(one.against, team, day)})
    return said


def line(record: Record, team: Team, day: date, on: date | None) -> str:
    """Return one record as it stands in a list of evidence."""
    title = told(record, team, on=day).title
    title = (_OUTCOMES.get(record.form) or _plain)(record, title)
    return f"{say_short(on.isoformat(), day)}: {title}" if on else title


def _plain(_record: Record, title: str) -> str:
    return title


def _kept(_record: Record, title: str) -> str:
    return _("%(what)s, kept") % {"what": title}


def _reached(record: Record, _title: str) -> str:
    return _("goal reached: %(goal)s") % {"goal": record.text("words").rstrip(".")}


def _came_of_it(record: Record, _title: str) -> str:
    of = codes("chain_outcome").label(record.text("outcome"))
    return _("missed appointments: %(what)s") % {"what": inside(of)}


_OUTCOMES: Mapping[str, Callable[[Record, str], str]] = {
    "appointment": _kept,
    "goal": _reached,
    "chain_step": _came_of_it,
}
"""What a record's own title leaves out, and is what speaks here."""


def title(one: Proposal) -> str:
    """Return what is proposed: "Proposed: heightened"."""
    words = codes("posture_level").label(one.level)
    return _("Proposed: %(level)s") % {"level": inside(words)}


def _kind(one: Proposal) -> str:
    return f"{PROPOSED}_{one.towards}"


def _listed(some: Sequence[Evidence], team: Team, day: date) -> str:
    latest = [line(one.record, team, day, one.day) for one in reversed(some)]
    more = len(latest) - TOLD
    said = "; ".join(latest[:TOLD])
    if more <= 0:
        return said
    words = ngettext("%(said)s and %(n)d more", "%(said)s and %(n)d more", more)
    return words % {"said": said, "n": more}


def _row(one: Proposal, file: CaseFile, look: Look) -> Due:
    more = one.towards is Towards.MORE
    chip = Chip(title(one), "warn" if more else "ok", "trending-up" if more else "heart-handshake")
    return Due(
        Group.NEEDS,
        _kind(one),
        file.client.id,
        one.key,
        file.name,
        because=because(one, look.team, look.day),
        chips=(chip,),
        answers=(Answer(ASK, _("Ask"), "A"), Answer(ASIDE, _("Put aside"), "P"), open_file()),
        icon="sliders-horizontal",
        tone="info",
        order=(4 if more else 5, -one.evidence[-1].day.toordinal()),
    )
