# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The acts of the story: chosen, missed, found, inside, met at the gate, better, removed."""

from collections.abc import Callable
from datetime import timedelta

from desktop_app.casework import removal
from desktop_app.casework.choosing import choosing, places_follow, told_follows
from desktop_app.casework.records import Answers, Json, link
from desktop_app.casework.targeting import DEMAND, places_on
from tests.sync.story import Act, Story

CLINIC, INTELLIGENCE, CLINICAL = "Methadone clinic", "Named by a caller", "Dose halved"
"""Words for health, for police and for health again; nobody else's laptop may hold them."""
ACTS: list[Act] = []


def act(who: str, day: int, *hears: str) -> Callable[[Callable[[Story], None]], None]:
    """Put an act into the story: whose, on which day, and which acts of others it answers."""

    def told(does: Callable[[Story], None]) -> None:
        ACTS.append(Act(who, day, does, hears))

    return told


# --- chosen


@act("shah", 0)
def nominated(story: Story) -> None:
    story.client = story.laptop.save("client", {"surname": "Croft", "forename": "Lee"})
    story.made["nominated"] = [story.client]
    me = story.laptop.seat.person
    story.save("arrest", arrested_on=story.today, offence_group="shoplifting")
    said: Answers = {"nominated_on": story.today, "nominated_by": me, "agency": "Police"}
    story.save("nomination", said, cohort="demand_side", why="Three shops in a week")


@act("shah", 1)
def intelligence(story: Story) -> None:
    at = f"{story.today}T10:00"
    story.save("note", audience="police", happened_at=at, headline=INTELLIGENCE)


@act("bell", 2, "nominated")
def scored(story: Story) -> None:
    story.save("scoring", total=7, threshold=5, scored_on=story.today)


@act("ann", 2, "nominated")
def supported(story: Story) -> None:
    story.save("support", started_on=story.today)
    me = story.laptop.seat.person
    story.save("assignment", duty="key_worker", worker=me, from_on=story.today)


@act("grant", 3, "nominated")
def stood_by(story: Story) -> None:
    for duty, who in (("police_lead", "shah"), ("nurse", "bell")):
        worker = story.of(who).seat.person
        story.save("assignment", duty=duty, worker=worker, from_on=story.today)


@act("grant", 4, "nominated", "scored")
def decided(story: Story) -> None:
    said: Answers = {
        "about": "include",
        "cohort": "demand_side",
        "decided_on": story.today,
        "why": "There is room",
    }
    story.save("decision", said)
    new = story.laptop.dice.randbytes(16)
    story.edit(*places_follow(said, story.held(), story.client, new_record=lambda: new))


@act("shah", 6, "decided")
def told(story: Story) -> None:
    place = choosing(story.held(), story.day).place
    assert place is not None
    by: list[Json] = [story.laptop.seat.person]
    said: Answers = {"told_on": story.today, "told_by": by, "how": "in_person"}
    story.save("notice", said, spell=link(place.record.id))
    story.edit(*told_follows(said, place, story.client))


@act("shah", 7)
def heightened(story: Story) -> None:
    proof: list[Json] = [link(one.id) for one in story.held("arrest")]
    story.asks("heightened", "Seen at three shops", 60, evidence_of=proof)


@act("grant", 8, "heightened")
def heightened_agreed(story: Story) -> None:
    story.agrees("heightened")


# --- missed, told, heard, visited, back


def _missed(story: Story) -> None:
    at, me = f"{story.today}T10:00", story.laptop.seat.person
    said: Answers = {"kind": "nurse", "booked_for": at, "what": CLINIC, "with_person": me}
    story.save("appointment", said, audience="health", state="not_attended")


@act("bell", 10, "stood_by")
def missed_once(story: Story) -> None:
    _missed(story)


@act("bell", 13)
def missed_twice(story: Story) -> None:
    _missed(story)


@act("bell", 16)
def missed_three(story: Story) -> None:
    _missed(story)
    at = f"{story.today}T12:00"
    story.save("clinical_note", happened_at=at, note=CLINICAL, about="review")


@act("bell", 17)
def informed(story: Story) -> None:
    when = [one.text("booked_for")[:10] for one in story.held("appointment")]
    said: Answers = {"opened_on": min(when[1:]), "last_on": max(when), "missed": len(when)}
    story.save("chain_step", said, step="informed", happened_at=f"{story.today}T09:00")


@act("ann", 17, "informed")
def worker_heard(story: Story) -> None:
    at = f"{story.today}T15:00"
    story.save("chain_step", step="acknowledged", happened_at=at, duty="key_worker")


@act("shah", 18, "informed")
def police_heard(story: Story) -> None:
    at = f"{story.today}T08:00"
    story.save("chain_step", step="acknowledged", happened_at=at, duty="police_lead")


@act("shah", 18)
def watched(story: Story) -> None:
    story.visits("street", "done", "seen", audience="police")


@act("ann", 19)
def not_found(story: Story) -> None:
    story.visits("home", "tried", "not_seen")


@act("ann", 20)
def found(story: Story) -> None:
    story.visits("home", "done", "seen")


@act("ann", 21)
def back(story: Story) -> None:
    story.save("chain_step", step="outcome", happened_at=f"{story.today}T16:00", outcome="back")


@act("bell", 22)
def accepted(story: Story) -> None:
    at, me = f"{story.today}T10:00", story.laptop.seat.person
    said: Answers = {"kind": "nurse", "booked_for": at, "what": CLINIC, "with_person": me}
    story.save("appointment", said, audience="health", state="attended")
    episode = story.save("treatment", status="accepted", accepted_on=story.today, fast_track="yes")
    triage: Answers = {"step": "nurse_triage", "happened_on": story.today}
    story.save("treatment_step", triage, episode=link(episode))


# --- inside, and out again


@act("shah", 25)
def remanded(story: Story) -> None:
    story.save("arrest", arrested_on=story.today, offence_group="shoplifting")
    where: Answers = {"setting": "remand", "place_prison": "zz_eastmoor"}
    story.save("setting", where, from_on=story.today)


@act("grant", 30, "remanded")
def sentenced(story: Story) -> None:
    out = (story.day + timedelta(days=20)).isoformat()
    where: Answers = {"setting": "sentenced", "place_prison": "zz_eastmoor"}
    sure: Answers = {"expected_release_on": out, "release_certainty": "confirmed"}
    story.save("setting", where | sure, from_on=story.today)


@act("ann", 32, "remanded")
def seen_inside(story: Story) -> None:
    story.visits("prison", "done", "seen")


@act("ann", 40, "sentenced")
def day_planned(story: Story) -> None:
    meets: list[Json] = [story.laptop.seat.person]
    inside = link(story.one("sentenced"))
    story.save(
        "release_plan", release_on="2026-07-21", meets=meets, sleeps="Her sister's", setting=inside
    )


@act("bell", 41, "sentenced")
def prescription_planned(story: Story) -> None:
    inside, me = link(story.one("sentenced")), story.laptop.seat.person
    goes_on: Answers = {"prescription": "arranged", "prescription_by": me}
    story.save("release_plan", goes_on, release_on="2026-07-21", setting=inside)


@act("ann", 50, "sentenced")
def met_at_the_gate(story: Story) -> None:
    story.visits("gate", "done", "seen")
    story.save("setting", setting="community", from_on=story.today)


@act("bell", 51, "sentenced")
def attended(story: Story) -> None:
    at, me = f"{story.today}T10:00", story.laptop.seat.person
    said: Answers = {"kind": "nurse", "booked_for": at, "with_person": me, "state": "attended"}
    story.save("appointment", said)


# --- better, relaxed, removed


@act("bell", 60)
def scored_lower(story: Story) -> None:
    before = link(story.one("scored"))
    story.save("scoring", total=2, threshold=5, scored_on=story.today, supersedes=before)


@act("ann", 61)
def relaxing(story: Story) -> None:
    before = link(story.one("heightened"))
    story.asks("support_only", "Six clean weeks", 60, supersedes=before)
    story.visits("home", "done", "seen")


@act("shah", 63, "relaxing")
def relaxed(story: Story) -> None:
    story.agrees("relaxing")


@act("grant", 66, "scored_lower")
def removal_decided(story: Story) -> None:
    forum = story.laptop.save("forum", {"held_on": story.today, "number": 9})
    said: Answers = {"about": "remove_targeting", "decided_on": story.today, "why": "Progress"}
    story.save("decision", said, forum=link(forum))
    after = (story.day + timedelta(days=9)).isoformat()
    mine: Answers = {"what": "Ring the sister", "owner": story.of("ann").seat.person}
    story.save("action", mine, agreed_on=story.today, due_on=after, forum=link(forum))


@act("grant", 68, "relaxed")
def removed(story: Story) -> None:
    (place,) = (one for one in places_on(story.held(), story.day) if one.cohort == DEMAND)
    later = (story.day + timedelta(days=30)).isoformat()
    said: Answers = {
        "from": "targeting",
        "removed_on": story.today,
        "targeting_end": "good_progress",
        "exit_plan": "Ann stays",
        "follow_up_on": later,
        "follow_up_by": story.of("ann").seat.person,
    }
    story.save("removal", said)
    story.edit(removal.ends(said, place, story.client))
    new = story.laptop.dice.randbytes(16)
    story.edit(*removal.follow_up(said, story.client, lambda: new))


@act("ann", 70, "removal_decided")
def action_done(story: Story) -> None:
    done: Answers = {"done_on": story.today, "outcome": "She is well"}
    (action,) = story.held("action")
    story.laptop.save("", done, record=action.id)
