# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Packs of questions: what is taken in, what is refused and in which words, which one is in use."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.outcome_pack_file import (
    DAYS,
    LONGEST_PACK,
    UNANSWERED,
    YES_NO,
    Item,
    Pack,
    PackError,
    read_pack,
)
from desktop_app.casework.outcome_packs import (
    answers_of,
    asked_of,
    may_be_taken_in,
    of_offending,
    packs,
    right,
    said_of_items,
    shipped,
    value_words,
)
from desktop_app.casework.records import WITHDRAWN, Json, Record
from resources import folder

Make = Callable[..., Record]
PACK = """
name = "local"
version = "2"
title = "Our own"
source = "The team"
licence = "Ours"

[[item]]
name = "alcohol"
type = "days"
about = "substances"
label = "Alcohol"
ask = "On how many days of {period} did you drink?"
"""
SHOP = """
[[item]]
name = "shop"
type = "yes_no"
about = "offending"
label = "Taken from a shop"
ask = "In {period}, did you take something from a shop?"
"""


def wrong(text: str) -> str:
    with pytest.raises(PackError) as caught:
        read_pack(text.encode())
    return str(caught.value)


def taken_in(make: Make, text: str, on: str = "2026-11-01") -> Record:
    raw = text.encode()
    return make("outcome_pack", **answers_of(read_pack(raw), raw, on=on))


def test_the_shipped_pack_is_in_order_and_asks_nothing_about_offending() -> None:
    pack = shipped()
    assert of_offending(pack) == 0
    assert {one.type for one in pack.item} == {"days", "scale", "yes_no"}
    assert all("{period}" in one.ask for one in pack.item)
    assert pack.licence == "Apache-2.0"


def test_the_shipped_pack_holds_none_of_the_words_of_a_licensed_one() -> None:
    said = (folder("outcome_pack.toml")).read_text(encoding="utf-8").casefold()
    for theirs in ("treatment outcomes profile", "quality of life", "psychological health status"):
        assert theirs not in said


def test_a_pack_of_ones_own_is_read() -> None:
    pack = read_pack((PACK + SHOP).encode())
    assert (pack.key, of_offending(pack)) == (("local", "2"), 1)
    asked = asked_of(pack.item[0], "last_weeks")
    assert asked == "On how many days of the last four weeks did you drink?"
    assert "the four weeks before custody" in asked_of(pack.item[0], "before_custody")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('licence = "Ours"', "", "under which licence"),
        ('source = "The team"', "", "whose words"),
        ('version = "2"', "version = 2", "no version"),
        ('name = "local"', 'name = "Lo cal"', "no name in small letters"),
        ('type = "days"', 'type = "weeks"', "Question 1: its type is none of days, scale"),
        ('type = "days"', 'type = "scale"', "Question 1: it does not say from which number"),
        ('type = "days"', 'type = "scale"\nleast = 9\nmost = 3', "from which number"),
        ('about = "substances"', 'about = "crime"', "Question 1: it is about none of"),
        ('label = "Alcohol"', 'label = ""', "no short name"),
        ('label = "Alcohol"', 'colour = "red"\nlabel = "A"', "“colour”, which no question has"),
        ("On how many", "\u202eOn how many", "it asks nothing"),
        ('title = "Our own"', 'title = "Our own"\nscript = "x"', "“script”, which no pack has"),
    ],
)
def test_what_is_wrong_is_said_question_by_question(old: str, new: str, says: str) -> None:
    said = wrong(PACK.replace(old, new))
    assert says in said
    assert said.endswith("Nothing was taken in.")


def test_two_questions_of_one_name_no_questions_and_what_is_no_pack_are_refused() -> None:
    item = PACK[PACK.index("[[item]]") :]
    assert "Question 1: another has the same name. And 1 more." in wrong(PACK + item)
    assert "It has no questions." in wrong(PACK.replace(item, ""))
    assert "not in the form a pack has" in wrong("name = ")
    assert "too long" in wrong("#" * (LONGEST_PACK + 1))
    with pytest.raises(PackError):
        read_pack(b"\xff\xfe\x00")


def test_the_pack_taken_in_last_is_in_use_whatever_came_first(a_record: Make) -> None:
    older = taken_in(a_record, PACK, "2026-10-01")
    newer = taken_in(a_record, PACK.replace('"2"', '"3"'), "2026-11-01")
    for held in ([older, newer], [newer, older]):
        assert packs(held).in_use.version == "3"
    assert packs([]).in_use == shipped()


def test_a_pack_taken_back_still_says_what_was_asked_with_it(a_record: Make) -> None:
    record = taken_in(a_record, PACK)
    record.live[0].answers[WITHDRAWN] = "By mistake"
    known = packs([record])
    assert known.in_use == shipped()
    assert known.of("local", "2") is not None


def test_a_version_never_changes(a_record: Make) -> None:
    known = packs([taken_in(a_record, PACK)])
    other = read_pack(PACK.replace("did you drink", "did you drink much").encode())
    assert "another version" in may_be_taken_in(other, known)
    assert "in use already" in may_be_taken_in(read_pack(PACK.encode()), known)
    assert may_be_taken_in(read_pack(PACK.replace('"2"', '"4"').encode()), known) == ""


def test_a_record_that_holds_no_pack_changes_nothing(a_record: Make) -> None:
    broken = a_record("outcome_pack", pack="x", version="1", content="[[", taken_in_on="2026-11-01")
    claims = a_record("outcome_pack", pack="x", version="1", content=PACK, taken_in_on="2026-11-01")
    assert packs([broken, claims]).in_use == shipped()


def test_not_asked_declined_and_not_known_are_three_answers_and_none_is_a_number() -> None:
    item = Item("alcohol", DAYS, "Alcohol", "?")
    assert [value_words(item, one) for one in UNANSWERED] == [
        "Declined to say",
        "Not known",
        "Not asked",
    ]
    assert all(right(item, one) for one in UNANSWERED)
    assert right(item, 0)
    assert right(item, 28)
    assert not any(right(item, one) for one in (29, -1, True, "12", None, 3.0, "yes"))
    assert right(Item("x", YES_NO, "X", "?"), "yes")
    assert not right(Item("x", YES_NO, "X", "?"), 1)


def test_answers_are_said_also_without_their_pack() -> None:
    said = said_of_items({"alcohol": 12, "theirs": 3, "crack": "declined"})
    assert said == ["Alcohol: 12 days", "theirs: 3", "Crack: Declined to say"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def as_toml(value: Json) -> str:
    if isinstance(value, bool) or value is None:
        return str(bool(value)).lower()
    if isinstance(value, str):
        escaped = "".join(f"\\U{ord(one):08x}" for one in value if not 0xD800 <= ord(one) < 0xE000)
        return f'"{escaped}"'
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    if isinstance(value, dict):
        pairs = ", ".join(f"{as_toml(name)} = {as_toml(one)}" for name, one in value.items())
        return f"{{{pairs}}}"
    return str(value)


def taken(raw: bytes) -> Pack | None:
    """Return what was read; None for what was refused, in words that calm."""
    try:
        return read_pack(raw)
    except PackError as error:
        said = str(error)
    assert said.endswith("Nothing was taken in.")
    return None


OF_A_PACK = ("name", "version", "title", "about", "source", "licence", "item", "extra")
OF_A_QUESTION = (
    *("name", "type", "about", "label", "ask", "least", "most"),
    *("low", "high", "unit", "better", "more"),
)


@given(place=st.sampled_from(OF_A_PACK), value=_JSON)
def test_whatever_stands_in_a_pack_it_is_read_or_refused_in_words(place: str, value: Json) -> None:
    head, item = PACK.split("[[item]]")
    lines = [line for line in head.splitlines() if not line.startswith(place)]
    text = "\n".join([*lines, f"{place} = {as_toml(value)}\n"])
    pack = taken((text if place == "item" else f"{text}[[item]]{item}").encode())
    assert pack is None or (pack.item and place not in ("item", "extra"))


@given(place=st.sampled_from(OF_A_QUESTION), value=_JSON)
def test_whatever_stands_in_a_question_it_is_read_or_refused(place: str, value: Json) -> None:
    head, item = PACK.split("[[item]]")
    lines = [line for line in item.splitlines() if not line.startswith(f"{place} ")]
    pack = taken((f"{head}[[item]]" + "\n".join([*lines, f"{place} = {as_toml(value)}"])).encode())
    for made in pack.item if pack else ():
        assert made.span[0] < made.span[1]
        assert value_words(made, made.span[1])


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_refused_calmly(raw: bytes) -> None:
    assert taken(raw) is None


def test_a_pack_cut_or_bent_anywhere_is_read_or_refused() -> None:
    raw, chance = bytearray((PACK + SHOP).encode()), random.Random(7)  # noqa: S311  a test
    found = []
    for turn in range(300):
        bent = bytearray(raw)
        bent[chance.randrange(len(bent))] = chance.randrange(256)
        found.append(taken(bytes(bent[: chance.randrange(len(bent))] if turn % 2 else bent)))
    assert None in found
    whole = [pack for pack in found if pack is not None]
    assert whole
    assert all(pack.item and pack.version and pack.licence for pack in whole)
