# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Wednesday of the bad week: one question is answered twice, settled, and settled again."""

from tests.journeys.hands import K, Keys
from tests.journeys.week import Week, Worker

HERS, HIS = "07700 900111", "07700 900222"
NEITHER = "Neither had seen the other. Both stay in the history, whatever you choose."
WRONG = "I rang it. It is her sister's."


def wednesday(week: Week) -> None:
    """Two people write another number for one client, neither having seen the other."""
    week.tomorrow()
    lowe, osei, shah = week.everybody
    for who, number in ((osei, HERS), (shah, HIS)):
        _write_number(who, number)
    for who in (osei, shah, lowe):
        who.shared()
    osei.shared("1 with two answers", "CROFT, Leanne")
    osei.keep("wednesday_sharing")
    _settle(week)
    _object(week)
    _settle_again(week)


def _write_number(who: Worker, number: str) -> None:
    """Alter the client's number, by the menu of their page."""
    who.clock.later()
    who.open_client("Croft")
    who.tab_to("More actions")
    who.choose_in_menu("Change name, address or contact")
    who.gone("Timeline")  # the page before has a Phone too
    who.sees("Phone")
    who.tab_to("Phone")
    who.press(K.Key_A, Keys.ControlModifier)
    who.write(number)
    who.press(K.Key_Return, Keys.ControlModifier)
    who.sees("Timeline", number)


def _from_today(who: Worker, *row: str, press: str = "Look at both") -> None:
    """Open what a row of Today is about, and go on from the list to the answers."""
    who.go("Today")
    who.sees(*row)
    who.tab_to(press)
    who.press(K.Key_Space)
    who.sees(HERS, HIS)


def _settle(week: Week) -> None:
    """The key worker sees both from Today, keeps hers and says why."""
    osei = week.osei
    osei.go("Today")
    osei.keep("wednesday_today")
    _from_today(osei, "you and PC R. Shah answered the same question")
    osei.sees(NEITHER, "Both had seen 07700 900100", "Nothing is chosen yet.")
    osei.keep("wednesday_both")
    osei.press(K.Key_Return)
    osei.write("1")
    osei.sees("The record will say", "PC R. Shah will be told.", "They can object")
    osei.alt("H")
    osei.write("She gave it to me herself.")
    osei.keep("wednesday_chosen")
    osei.press(K.Key_Return, Keys.ControlModifier)
    osei.sees("Settled. PC R. Shah will be told.", "Nothing of yours is written twice")
    osei.keep("wednesday_settled")
    osei.shared()


def _object(week: Week) -> None:
    """The officer is told, in words, and objects."""
    shah = week.shah
    shah.shared()
    shah.go("Today")
    shah.keep("wednesday_told")
    told = f"K. Osei settled what you wrote: {HERS}. Your answer was {HIS}."
    _from_today(shah, told, press="Look at it")
    shah.sees("kept one of the answers", "She gave it to me herself.", "It is settled.")
    shah.keep("wednesday_look")
    shah.alt("G")
    shah.write(WRONG)
    shah.sees("It will be open again for everybody.")
    shah.keep("wednesday_objects")
    shah.press(K.Key_Return, Keys.ControlModifier)
    shah.sees("You objected. It is open again")
    shah.keep("wednesday_objected")
    shah.shared()


def _settle_again(week: Week) -> None:
    """It is open again for her; now both stand, and he has read it. The coordinator sees none."""
    lowe, osei, shah = week.everybody
    osei.shared()
    osei.go("Today")
    osei.sees("an objection by PC R. Shah to how it was settled")
    osei.keep("wednesday_objection")
    _from_today(osei, "Objection")
    osei.sees(f"PC R. Shah objects: “{WRONG}”")
    osei.press(K.Key_Return)
    osei.alt("B")
    osei.sees("Both will stand")
    osei.keep("wednesday_both_stand")
    osei.press(K.Key_Return, Keys.ControlModifier)
    osei.sees("Settled.")
    for who in (osei, shah, lowe):
        who.shared("Nothing answered twice")
    for who in week.everybody:
        said = who.open_client("Croft")
        assert HERS in said
        assert HIS in said
        who.keep(f"wednesday_{who.name}")
