# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Thursday of the bad week: one person is put on twice, joined, parted and joined again."""

from tests.journeys.hands import K, Keys
from tests.journeys.week import Week, Worker

SAME = "Same room at the hostel, same date of birth; she says it is her."
WRONG = "They stood side by side this morning."
AFTER_ALL = "That was her sister. I asked both."


def thursday(week: Week) -> None:
    """Two people put somebody on their laptops, neither having heard of the other."""
    week.tomorrow()
    lowe, osei, shah = week.everybody
    for who, forename in ((osei, "Dawn"), (shah, "Dawne")):
        _add(who, forename)
        who.shared()
    _seen_before_it_comes_in(week)
    _join(week)
    for who in (lowe, osei, shah):
        who.shared()
    _one_everywhere(week)
    _part(week)
    _join_again(week)


def _type_in(who: Worker, forename: str) -> None:
    who.clock.later()
    who.go("Clients")
    who.alt("A")
    who.sees("Surname")
    who.write("Marsh")
    who.press(K.Key_Tab)
    who.write(forename)
    who.tab_to("Born")
    who.write("3 4 1990")


def _add(who: Worker, forename: str) -> None:
    _type_in(who, forename)
    who.tab_to("Add")
    who.press(K.Key_Return)
    who.sees(f"MARSH, {forename}", "Record visit")


def _seen_before_it_comes_in(week: Week) -> None:
    """The rehearsal says that a newcomer may be here already; so does a quiet hint while typing."""
    lowe = week.lowe
    lowe.look("here already?")
    lowe.keep("thursday_look")
    lowe.take_in("2 clients")
    _type_in(lowe, "Dawn")
    lowe.sees("Is one of these the same person? Open them instead.", "None of these: add")
    lowe.keep("thursday_hint")
    lowe.press(K.Key_Escape)


def _join(week: Week) -> None:
    """The coordinator finds the pair on the list, compares them and joins them, saying why."""
    lowe = week.lowe
    lowe.go("Clients")
    lowe.alt("T")
    lowe.sees("One person, two files?", "1 to look at")
    lowe.keep("thursday_list")
    lowe.press(K.Key_Return)
    lowe.sees("Are they one person?", "Nothing is moved or lost; any laptop can part them again.")
    lowe.keep("thursday_compare")
    lowe.tab_to("How do we know?")
    lowe.write(SAME)
    lowe.press(K.Key_Return, Keys.ControlModifier)
    lowe.sees("are read as one.")
    lowe.keep("thursday_joined")


def _one_everywhere(week: Week) -> None:
    for who in week.everybody:
        who.open_client("Marsh")
        said = who.sees("Read as one file")
        assert SAME in said
        who.keep(f"thursday_one_{who.name}")


def _part(week: Week) -> None:
    """The officer has seen them side by side: parted, and two files again on every laptop."""
    shah = week.shah
    shah.open_client("Marsh")
    shah.sees("Read as one file")
    shah.tab_to("Part MARSH, Dawne again")
    shah.press(K.Key_Space)
    shah.sees("Part the two files again", "Each file stands then as it stood before")
    shah.tab_to("How do we know?")
    shah.write(WRONG)
    shah.keep("thursday_part")
    shah.press(K.Key_Return, Keys.ControlModifier)
    shah.gone("Read as one file")
    shah.sees("Found to be two people")
    shah.keep("thursday_parted")
    for who in (shah, week.osei, week.lowe):
        who.shared()
    week.lowe.open_client("Marsh")
    assert WRONG in week.lowe.sees("Found to be two people")


def _join_again(week: Week) -> None:
    """It was her sister: the key worker joins them again, from the client's page."""
    osei = week.osei
    osei.open_client("Marsh")
    osei.sees("Found to be two people")
    osei.keep("thursday_apart")
    osei.tab_to(WRONG, part=True)
    osei.press(K.Key_Space)
    osei.sees("PC R. Shah found on", "that they are two people", "Joining them takes that back.")
    osei.keep("thursday_compare_again")
    osei.tab_to("How do we know?")
    osei.write(AFTER_ALL)
    osei.press(K.Key_Return, Keys.ControlModifier)
    osei.sees("are read as one.", "The others learn it when you share.")
    osei.keep("thursday_joined_again")
    for who in (osei, week.lowe, week.shah):
        who.shared()
    for who in week.everybody:
        who.open_client("Marsh")
        said = who.sees("Read as one file", AFTER_ALL)
        assert "Found to be two people" not in said
