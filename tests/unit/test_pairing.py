# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which of many clients may be one person: all that comparing everybody finds, without doing it."""

from itertools import combinations

from desktop_app.casework import pairing
from desktop_app.casework.duplicates import LIKELY, Commonness, at_most, compare, most_names_say
from desktop_app.casework.records import Answers
from desktop_app.casework.traits import traits
from tests.bench.doubles import Doubles


def test_what_comparing_everybody_finds_is_found_by_keys() -> None:
    people, _same = Doubles("few").people(400, twice=0.2)
    everybody = [traits(answers) for answers in people]
    common = Commonness.among(everybody)
    whole = {
        (one, other)
        for one, other in combinations(range(len(everybody)), 2)
        if compare(everybody[one], everybody[other], common).score >= LIKELY
    }
    found = [(one, other) for one, other, _why in pairing.pairs(everybody)]
    assert len(found) == len(set(found)), "a pair is found once"
    assert set(found) <= whole
    assert len(set(found)) >= 0.95 * len(whole)


def test_most_of_who_was_entered_twice_is_found_and_little_else() -> None:
    people, same = Doubles("some").people(1_000, twice=0.1)
    found = {(one, other) for one, other, _why in pairing.pairs([traits(one) for one in people])}
    assert len(found & same) >= 0.9 * len(same)
    assert len(found & same) >= 0.9 * len(found)


def test_a_casebook_of_people_who_are_all_alike_is_not_compared_crosswise() -> None:
    nobody = [traits({"surname": "Unknown", "forename": "Unknown"})] * 1_500
    compared = list(pairing.candidates(nobody))
    assert len(set(compared)) == len(compared) <= len(nobody) * pairing.NEAR


def test_no_pair_is_likelier_than_what_is_said_before_it_is_compared() -> None:
    people, _same = Doubles("bound").people(250, twice=0.3)
    odd: list[Answers] = [
        {"known_as": "Gaz", "forename": "Lee"},
        {"surname": "Lee", "aliases": ["Gaz"]},
        {},
    ]
    everybody = [traits(answers) for answers in (*people, *odd)]
    common = Commonness.among(everybody)
    say = [most_names_say(one, common) for one in everybody]
    for one, other in combinations(range(len(everybody)), 2):
        most = at_most(everybody[one], everybody[other], say[one], say[other], common.needed)
        assert compare(everybody[one], everybody[other], common).score <= most


def test_where_few_names_are_shared_by_many_hardly_anybody_is_compared_name_by_name() -> None:
    people, _same = Doubles("few names").people(1_000, twice=0.1)
    first = ("Smith", "Jones", "Khan")
    some = [
        traits({**one, "surname": first[at % 3], "forename": "Lee"})
        for at, one in enumerate(people)
    ]
    common = Commonness.among(some)
    say = [most_names_say(one, common) for one in some]
    pairs = list(pairing.candidates(some))
    left = [
        (one, other)
        for one, other in pairs
        if at_most(some[one], some[other], say[one], say[other], common.needed) >= LIKELY
    ]
    assert len(left) < 0.05 * len(pairs)
