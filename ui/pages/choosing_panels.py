# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The panels of choosing: nominate, decide, write down that somebody was told, remove.

Rules, each with a test:

* Whoever decides sees the score and how much room there is, above the questions.
* A decision to include opens their place in the same save, unless its writer unticks it.
* A removal ends the one spell it is about, in the same save, and puts the follow-up on a Today.
* A newer record takes the place of the one it was begun from.
"""

from collections.abc import Sequence
from functools import partial

from desktop_app.casework import choosing, intake, removal
from desktop_app.casework.answers import is_empty
from desktop_app.casework.choosing import Choosing, Decision, Notice
from desktop_app.casework.codes import codes
from desktop_app.casework.due import CaseFile, said
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.limits import limits
from desktop_app.casework.records import Answers, Edit, Json, Record, RecordId, link
from desktop_app.casework.targeting import DEMAND, Place, Support, places_on, support_on
from desktop_app.casework.words import _
from ui.kit.tick_box import TickBox
from ui.pages.choosing_read import Room
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.today_answers import back, withdrawn
from ui.session import Session

LINKS = ("scoring", "forum", "spell", "decision", "supersedes")
"""Questions the panels answer themselves."""
ANEW: dict[str, Json] = dict.fromkeys(
    ("spell", "forum", "agreed_by", "dissent_by", "dissent", "why", "review_on")
)
"""What is never taken over from a decision that another takes the place of."""
INSTEAD = "instead_why"
"""Asked only where a record takes the place of an earlier one."""


class SealedPanel(FormPanel):
    """A panel whose record is sealed, and what is saved with it worked out once."""

    def __init__(self, session: Session, plan: Plan, client: RecordId) -> None:
        super().__init__(session, plan, client)
        self._with: list[Edit] = []

    def taken_back(self, edit: Edit, records: Sequence[Record]) -> tuple[Edit, ...]:
        """Return what takes back all that was saved, as long as it has not left the laptop.

        Args:
            edit: what was saved.
            records: the client's records as they were before.
        """
        held = {one.id: one for one in records}
        return tuple(
            back(held[one.record], one) if one.record in held else withdrawn(one)
            for one in (edit, *self._with)
        )

    def more(self, _answers: Answers, _record: RecordId) -> list[Edit]:
        """Return what was worked out when the answers were completed."""
        return self._with

    def held_by(self) -> str:
        """Return the audience it is saved to, as its writer chose."""
        return self._questions.narrowed_to() or self._questions.form.audience


class DecisionPanel(SealedPanel):
    """What the partners decided about somebody."""

    def __init__(
        self,
        session: Session,
        file: CaseFile,
        room: Room,
        *,
        about: str = "",
        instead: Decision | None = None,
    ) -> None:
        """Ask.

        Args:
            session: who writes it down.
            file: the client's.
            room: the criteria and how much room there is.
            about: what is decided, where that is known.
            instead: the decision it takes the place of; None where it takes none's.
        """
        self._file = file
        stands = choosing.choosing(file.records, session.today())
        preset: dict[str, Json] = {"about": about or _likely(stands)}
        if preset["about"] == choosing.INCLUDE:
            preset["cohort"] = DEMAND
        if stands.scoring is not None:
            preset["scoring"] = link(stands.scoring.record.id)
        check = partial(choosing.decision_problems, client=file.client.answers, on=session.today())
        if instead is not None:
            preset = {**again(instead.record, session), **ANEW}
        plan = Plan(
            "decision",
            _("Decision of the partners") if instead is None else _("Decide otherwise"),
            _("Save decision"),
            preset=preset,
            leave_out=LINKS if instead is not None else (*LINKS, INSTEAD),
            says=(_above(stands, room), *(both_stay() if instead is not None else ())),
            check=check
            if instead is None
            else (lambda answers: [*check(answers), *lacks(answers)]),
            draft_of=instead.record.id if instead is not None else b"",
            must=(INSTEAD,) if instead is not None else (),
        )
        super().__init__(session, plan, file.client.id)
        self.opens = TickBox("")
        self.opens.setChecked(True)
        self.put_beneath(self.opens)
        self.view.edited.connect(lambda _name: self._say_opens())
        self._say_opens()

    def completed(self, answers: Answers, _record: RecordId) -> Answers:
        """Add which place it opens."""
        wanted = self.opens.isChecked() and not self.opens.isHidden()
        self._with = self._follow(answers) if wanted else []
        return {**answers, "spell": link(self._with[-1].record)} if self._with else answers

    def _follow(self, answers: Answers) -> list[Edit]:
        return choosing.places_follow(
            answers,
            self._file.records,
            self._file.client.id,
            new_record=self._session.new_record,
            held_by=self.held_by(),
        )

    def _say_opens(self) -> None:
        answers = self.view.answers()
        follow = self._follow(answers)
        self.opens.setVisible(bool(follow))
        if follow:
            group = codes("cohort").label(str(follow[-1].answers.get("cohort") or ""))
            self.opens.setText(_("Open their &place: %(group)s") % {"group": group})


class NoticePanel(SealedPanel):
    """That somebody was told that they are on the programme."""

    def __init__(
        self, session: Session, file: CaseFile, place: Place, instead: Notice | None = None
    ) -> None:
        """Ask.

        Args:
            session: who writes it down.
            file: the client's.
            place: the place they are told of.
            instead: the notice it takes the place of; None where it takes none's.
        """
        self._file, self._place = file, place
        preset: dict[str, Json] = {"spell": link(place.record.id), "message": newest_message()}
        if instead is not None:
            preset = again(instead.record, session)
        plan = Plan(
            "notice",
            _("Told about the programme") if instead is None else _("Told otherwise than written"),
            _("Save"),
            preset=preset,
            leave_out=LINKS if instead is not None else (*LINKS, INSTEAD),
            says=(*_safe(file.client), *(both_stay() if instead is not None else ())),
            check=None if instead is None else lacks,
            draft_of=instead.record.id if instead is not None else b"",
            must=(INSTEAD,) if instead is not None else (),
            begin_at="told_on",
        )
        super().__init__(session, plan, file.client.id)

    def completed(self, answers: Answers, _record: RecordId) -> Answers:
        """Write the day into the place as well, where its writer may."""
        may = self._session.may_write(self._place.form)
        told = choosing.told_follows(
            answers, self._place, self._file.client.id, held_by=self.held_by()
        )
        self._with = told if may else []
        return answers


class RemovalPanel(SealedPanel):
    """Removal from targeting, or from support, with its checklist."""

    def __init__(self, session: Session, file: CaseFile, *, of: str = "") -> None:
        """Ask.

        Args:
            session: who writes it down.
            file: the client's.
            of: "targeting" or "support", where that is known.
        """
        self._file, self._may_write = file, session.may_write
        today = session.today()
        on = [one for one in places_on(file.records, today) if one.cohort == DEMAND]
        self._spells: dict[str, Place | Support | None] = {
            removal.TARGETING: on[-1] if on else None,
            removal.SUPPORT: support_on(file.records, today),
        }
        found = removal.candidates(file, today, limits())
        plan = Plan(
            "removal",
            _("Remove from targeting or from support"),
            _("Save removal"),
            preset=self._preset(of, found),
            leave_out=LINKS,
            says=_goes_on([one for one in found if one.of == (of or one.of)]),
            check=self._check,
            kept_by=self._kept_to,
            begin_at="from",
        )
        super().__init__(session, plan, file.client.id)

    def completed(self, answers: Answers, _record: RecordId) -> Answers:
        """Add which spell it ends."""
        spell, client = self._spells.get(str(answers.get("from"))), self._file.client.id
        if spell is None:
            self._with = []
            return answers
        again = removal.follow_up(
            answers, client, self._session.new_record, held_by=self._kept_to(answers)
        )
        self._with = [removal.ends(answers, spell, client), *again]
        return {**answers, "spell": link(spell.record.id)}

    def _kept_to(self, answers: Answers) -> str:
        """Return who may read of the end of a spell: whoever may read of the spell."""
        spell = self._spells.get(str(answers.get("from") or ""))
        return spell.record.audience if spell is not None else form(removal.Removal.form).audience

    def _preset(self, of: str, found: Sequence[removal.Candidate]) -> dict[str, Json]:
        running = [name for name, spell in self._spells.items() if spell is not None]
        mine = [one.of for one in found if self._may_end(one.of)] or [one.of for one in found]
        first = of or (mine[0] if mine else running[0] if len(running) == 1 else "")
        preset: dict[str, Json] = {"from": first or None}
        if any(one.ends == removal.DIED for one in found):  # nobody can tell them
            preset["client_told"] = "cannot"
        for one in found:
            if one.of == first and one.ends:
                preset["targeting_end" if first == removal.TARGETING else "support_end"] = one.ends
            if one.of == first and one.decided is not None:
                preset["decision"] = link(one.decided.record.id)
                preset["agreed_by"] = list(one.decided.agreed_by)
        return preset

    def _check(self, answers: Answers) -> list[Problem]:
        of = str(answers.get("from") or "")
        spell = self._spells.get(of)
        if of and spell is None:
            nothing = _("No such spell runs: there is nothing to end.")
            return [Problem("from", nothing)]
        if not self._may_end(of):
            who = {
                removal.TARGETING: _("The coordinator or an officer ends targeting."),
                removal.SUPPORT: _("The key worker, the nurse or the coordinator ends support."),
            }
            return [Problem("from", who[of])]
        return [*removal.problems(answers), *self._cannot_read(answers)]

    def _may_end(self, of: str) -> bool:
        """Say whether this person may end that spell; one that does not run is nobody's to end."""
        spell = self._spells.get(of)
        return spell is None or self._may_write(spell.form)

    def _cannot_read(self, answers: Answers) -> list[Problem]:
        """Return that whoever is to look again may not read of it."""
        who = answers.get("follow_up_by")
        readers = [one.id for one in self._session.readers(self._kept_to(answers))]
        if is_empty(who) or who in readers:
            return []
        words = _("They may not read this removal. Choose somebody who may.")
        return [Problem("follow_up_by", words)]


def again(record: Record, session: Session) -> dict[str, Json]:
    """Return what a record that takes the place of another begins with: what that one said."""
    kept = {name: one for name, one in record.answers.items() if name in form(record.form).fields}
    day = form(record.form).happened
    fresh: dict[str, Json] = {"supersedes": link(record.id), INSTEAD: None}
    kept.pop("final_say", None)
    begun = {**kept, **fresh, day: session.today().isoformat()}
    return {name: one for name, one in begun.items() if name in form(record.form).fields}


def lacks(answers: Answers) -> list[Problem]:
    """Return that it was not said why one takes the place of another."""
    said_why = bool(str(answers.get(INSTEAD) or "").strip())
    why = _("Say what was wrong with the earlier one.")
    return [] if said_why else [Problem(INSTEAD, why)]


def both_stay() -> tuple[str, ...]:
    """Return what taking the place of a sealed record means."""
    return (_("It takes the place of the earlier one, which stays in the history as it was."),)


def nomination_plan(session: Session, client: Record) -> Plan:
    """Return the plan that nominates somebody."""

    def check(_answers: Answers) -> list[Problem]:
        why_not = intake.on_no_list(client.answers, on=session.today())
        return [Problem("cohort", why_not)] if why_not else []

    return Plan(
        "nomination",
        _("Nominate"),
        _("Nominate"),
        preset={"agency": session.me.agency},
        says=(_("It is talked over at the next forum. Nothing follows from it until then."),),
        check=check,
    )


def newest_message() -> str:
    """Return the version of the words that counts now."""
    return codes("notice_message").code[-1].code


def _likely(stands: Choosing) -> str | None:
    """Return what is most likely being decided; people choose otherwise with one key."""
    return choosing.INCLUDE if stands.nominations else None


def _above(stands: Choosing, room: Room) -> str:
    score = stands.scoring
    said = [room.capacity.words]
    if score is None:
        said.append(_("No score yet."))
    else:
        said.append(_("Score %(score)s. It proposes; people decide.") % {"score": score.words})
    return " ".join(said)


def _safe(client: Record) -> tuple[str, ...]:
    said = [_("Away from others, in the words the partners agreed. Nothing about anybody else.")]
    if client.text("may_write") == "no":
        said.append(_("Nothing in writing: letters are not safe for them."))
    return (" ".join(said),)


def _goes_on(found: Sequence[removal.Candidate]) -> tuple[str, ...]:
    said_of = {
        removal.TARGETING: _("Proposed from targeting, %(because)s."),
        removal.SUPPORT: _("Proposed from support, %(because)s."),
    }
    proposed = [said_of[one.of] % {"because": said(one.because)} for one in found]
    return (*proposed, _("One never ends the other: each is ended by itself."))
