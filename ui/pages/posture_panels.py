# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Panels of the posture: asking for one, saying no to one, and a boundary decision.

Whoever asks is shown what may count for more pressure, and nothing else: an unmarked care note is
not on the list. A line that is taken out is not evidence.
"""

from collections.abc import Iterable, Mapping

from desktop_app.casework import posture_proposed
from desktop_app.casework.assignments import KEY_WORKER, worker_on
from desktop_app.casework.dates import as_date
from desktop_app.casework.due import CaseFile, said
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.posture import Posture, never_grounds, posture_now
from desktop_app.casework.posture_evidence import may_count
from desktop_app.casework.posture_proposals import Aside, Proposal
from desktop_app.casework.posture_rows import level_words
from desktop_app.casework.posture_turns import AGREES, ASKS, HEIGHTENED, SAYS_NO, Act
from desktop_app.casework.records import Answers, Edit, Json, Record, RecordId, link
from desktop_app.casework.words import _
from ui.pages.form_panel import Plan
from ui.session import Session

NAME = Act.form
SHOWN = 12
"""Records offered as evidence, the latest; more are not read."""
_LINKS = ("agrees_with", "declines", "supersedes", "evidence_of")


def asking(file: CaseFile, session: Session, proposal: Proposal | None = None) -> Plan:
    """Return the panel that asks for a posture.

    Args:
        file: the case file, with what may be evidence.
        session: who asks.
        proposal: what is proposed, with its evidence; None for people to say.
    """
    day = session.today()
    now = posture_now(file.records, session.team, day)
    offered = lines(file.records, session)
    if proposal is not None:
        offered = proposed_lines(proposal, session)
    evidence: list[Json] = [*offered]
    preset: dict[str, Json] = {
        "says": ASKS,
        "acted_on": day.isoformat(),
        "agency": session.me.agency,
        "level": proposal.level if proposal else None,
        "evidence": evidence,
        "ring": _ring(file, session),
        "supersedes": _replaces(now, session),
    }

    def named(answers: Answers, record: RecordId) -> list[Edit]:
        found = _named(answers, offered)
        of: list[Json] = [link(one) for one in found]
        client, held_by = file.client.id, form(NAME).audience
        return [Edit(NAME, record, client, held_by, {"evidence_of": of})] if of else []

    return Plan(
        NAME,
        _("Ask for a posture"),
        _("Ask"),
        preset,
        leave_out=("says", "agency", "acted_on", "words", *_LINKS),
        says=(
            _("Now: %(level)s. It turns when somebody of another agency agrees. %(never)s")
            % {"level": level_words(now.level), "never": never_grounds()},
            *(_proposed(proposal, session) if proposal else ()),
        ),
        also=named,
        check=lambda answers: _lacks_proof(answers, offered),
        kept_to=form(NAME).audience,
    )


def _falls(act: Act) -> str:
    if act.says == ASKS:  # nobody has agreed to it: it never counted
        return _("It is signed and kept, beside what it takes back. What counts stays as it is.")
    return _(
        "It is signed and kept, beside what it takes back. What counts falls to the lower level, "
        "never upwards, until two agencies turn it anew."
    )


def putting_aside(proposal: Proposal, session: Session) -> Plan:
    """Return the panel that puts a proposal aside: why nothing is asked for."""
    offered = proposed_lines(proposal, session)
    evidence: list[Json] = [*offered]
    of: list[Json] = [link(one) for one in offered.values()]
    return Plan(
        Aside.form,
        _("Put a proposal aside"),
        _("Put aside"),
        {
            "put_on": session.today().isoformat(),
            "towards": str(proposal.towards),
            "agency": session.me.agency,
            "evidence": evidence,
            "evidence_of": of,
        },
        leave_out=("put_on", "towards", "agency", "evidence", "evidence_of"),
        says=(
            *_proposed(proposal, session),
            _("The same records propose it no more; a new one may. It turns no posture."),
        ),
        kept_to=form(Aside.form).audience,
        draft_of=proposal.key,
    )


def proposed_lines(proposal: Proposal, session: Session) -> dict[str, RecordId]:
    """Return what a proposal rests on, each record by the line that tells it."""
    day = session.today()
    told_of = {
        posture_proposed.line(one.record, session.team, day, one.day): one.record.id
        for one in proposal.named
    }
    return dict(list(told_of.items())[-SHOWN:])


def _proposed(proposal: Proposal, session: Session) -> tuple[str, ...]:
    said_of = said(posture_proposed.because(proposal, session.team, session.today()))
    return (f"{posture_proposed.title(proposal)}, {said_of}.",)


def answering(act: Act, session: Session, says: str) -> Answers:
    """Return what agrees with an act, or says no to it: the same level, reason and day."""
    said = {name: act.record.answers.get(name) for name in ("level", "reason", "until", "ring")}
    to = "agrees_with" if says == AGREES else "declines"
    return {
        **{name: value for name, value in said.items() if value},
        "says": says,
        "acted_on": session.today().isoformat(),
        "agency": session.me.agency,
        to: link(act.id),
    }


def saying_no(act: Act, session: Session, *, own: bool = False) -> Plan:
    """Return the panel that says no to what was asked for.

    Args:
        act: what was signed.
        session: who says it.
        own: whether one's own agency's word is taken back.
    """
    known = answering(act, session, SAYS_NO)
    fields = form(NAME).fields

    def check(answers: Answers) -> list[Problem]:
        lacks = not str(answers.get("words") or "").strip()
        return [Problem("words", _("Say why, so that the other agency can answer."))] * lacks

    return Plan(
        NAME,
        (_("Take back: %(level)s") if own else _("Say no to %(level)s"))
        % {"level": level_words(act.level)},
        _("Take back") if own else _("Say no"),
        known,
        leave_out=tuple(name for name in fields if name != "words"),
        says=(
            _("%(who)s wrote: “%(why)s”")
            % {"who": session.team.name_of(act.author), "why": act.reason},
            *((_falls(act),) if own else ()),
        ),
        check=check,
        kept_to=form(NAME).audience,
        draft_of=act.id,
        must=("words",),
    )


def boundary() -> Plan:
    """Return the panel of a boundary decision."""
    return Plan(
        "boundary",
        _("Boundary decision"),
        _("Save"),
        says=(
            _("Everybody's view is kept as they said it. It turns no posture. %(never)s")
            % {"never": never_grounds()},
        ),
        kept_to=form("boundary").audience,
    )


def lines(records: Iterable[Record], session: Session) -> dict[str, RecordId]:
    """Return the records that may count for more pressure, each by the line that tells it."""
    found: dict[str, RecordId] = {}
    for one in may_count(records)[-SHOWN:]:
        shipped = form(one.form)
        day = one.text(shipped.happened)[:10] if shipped.happened else ""
        found[posture_proposed.line(one, session.team, session.today(), as_date(day))] = one.id
    return found


def _named(answers: Answers, offered: Mapping[str, RecordId]) -> list[RecordId]:
    kept = answers.get("evidence")
    said = [str(one) for one in kept] if isinstance(kept, list) else []
    return [offered[one] for one in said if one in offered]


def _lacks_proof(answers: Answers, offered: Mapping[str, RecordId]) -> list[Problem]:
    """Return that more pressure was asked for and no record named that may count."""
    if answers.get("level") != HEIGHTENED or _named(answers, offered):
        return []
    words = _("More pressure needs a record that may count. A care note counts by its author.")
    return [Problem("evidence", words)]


def _ring(file: CaseFile, session: Session) -> str:
    """Return whom to ring before acting, unless people say otherwise: the key worker."""
    worker = worker_on(file.records, KEY_WORKER, session.today())
    return session.team.name_of(worker) if worker else ""


def _replaces(now: Posture, session: Session) -> Json:
    """Return what a new asking takes the place of: our own open one, or what was agreed last."""
    mine = [one.act for one in now.asked if one.act.author == session.me.id]
    before = mine[-1] if mine else now.turn.agree if now.turn else None
    return link(before.id) if before else None
