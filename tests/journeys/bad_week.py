# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What befalls three people from Monday to Friday, and what their windows say of it.

Every scene asserts the words somebody reads: what happened, what is safe, what to do. `keep` stands
wherever a window is worth a picture.
"""

from tests.journeys.friday import friday
from tests.journeys.hands import K, Keys
from tests.journeys.thursday import thursday
from tests.journeys.wednesday import wednesday
from tests.journeys.week import Week

FIRST, SECOND = "Kettle talk at the door.", "Walked her to the gate."
THIRD = "Her sister rang."
OSEIS = "K. Osei on Osei's laptop"


def monday(week: Week) -> None:
    """The key worker cannot reach the folder; of two sticks the second arrives first."""
    for one in week.everybody:
        one.enter()
    _cannot_reach(week)
    _second_stick_first(week)
    _late_stick(week)
    _reached_again(week)


def _cannot_reach(week: Week) -> None:
    """What she wrote is safe, and a stick takes it: the red one, and later the blue one."""
    osei = week.osei
    week.connect("osei", there=False)
    osei.visit("Croft", FIRST)
    osei.go("Sharing")
    osei.press(K.Key_Return, Keys.ControlModifier)
    osei.sees("The team folder cannot be reached. Your work is safe on this laptop.")
    osei.sees("put the stick in, and share again", "2 changes to share")
    osei.keep("monday_away")
    osei.go("Today")
    osei.go("Sharing")
    osei.sees("Team folder not reached")
    osei.share_with(week.red, "Nothing waits to leave", "No word yet that anybody has it.")
    osei.keep("monday_red")
    osei.visit("Croft", SECOND)
    osei.share_with(week.blue)
    osei.keep("monday_blue")


def _second_stick_first(week: Week) -> None:
    """The blue stick was pulled out too early: it lacks what is on the red one."""
    lowe, shah = week.lowe, week.shah
    week.bundles("osei", on=week.blue)[-2].unlink()
    gap = f"Bundle 6 from {OSEIS} waits for their bundle 5."
    lowe.look(gap, into=week.blue)
    lowe.keep("monday_gap_look")
    said = lowe.take_in("1 bundle waits for another.", gap, "Nothing is lost")
    assert "Ask that laptop's owner to share again" in said
    assert "take it back" not in said, "nothing came"
    assert "set aside" not in said.replace("or is set aside", "")
    lowe.keep("monday_gap")
    for one in (lowe, shah):
        one.shared(f"{OSEIS}: bundle 5 has not arrived.", "Nothing is lost")
        one.keep(f"monday_gap_{one.name}")
    said = shah.open_client("Croft")
    assert FIRST not in said
    assert SECOND not in said
    lowe.lock()
    lowe.enter()
    lowe.go("Sharing")
    lowe.sees(f"{OSEIS}: bundle 5 has not arrived.")
    lowe.keep("monday_gap_after_lock")


def _late_stick(week: Week) -> None:
    """The red stick turns up: what waited comes in by itself, everywhere."""
    lowe, shah = week.lowe, week.shah
    week.clock.later(120)
    said = lowe.look("No. 5", into=week.red)
    assert "waits for" not in said
    for words in (lowe.holds, said):
        assert "not arrived yet" not in words, "it lies on the stick that is looked at"
    assert f"Bundle 5 from {OSEIS} is on it. 1 bundle waits for it." in lowe.holds
    lowe.keep("monday_late_look")
    lowe.sees("It can be taken back later.")
    said = lowe.take_in("2 accounts of visits, 2 visits.", "Nothing more waits")
    assert "You can still take it back." in said
    assert "of colleagues' were missing there and were added." in said, "nobody wonders what left"
    lowe.keep("monday_late")
    for one in (lowe, shah):
        assert "has not arrived" not in one.shared()
    shah.keep("monday_whole")
    said = shah.open_client("Croft")
    assert [said.count(one) for one in (FIRST, SECOND)] == [1, 1]


def _reached_again(week: Week) -> None:
    """The key worker's laptop is back: it says who has it."""
    osei = week.osei
    week.clock.later(60)
    week.connect("osei")
    osei.shared("Everyone has it")
    osei.keep("monday_back")


def tuesday(week: Week) -> None:
    """A file that a stranger made lies in the folder, under the key worker's next number."""
    week.tomorrow()
    lowe, osei, shah = week.everybody
    osei.visit("Croft", THIRD)
    osei.shared()
    week.forge("osei")
    lowe.look()
    lowe.keep("tuesday_look")
    lowe.take_in(
        "1 account of a visit, 1 visit. 1 file set aside.", "This file is not from this team"
    )
    lowe.keep("tuesday_aside")
    lowe.alt("Y")
    lowe.sees("A file nobody in the team is known to have written", "Nothing of it is in your")
    lowe.sees("If somebody else put it there, it does no harm; it can be taken out of the folder.")
    lowe.keep("tuesday_what_to_do")
    for one in week.everybody:
        one.shared("This file is not from this team")
        one.keep(f"tuesday_{one.name}")
    said = shah.open_client("Croft")
    assert said.count(THIRD) == 1
    assert "07700 900100" in said
    osei.visit("Croft", "The number is taken, and it does not matter.")
    osei.shared()
    lowe.shared("1 account of a visit, 1 visit.")


DAYS = (monday, tuesday, wednesday, thursday, friday)
