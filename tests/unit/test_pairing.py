# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which of many clients may be one person: all that comparing everybody finds, without doing it."""

from itertools import combinations

from desktop_app.casework import pairing
from desktop_app.casework.duplicates import LIKELY, Commonness, compare, traits
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
