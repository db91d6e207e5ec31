# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who sees what: every role and every form, written out by hand and never worked out.

r = may hold and read, w = may write as well, x = may write and not read, - = neither. It is for
people whom the roster gave what their role has by default; a form kept to fewer readers when it
was written has the second table.
"""

from dataclasses import replace

import pytest

from desktop_app.casework.audience import (
    AUDIENCES,
    audience_for,
    by_default,
    fits,
    may_hold,
    may_write,
    readers,
    title,
)
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.forms import form, forms
from desktop_app.casework.people import Person, Role, Team

ROLES = (Role.KEY_WORKER, Role.OFFICER, Role.NURSE, Role.COORDINATOR, Role.ANALYST)
#                     key worker, officer, nurse, coordinator, analyst
WHO_SEES_WHAT = {
    "account":           "w w w w r",
    "action":            "w w w w r",
    "agreement":         "w w w w r",
    "alert":             "w w w w r",
    "alteration":        "x x x w x",
    "appointment":       "w w w w r",
    "arrest":            "r w r w r",
    "assessment":        "w r w w r",
    "assignment":        "w w w w r",
    "attachment":        "w w w w r",
    "boundary":          "w w w w r",
    "chain_step":        "w w w w r",
    "client":            "w w w w r",
    "clinical_note":     "- - w - -",
    "cohort":            "r w r w r",
    "collection":        "x x x w x",
    "combination":       "x x x w x",
    "consultation":      "x x x w x",
    "criterion":         "w w w w r",
    "decision":          "r w r w r",
    "disclosure":        "w w w w r",
    "erasure":           "x x x w x",
    "evidence":          "w w w w r",
    "export":            "x x x w x",
    "forum":             "r w r w r",
    "forum_entry":       "r w r w r",
    "goal":              "w r w w r",
    "handover":          "w w w w r",
    "handover_answer":   "w w w w r",
    "health_assessment": "- - w - -",
    "matrix":            "w w w w r",
    "need":              "w w w w r",
    "nomination":        "w w w w r",
    "note":              "w w w w r",
    "notice":            "w w w w r",
    "outcome_form":      "x - w - -",
    "outcome_pack":      "r r r w r",
    "planned_enforcement": "- w - - -",
    "police_contact":    "r w r w r",
    "posture":           "w w w w r",
    "posture_aside":     "w w w w r",
    "reach":             "w w w w r",
    "release_plan":      "w w w w r",
    "removal":           "w w w w r",
    "repacked":          "r w w w r",
    "reporting_consent": "w r w w r",
    "retention":         "r w w w r",
    "review":            "w r w w r",
    "same_person":       "w w w w r",
    "score":             "w w w w r",
    "scoring":           "w w w w r",
    "setting":           "w w w w r",
    "settled":           "w w w w r",
    "sharing_agreement": "r r r w r",
    "support":           "w r w w r",
    "team_phone":        "w w w w w",
    "team_rule":         "r r r w r",
    "treatment":         "w r w w r",
    "treatment_step":    "w r w w r",
    "upkeep":            "x x x w x",
    "visit":             "w w w w r",
    "willingness":       "w w w w r",
}  # fmt: skip
WHO_HOLDS_WHAT = {
    "partners":     "r r r r r",
    "health":       "- - r - -",
    "police":       "- r - - -",
    "coordination": "- - - r -",
    "audit":        "- - - r -",
}  # fmt: skip
NARROWED = {
    "account": ("health", "police", "coordination"),
    "action": ("police", "coordination"),
    "appointment": ("health",),
    "arrest": ("police",),
    "assessment": ("health",),
    "attachment": ("health", "police", "coordination"),
    "cohort": ("police", "coordination"),
    "decision": ("police", "coordination"),
    "disclosure": ("health", "police", "coordination", "audit"),
    "evidence": ("health", "police"),
    "goal": ("health",),
    "need": ("health", "coordination"),
    "nomination": ("police", "coordination"),
    "note": ("health", "police", "coordination"),
    "notice": ("police", "coordination"),
    "police_contact": ("police",),
    "removal": ("police", "coordination"),
    "retention": ("health", "police", "coordination"),
    "review": ("health",),
    "settled": ("health", "police", "coordination"),
    "treatment": ("health",),
    "treatment_step": ("health",),
    "visit": ("health", "police"),
    "willingness": ("health", "coordination"),
}


def somebody(role: Role) -> Person:
    roles = frozenset({role})
    return Person("p" * 16, "Somebody", "An agency", roles, by_default(roles))


def seen(name: str, role: Role) -> str:
    person = somebody(role)
    reads = may_hold(form(name).audience, person)
    writes = may_write(form(name), person.roles)
    return {(True, True): "w", (True, False): "r", (False, True): "x"}.get((reads, writes), "-")


def test_every_form_is_in_the_table() -> None:
    assert set(WHO_SEES_WHAT) == set(forms())


@pytest.mark.parametrize("name", sorted(WHO_SEES_WHAT))
def test_who_sees_what(name: str) -> None:
    assert " ".join(seen(name, role) for role in ROLES) == WHO_SEES_WHAT[name]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_who_holds_what_was_kept_to_fewer(audience: str) -> None:
    held = ["r" if may_hold(audience, somebody(role)) else "-" for role in ROLES]
    assert " ".join(held) == WHO_HOLDS_WHAT[audience]


@pytest.mark.parametrize("name", sorted(forms()))
def test_a_form_can_be_kept_to_these_and_to_no_others(name: str) -> None:
    shipped = form(name)
    allowed = {shipped.audience, *NARROWED.get(name, ())}
    for audience in AUDIENCES:
        assert fits(shipped, audience) == (audience in allowed)
        if audience in allowed:
            assert audience_for(shipped, audience) == audience
        else:
            with pytest.raises(NotAllowed):
                audience_for(shipped, audience)


def test_nothing_said_about_readers_means_those_of_the_form() -> None:
    assert audience_for(form("visit")) == "partners"
    assert audience_for(form("clinical_note")) == "health"


def test_a_clinical_note_can_never_be_widened() -> None:
    with pytest.raises(NotAllowed):
        audience_for(form("clinical_note"), "partners")


def test_a_safety_alert_can_never_be_kept_from_anybody() -> None:
    assert form("alert").narrow == ()


def test_whoever_has_left_holds_nothing(team: Team) -> None:
    gone = replace(next(iter(team.persons.values())), active=False)
    assert not any(may_hold(audience, gone) for audience in AUDIENCES)


def test_readers_are_named_in_order(team: Team) -> None:
    assert [one.name for one in readers("police", team)] == ["M. Lowe", "PC R. Shah"]


def test_somebody_of_two_roles_holds_what_both_hold() -> None:
    both = by_default({Role.NURSE, Role.OFFICER})
    assert both == {"partners", "health", "police"}


def test_every_audience_has_its_words() -> None:
    assert len({title(audience) for audience in AUDIENCES}) == len(AUDIENCES)
    assert title("something_newer") == "something_newer"
