# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The history of postures on paper, for the strategic group and for scrutiny from outside.

Rules, each with a test:

* Clients stand by their reference, and their own names are in no reason.
* Every turn stands with who decided for each agency, until when, and how it ended.
* It says that a posture is never grounds for a search.
"""

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.audience import title as audience_title
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_date
from desktop_app.casework.disproportion import Trait, not_held
from desktop_app.casework.people import Team
from desktop_app.casework.posture import never_grounds
from desktop_app.casework.posture_history import Decided, History, Open, PutAside, Turned
from desktop_app.casework.posture_turns import Fall
from desktop_app.casework.words import _, inside
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet, marked


def posture_sheet(
    told: History, traits: tuple[Trait, ...], compared_of: str, team: Team, *, made: str
) -> Sheet:
    """Return the history of postures as a sheet.

    Args:
        told: what happened.
        traits: whom heightened attention fell on.
        compared_of: which time that is of, in words.
        team: whose it is.
        made: who takes it out of Tandem, when and for whom.
    """
    return Sheet(
        title=_("Postures: history for scrutiny"),
        name=team.name,
        banner=(
            Fact(_("From"), say_date(told.since.isoformat())),
            Fact(_("Up to and including"), say_date(told.until.isoformat())),
        ),
        marking=marked(audience_title(PARTNERS), made_up=team.made_up),
        made=made,
        sections=(
            Section(_("How often"), counts(told)),
            *(_trait(one, compared_of) for one in traits),
            Section(_("What cannot be compared"), entries=(Entry("", _("Not held"), not_held()),)),
            Section(
                _("Every turn"),
                entries=tuple(_turned(one) for one in told.turned),
                empty=_("No posture was turned in this time."),
            ),
            Section(
                _("Asked for and not agreed"),
                entries=tuple(_open(one) for one in told.open),
                empty=_("Everything that was asked for was agreed."),
            ),
            Section(
                _("Boundary decisions"),
                entries=tuple(_decided(one) for one in told.decided),
                empty=_("No boundary decision was made in this time."),
            ),
            Section(
                _("Proposals put aside"),
                entries=tuple(_aside(one) for one in told.aside),
                empty=_("No proposal was put aside."),
            ),
        ),
    )


def counts(told: History) -> tuple[Fact, ...]:
    """Return how often what happened, and what a posture never is."""
    return (
        Fact(_("Turned by two agencies"), str(len(told.turned))),
        Fact(_("Of these to more attention"), str(told.raised)),
        Fact(_("Lapsed on their day"), str(told.lapsed)),
        Fact(_("Asked for and not agreed"), str(len(told.open))),
        Fact(_("Boundary decisions"), str(len(told.decided))),
        Fact(_("Proposals put aside"), str(len(told.aside))),
        Fact(_("What a posture is not"), never_grounds()),
    )


def turn_words(one: Turned) -> str:
    """Return from what to what: "Standard to heightened"."""
    level = codes("posture_level").label
    to = level(one.turn.level)
    words = _("%(before)s to %(after)s")
    return words % {"before": level(one.before), "after": inside(to)}


def end_words(one: Turned) -> str:
    """Return until when it holds, or how it ended."""
    until = say_date(one.turn.until.isoformat())
    if one.replaced:
        return _("turned anew before %(day)s") % {"day": until}
    said = {
        None: _("holds until %(day)s"),
        Fall.LAPSED: _("lapsed after %(day)s"),
        Fall.TAKEN_BACK: _("one agency took it back"),
        Fall.AGENCIES: _("no longer two agencies"),
        Fall.EVIDENCE: _("rests on nothing that may count any more"),
    }
    return said[one.turn.because] % {"day": until}


def _trait(trait: Trait, compared_of: str) -> Section:
    title = _("Heightened attention by %(trait)s, %(time)s")
    return Section(
        title % {"trait": inside(trait.words), "time": compared_of},
        entries=tuple(Entry("", one.words, one.share, one.says) for one in trait.groups),
        empty=_("Nobody was on the programme in this time."),
    )


def _turned(one: Turned) -> Entry:
    evidence = "; ".join(one.turn.evidence)
    body = [_("Why: %(why)s") % {"why": one.reason}]
    body += [_("Evidence: %(what)s") % {"what": evidence}] if evidence else []
    return Entry(
        say_date(one.turn.from_on.isoformat()),
        f"{one.ref} · {turn_words(one)}",
        _("%(one)s and %(other)s · %(end)s")
        % {"one": one.deciders[0], "other": one.deciders[1], "end": end_words(one)},
        "\n".join(body),
    )


def _open(one: Open) -> Entry:
    level = codes("posture_level").label(one.act.level)
    said = [_("Why: %(why)s") % {"why": one.reason}]
    said += [_("Said no: %(words)s") % {"words": each} for each in one.noes]
    return Entry(
        say_date(one.act.acted_on.isoformat()) if one.act.acted_on else "",
        f"{one.ref} · {level}",
        _("asked by %(who)s") % {"who": one.asked_by},
        "\n".join(said),
    )


def _decided(one: Decided) -> Entry:
    views, (police, support, other) = one.views, one.said
    said = [
        _("Police: %(words)s") % {"words": police},
        _("Support: %(words)s") % {"words": support},
        *([_("Others: %(words)s") % {"words": other}] if other else []),
        _("Why: %(why)s") % {"why": one.why},
    ]
    what = codes("boundary_decision").label(views.decision)
    end = _("; another took its place") if one.superseded else ""
    return Entry(
        say_date(views.decided_on.isoformat()) if views.decided_on else "",
        f"{one.ref} · {what}",
        _("final say %(who)s") % {"who": one.final_say} + end,
        "\n".join(said),
    )


def _aside(one: PutAside) -> Entry:
    towards = codes("posture_towards").label(one.aside.towards)
    on = one.aside.put_on
    return Entry(
        say_date(on.isoformat()) if on else "", f"{one.ref} · {towards}", one.by, one.reason
    )
