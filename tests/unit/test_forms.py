# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Forms: what a form's file may say, and what is asked of answers."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.errors import FormError
from desktop_app.casework.forms import (
    Form,
    form,
    forms,
    missing,
    parse,
    problems,
    relevant,
    whole_groups,
)
from desktop_app.casework.records import Json

HEAD = """
title = "Test"
plural = "Tests"
about = "Nothing."
audience = "partners"
lane = "file"
icon = "user"
tone = "neutral"
titled = "{name}"
"""
NAME = """
[[field]]
name = "name"
type = "text"
label = "Name"
"""
TODAY = "2026-11-23"
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False),
        st.text(max_size=20),
        st.sampled_from(["2026-11-23", "2026-11-23T10:00", "1989~", "seen", "planned", "yes"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def a_form(*more: str) -> Form:
    return parse("test", HEAD + NAME + "".join(more))


def test_a_form_without_an_audience_does_not_load() -> None:
    with pytest.raises(FormError, match="audience"):
        parse("test", HEAD.replace('audience = "partners"\n', "") + NAME)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (HEAD.replace('"partners"', '"everybody"') + NAME, "unknown audience"),
        (HEAD.replace('"{name}"', '"{nobody}"') + NAME, "no field nobody"),
        (HEAD.replace('"file"', '"elsewhere"') + NAME, "unknown lane"),
        (HEAD + NAME + NAME, "stands twice"),
        (HEAD + NAME.replace('"name"', '"Name"'), "not a plain name"),
        (HEAD + NAME + 'choices = "yes_no"', "choices belong"),
        (HEAD + NAME + 'relevant = "nobody = yes"', "relevant"),
        (HEAD + NAME + 'relevant = "name = yes and more > 3"', "relevant"),
        (HEAD + NAME + 'constraint = ". <= today"', "constraint"),
        (HEAD + NAME + 'constraint = "name < 3"\nconstraint_message = "No."', "constraint"),
        (HEAD + NAME + 'colour = "red"', "colour"),
        (HEAD + NAME.replace('"text"', '"colour"'), "colour"),
        ("no form at all", "Form test"),
    ],
)
def test_a_form_that_does_not_hold_together_does_not_load(wrong: str, why: str) -> None:
    with pytest.raises(FormError, match=why):
        parse("test", wrong)


def test_a_form_nobody_ships_is_said_so() -> None:
    with pytest.raises(FormError, match="no form"):
        form("nothing_of_the_kind")


def test_a_required_answer_is_asked_for_and_a_needed_one_only_nags() -> None:
    made = a_form('required = true\n[[field]]\nname="born"\ntype="text"\nlabel="Born"\nneeded="x"')
    assert [one.field for one in problems(made, {}, today=TODAY)] == ["name"]
    assert [one.name for one in missing(made, {"name": "Lee"})] == ["born"]
    assert problems(made, {"name": "Lee"}, today=TODAY) == []


@pytest.mark.parametrize(
    ("rule", "given", "holds"),
    [
        ("other = yes", "yes", True),
        ("other = yes", "no", False),
        ("other = yes", None, False),
        ("other != yes", "no", True),
        ("other != yes", "yes", False),
        ("other in yes no", "no", True),
        ("other in yes no", "maybe", False),
        ("other = yes", ["no", "yes"], True),
    ],
)
def test_whether_a_field_is_asked_depends_on_one_other_answer(
    rule: str, given: Json, *, holds: bool
) -> None:
    made = a_form(f'relevant = "{rule}"\n[[field]]\nname="other"\ntype="text"\nlabel="Other"\n')
    assert relevant(made.fields["name"], {"other": given}) is holds


def test_a_field_that_is_not_asked_keeps_its_answer_and_does_not_count() -> None:
    made = a_form(
        'required = true\nneeded = "x"\nrelevant = "other = yes"\n'
        '[[field]]\nname="other"\ntype="text"\nlabel="Other"\n'
    )
    assert problems(made, {"other": "no"}, today=TODAY) == []
    assert missing(made, {"other": "no"}) == []
    assert [one.field for one in problems(made, {"other": "yes"}, today=TODAY)] == ["name"]


@pytest.mark.parametrize(
    ("kind", "rule", "value", "fine"),
    [
        ("date", ". <= today", "2026-11-23", True),
        ("date", ". <= today", "2026-11-24", False),
        ("partial_date", ". <= today", "2026-11", True),
        ("partial_date", ". <= today", "2027", False),
        ("integer", ". >= 0", 0, True),
        ("integer", ". >= 0", -1, False),
        ("date", ". >= ${name}", "2026-11-01", False),
        ("date", ". >= ${name}", "2026-11-02", True),
        ("datetime", ". > ${name}", "2026-11-03T10:00", True),
    ],
)
def test_a_constraint_is_said_in_its_own_words(
    kind: str, rule: str, value: Json, *, fine: bool
) -> None:
    made = a_form(
        f'[[field]]\nname="x"\ntype="{kind}"\nlabel="X"\n'
        f'constraint = "{rule}"\nconstraint_message = "Please check it."'
    )
    found = problems(made, {"x": value, "name": "2026-11-02"}, today=TODAY)
    assert [one.message for one in found] == ([] if fine else ["Please check it."])


def test_fields_that_only_make_sense_together_change_together() -> None:
    client = form("client")
    altered = whole_groups(client, {"town": "Saltings"}, {"postcode": "ZZ1 1AA", "phone": "1"})
    assert altered["town"] == "Saltings"
    assert altered["postcode"] == "ZZ1 1AA"
    assert altered["address_1"] is None
    assert "phone" not in altered


@pytest.mark.parametrize("name", sorted(forms()))
@given(values=st.lists(JSON, min_size=1, max_size=4))
def test_no_answer_however_odd_makes_a_form_fail(name: str, values: list[object]) -> None:
    shipped = forms()[name]
    answers = {
        one.name: cast(Json, values[index % len(values)]) for index, one in enumerate(shipped.field)
    }
    found = problems(shipped, answers, today=TODAY)
    assert all(one.message and one.field in shipped.fields for one in found)
    missing(shipped, answers)
