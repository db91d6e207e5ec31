# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may hold and who may write what.

Rules, each with a test:

* A form names its audience; there is no default.
* Its author may narrow one record to an audience the form allows, when the record is made, and
  never widen it: widening is a disclosure, a record of its own.
* Holding follows from the signed roster, writing from the author's roles and our own forms;
  never from what a bundle claims about itself.
* `audit` is write-only for everybody but those the roster lets read it.
"""

from collections.abc import Iterable

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.forms import Form
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.words import _

PARTNERS = "partners"
HEALTH = "health"
POLICE = "police"
COORDINATION = "coordination"
AUDIT = "audit"
AUDIENCES = (PARTNERS, HEALTH, POLICE, COORDINATION, AUDIT)


def title(audience: str) -> str:
    """Return an audience in words."""
    return {
        PARTNERS: _("All partners"),
        HEALTH: _("Health only"),
        POLICE: _("Police only"),
        COORDINATION: _("Coordination only"),
        AUDIT: _("Audit"),
    }.get(audience, audience)


def by_default(roles: Iterable[Role]) -> frozenset[str]:
    """Return the audiences people of these roles hold unless the team decides otherwise.

    The coordinator is not given `police` or `health`: their leads decide (decisions.md, policy).
    """
    held = {PARTNERS}
    for role in roles:
        held |= {
            Role.NURSE: {HEALTH},
            Role.OFFICER: {POLICE},
            Role.COORDINATOR: {COORDINATION, AUDIT},
        }.get(role, set())
    return frozenset(held)


def may_hold(audience: str, person: Person) -> bool:
    """Say whether the roster lets a person hold the records of an audience."""
    return person.active and audience in person.audiences


def may_write(form: Form, roles: Iterable[Role]) -> bool:
    """Say whether somebody of these roles may make and change records of a form."""
    return not form.write or any(role in form.write for role in roles)


def readers(audience: str, team: Team) -> list[Person]:
    """Return everybody who may read an audience, by name."""
    held = (one for one in team.persons.values() if may_hold(audience, one))
    return sorted(held, key=lambda one: one.name)


def audience_for(form: Form, narrowed_to: str = "") -> str:
    """Return the audience a new record of a form goes to.

    Raises:
        NotAllowed: the form may not be narrowed that way.
    """
    if narrowed_to in ("", form.audience):
        return form.audience
    if narrowed_to not in form.narrow:
        raise NotAllowed(_("This form cannot be kept to that group. Nothing was saved."))
    return narrowed_to


def fits(form: Form, audience: str) -> bool:
    """Say whether records of a form may travel in an audience's section."""
    return audience == form.audience or audience in form.narrow
