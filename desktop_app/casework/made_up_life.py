# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One made-up client's months: the file on them, where they live, who stands by them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from desktop_app.casework.made_up_cast import Client, prose, town
from desktop_app.casework.made_up_pen import Pen, Voice, last_workday, moment, workday
from desktop_app.casework.made_up_stays import (
    CUSTODY,
    OUT_IN,
    PLACES,
    PRISONS,
    Stay,
    share,
    stay_on,
)
from desktop_app.casework.records import Answers, RecordId


@dataclass(slots=True)
class Life:
    """What is being written about one client.

    Attributes:
        pen: keeps what is written.
        who: the client.
        record: the client's record.
        start: the day the team first met them.
        today: the day the team is made.
        stays: where they lived.
        voice: says things about them.
        random: their own choices, so that one client more changes nobody else.
        handover: the day their first key worker left; None when it is still the same.
    """

    pen: Pen
    who: Client
    record: RecordId
    start: date
    today: date
    stays: list[Stay]
    voice: Voice
    random: Random
    handover: date | None = None

    def stay(self, day: date) -> Stay:
        """Return where they lived on a day."""
        return stay_on(self.stays, day)

    @property
    def now(self) -> Stay:
        """Return where they live."""
        return self.stays[-1]

    @property
    def helped(self) -> bool:
        """Say whether they have a key worker: not somebody who was never included."""
        return self.who.cohort == "demand_side"

    def key_worker(self, day: date) -> str:
        """Return the key of who was their key worker on a day."""
        if self.handover is not None and day < self.handover:
            return self.who.first_worker
        return "osei"

    def day(self, of: float) -> date:
        """Return the working day after this share of their months; never today or later."""
        return min(workday(share(of, self.start, self.today)), last_workday(self.today))

    def at(self, day: date) -> datetime:
        """Return some time of a working day."""
        return moment(day, self.random.randint(9, 16), self.random.choice((0, 10, 15, 30, 40, 45)))

    def write(
        self,
        by: str,
        at: datetime,
        form: str,
        answers: Answers,
        *,
        record: RecordId = b"",
        narrowed_to: str = "",
    ) -> RecordId:
        """Write a record about them, or change one."""
        return self.pen.write(
            by, at, form, answers, client=self.record, record=record, narrowed_to=narrowed_to
        )

    def person(self, key: str) -> str:
        """Return a colleague's person id."""
        return self.pen.ids[key]


def open_file(pen: Pen, who: Client, random: Random, *, start: date, by: str) -> RecordId:
    """Write the file on a client the day the team first met them."""
    answers: Answers = {
        "surname": who.surname,
        "forename": who.forename,
        "known_as": who.known_as,
        "aliases": list(who.aliases),
        "born": who.born,
        "gender": who.gender,
        "pronouns": {"woman": "she", "man": "he"}.get(who.gender, "they"),
        "address_kind": who.address_kind,
        "address_1": who.address_1,
        "town": town().town if who.address_1 else "",
        "postcode": who.postcode,
        "find_the_door": who.find_the_door,
        "address_checked_on": start.isoformat(),
        "phone": who.phone,
        "language": who.language,
        "interpreter": who.interpreter,
        "reach_them": who.reach_them,
        "first_contact_on": start.isoformat(),
        "referral_source": random.choice(("arrest_referral", "outreach", "probation", "police")),
        "schemes": list(who.schemes),
        "doorstep_notes": who.doorstep,
    }
    if who.cohort == "demand_side":
        answers |= {
            "may_text": who.may_text,
            "may_ring": who.may_ring,
            "may_leave_message": who.may_leave_message,
            "may_write": who.may_write,
            "may_say_who_we_are": who.may_say_who_we_are,
            "safe_times": who.safe_times,
            "say_instead": who.say_instead,
            "never": who.never,
        }
    return pen.write(by, moment(start, 10, random.choice((0, 20, 40))), "client", answers)


def stand_by(life: Life) -> None:
    """Write who stands by them: key worker, police lead and nurse, and a handover."""
    at = moment(life.start, 11)
    first = life.who.first_worker if life.handover else "osei"
    day = life.start.isoformat()
    kept = {}
    for duty, worker in (("key_worker", first), ("police_lead", "shah"), ("nurse", "bello")):
        answers: Answers = {"duty": duty, "worker": life.person(worker), "from_on": day}
        kept[duty] = life.write("lowe", at, "assignment", answers)
    present = kept["key_worker"]
    if life.handover is not None:
        present = _hand_over(life, present, life.handover)
    if life.who.course == "ended":
        last = life.day(0.9)
        ended: Answers = {"until_on": last.isoformat(), "handover_reason": "support_ended"}
        life.write("osei", moment(last, 15, 10), "assignment", ended, record=present)


def _hand_over(life: Life, assignment: RecordId, day: date) -> RecordId:
    answers: Answers = {
        "until_on": day.isoformat(),
        "handed_to": life.person("osei"),
        "handover_reason": "worker_leaves",
        "handover_note": life.voice.say(
            "Told {them} in person a month ago, and again with K. Osei at the table. "
            "{N} would like the same day and the same hour to stay."
        ),
    }
    life.write(life.who.first_worker, moment(day, 9, 30), "assignment", answers, record=assignment)
    return life.write(
        "osei",
        moment(day, 11),
        "assignment",
        {"duty": "key_worker", "worker": life.person("osei"), "from_on": day.isoformat()},
    )


def support(life: Life, words: str) -> None:
    """Write the spell of support: offered, agreed, and for some ended as planned."""
    agreed = workday(life.start + timedelta(days=life.random.randint(2, 18)))
    answers: Answers = {"started_on": life.start.isoformat(), "goals": words}
    spell = life.write(life.key_worker(life.start), moment(life.start, 12), "support", answers)
    day = life.day(0.9)
    if agreed < day:
        said: Answers = {"agreed_on": agreed.isoformat()}
        life.write(life.key_worker(agreed), moment(agreed, 12), "support", said, record=spell)
    if life.who.course == "ended":
        ended: Answers = {
            "ended_on": day.isoformat(),
            "end_reason": "planned",
            "end_note": life.voice.say(
                "{N} knows the number and the door, and that neither is closed to {them}."
            ),
        }
        life.write("osei", moment(day, 15), "support", ended, record=spell)


def settings(life: Life) -> None:
    """Write each setting as it began, and a day of release that was learned later."""
    for stay in life.stays:
        by = "shah" if stay.inside else life.key_worker(stay.since)
        day = workday(stay.since)
        if day >= life.today:
            continue
        record = life.write(by, moment(day, 16, 20), "setting", _setting(life, stay))
        if stay is life.now and life.who.course in OUT_IN:
            _learn_release(life, stay, record)


def _setting(life: Life, stay: Stay) -> Answers:
    answers: Answers = {"setting": stay.setting, "from_on": stay.since.isoformat()}
    if stay.setting in ("rehab", "detox"):
        answers |= {"place_rehab": PLACES[stay.setting], "how_known": "place"}
        answers["note"] = life.voice.say("Went by car, with one bag. Same key worker throughout.")
    elif stay.setting in ("remand", "sentenced", "recall"):
        answers |= {"place_prison": _prison(life), "how_known": "police"}
        answers["note"] = "Key worker, police lead and nurse stay the same."
    elif stay.setting in PLACES:
        answers |= {"place": PLACES[stay.setting], "how_known": "place"}
    elif stay.setting == "unknown":
        answers |= {"how_known": "seen"}
        answers["note"] = life.voice.say_one_of(
            ("Room empty, nothing left behind. Shelter, church store and the ward asked.",)
        )
    else:
        answers |= {"how_known": "client"}
    if stay.setting == "remand":
        answers |= {
            "next_court_on": workday(stay.since + timedelta(days=27)).isoformat(),
            "court": "Saltings Magistrates' Court",
        }
    return answers


def _learn_release(life: Life, stay: Stay, record: RecordId) -> None:
    out = life.today + timedelta(days=OUT_IN[life.who.course])
    learned = workday(stay.since + (life.today - stay.since) // 2)
    certainty = "confirmed" if OUT_IN[life.who.course] < 30 else "likely"
    answers: Answers = {
        "expected_release_on": out.isoformat(),
        "release_certainty": certainty,
        "release_time": "About 09:00, main gate" if stay.setting in CUSTODY else "After breakfast",
    }
    life.write(life.key_worker(learned), moment(learned, 17, 5), "setting", answers, record=record)


def _prison(life: Life) -> str:
    return PRISONS.get(life.who.gender, "zz_holmreach")


def prison_of(life: Life) -> str:
    """Return the code of the prison they are, or would be, in."""
    return _prison(life)


def note(life: Life, day: date) -> None:
    """Write a case note: something heard, read or thought, outside a visit."""
    heard = life.voice.one_of(prose().note)
    at = life.at(day)
    life.write(
        life.key_worker(day),
        at,
        "note",
        {
            "happened_at": at.isoformat(timespec="minutes"),
            "kind": heard.kind,
            "headline": heard.headline,
            "note": life.voice.say(heard.note),
        },
    )
