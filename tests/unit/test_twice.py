# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One question answered twice: what stands together, who gave it, and what can be put together."""

from desktop_app.casework.records import Change, Json, Record, merge
from desktop_app.casework.twice import Clash, asked, clashes, combined, questions

CLIENT, VISIT = b"c" * 16, b"v" * 16
ANN, SHAH, BELL = 1, 2, 3
AUTHORS = {ANN: "ann", SHAH: "shah", BELL: "bell"}


def saw_nothing(_feed: int, _seq: int) -> bool:
    return False


def saw_all(_feed: int, _seq: int) -> bool:
    return True


def change(feed: int, *, form: str = "client", at: int = 5, seq: int = 2, **said: Json) -> Change:
    record = CLIENT if form == "client" else VISIT
    return Change(form, record, CLIENT, "partners", at, feed, seq, 0, said)


def base(form: str = "client", **said: Json) -> Record:
    return merge(None, change(ANN, form=form, seq=1, at=1, **said), author="ann", saw=saw_nothing)


def begun_by_all(feed: int, seq: int) -> bool:
    """Both had seen how the record began, and neither what the other wrote."""
    return seq == 1


def twice(*changes: Change, form: str = "client", **said: Json) -> Record:
    record = base(form, **said)
    for one in changes:
        record = merge(record, one, author=AUTHORS[one.feed], saw=begun_by_all)
    return record


def test_what_nobody_answered_twice_is_no_question() -> None:
    assert questions(base(phone="1")) == []
    assert questions(twice(change(ANN, phone="2"), change(SHAH, phone="2"))) == []


def test_answers_stand_by_when_they_were_written_and_the_same_ones_together() -> None:
    record = twice(
        change(SHAH, at=9, phone="2"), change(ANN, at=7, phone="1"), change(BELL, at=8, phone="2")
    )
    (question,) = questions(record)
    assert (question.fields, question.differ) == (("phone",), ("phone",))
    assert [one.answers for one in question.given] == [{"phone": "1"}, {"phone": "2"}]
    assert [[live.feed for live in one.by] for one in question.given] == [[ANN], [BELL, SHAH]]


def test_the_lines_of_an_address_are_one_question() -> None:
    record = twice(
        change(ANN, address_1="14 Saltings Row", town="Saltings", postcode="ZZ1 2AB"),
        change(SHAH, address_1="3 Cooper's Wharf", town="Saltings", postcode="ZZ1 4QD"),
    )
    (question,) = questions(record)
    assert question.differ == ("address_1", "postcode")
    assert {"address_kind", "town", "find_the_door"} <= set(question.fields)
    assert [one.answers["town"] for one in question.given] == ["Saltings", "Saltings"]
    assert asked(record, question.differ) == "Address"
    assert asked(record, ["postcode"]) == "Postcode"
    assert asked(record, ["born", "phone"]) == "Born and Phone"
    assert asked(record, ["forename", "born", "phone", "gp"]) == "First name, Born, Phone, …"


def test_two_questions_stand_in_the_order_of_the_form() -> None:
    record = twice(
        change(ANN, phone="1", born="1989-03-05"), change(SHAH, phone="2", born="1989-05-03")
    )
    assert [one.differ for one in questions(record)] == [("born",), ("phone",)]


def test_an_answer_nobody_here_knows_the_question_of_is_a_question_still() -> None:
    record = twice(change(ANN, form="later", mood="a"), change(SHAH, form="later", mood="b"),
                   form="later")  # fmt: skip
    (question,) = questions(record)
    assert asked(record, question.differ) == "Something a newer Tandem asks"
    assert combined(question) is None


def test_words_and_lists_can_be_put_together_and_dates_cannot() -> None:
    words = twice(change(ANN, safe_times="Mornings"), change(SHAH, safe_times="Not on Fridays"))
    whole = combined(questions(words)[0])
    assert whole is not None
    assert whole["safe_times"] == "Mornings / Not on Fridays"
    names = twice(change(ANN, aliases=["Dee", "Spoon"]), change(SHAH, aliases=["Spoon", "Lee"]))
    assert combined(questions(names)[0]) == {"aliases": ["Dee", "Spoon", "Lee"]}
    born = twice(change(ANN, born="1989-03-05"), change(SHAH, born="1989-05-03"))
    assert combined(questions(born)[0]) is None


def test_lines_somebody_typed_stay_apart_where_there_is_room() -> None:
    record = twice(change(ANN, other_workers="Jo, housing"), change(SHAH, other_workers="Al"))
    assert combined(questions(record)[0]) == {"other_workers": "Jo, housing\n\nAl"}


def test_a_step_that_differs_in_its_day_too_cannot_be_put_together() -> None:
    record = twice(
        change(ANN, form="visit", next_step="Ring", next_step_on="2026-06-01"),
        change(SHAH, form="visit", next_step="Write", next_step_on="2026-06-02"),
        form="visit",
    )
    (question,) = questions(record)
    assert question.differ == ("next_step", "next_step_on")
    assert combined(question) is None


def would(held: Record, *changes: Change, saw: bool = False) -> list[Clash]:
    said = [([one], AUTHORS[one.feed], saw_all if saw else begun_by_all) for one in changes]
    return clashes({held.id: held}, said, AUTHORS)


def test_changes_that_would_answer_twice_are_named_with_their_people() -> None:
    here = twice(change(ANN, phone="1", at=6))
    (clash,) = would(here, change(SHAH, phone="2", at=7))
    assert (clash.asked, clash.people, clash.record.id) == ("Phone", ("ann", "shah"), CLIENT)
    assert here.conflicts == {}


def test_changes_whose_author_had_seen_the_answer_clash_with_nothing() -> None:
    here = twice(change(ANN, phone="1"))
    assert would(here, change(SHAH, phone="2"), saw=True) == []
    assert would(here, change(SHAH, town="Saltings")) == []


def test_what_stands_twice_already_is_not_named_again_and_a_third_answer_is() -> None:
    here = twice(change(ANN, phone="1"), change(SHAH, phone="2", at=6))
    assert would(here, change(BELL, town="Saltings")) == []
    (clash,) = would(here, change(BELL, phone="3", at=7))
    assert clash.people == ("ann", "shah", "bell")


def test_a_withdrawn_record_and_one_that_would_be_refused_clash_with_nothing() -> None:
    gone = twice(change(ANN, phone="1", _withdrawn="Twice on the list"))
    assert would(gone, change(SHAH, phone="2")) == []
    here = twice(change(ANN, phone="1"))
    other = Change("visit", CLIENT, CLIENT, "partners", 7, SHAH, 2, 0, {"phone": "2"})
    assert would(here, other) == []


def test_two_bundles_that_come_together_can_clash_with_each_other() -> None:
    (clash,) = would(base(phone="1"), change(ANN, phone="2"), change(SHAH, phone="3", at=7))
    assert clash.people == ("ann", "shah")
