# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The audit: what is written of looking, altering, telling, joining and erasing.

Data Protection Act 2018 s.62 asks for six logs. Each is a kind of record, kept for all records and
not for the police's alone, so that there is one behaviour to explain:

* collection and alteration: the log of changes itself; what came from outside a casebook is a
  `collection` besides, and of what is not for all partners there is an `alteration` besides, or the
  audit officer could not tell that anything happened;
* consultation: `consultation`; disclosure: `export`, and `disclosure` for what was told;
  combination: `combination`; erasure: `erasure`.

What was done to a casebook as a whole, its keys and its copies, is an `upkeep`: the law asks that
its integrity and security can be seen to (s.62(4)(c)), and a lost laptop's can be asked about.

Rules, each with a test:

* An entry names clients and records by their ids, as a column names nobody: what is asked about a
  client never answers with an entry.
* No passphrase, no key, no words of a record, and nothing of what was erased stands in one.
* Looking again at the same within ten minutes is not written again: it is counted.
* At most 200 ids stand in an entry; how many there were is said.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.casework.audience import AUDIT, PARTNERS, POLICE
from desktop_app.casework.records import (
    NO_CLIENT,
    WITHDRAWN,
    Answers,
    Edit,
    Json,
    Live,
    Record,
    RecordId,
)
from desktop_app.casework.records import link as linked_to

COLLECTION, ALTERATION, CONSULTATION = "collection", "alteration", "consultation"
DISCLOSURE, EXPORT, COMBINATION = "disclosure", "export", "combination"
ERASURE, UPKEEP = "erasure", "upkeep"
FORMS = (COLLECTION, ALTERATION, CONSULTATION, DISCLOSURE, EXPORT, COMBINATION, ERASURE, UPKEEP)
"""The kinds of entries, in the order s.62 names them, then those of the casebook itself."""
MOST_IDS = 200
REPEAT_MS = 10 * 60_000
"""For so long looking again is the same looking."""
CASEWORK, OWN_LIST, NOT_SAID = "casework", "own_list", "not_said"
"""Reasons nobody chose: work with this client, one's own list of work, asked and not said yet."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody is about to have in front of them.

    Attributes:
        how: where: a code of `look_how`.
        clients: whose.
        kept: records among it that are not for all partners.
        audiences: whom these are for.
        police_by: person ids of whoever wrote those of them that are for police only.
        shown: how many clients or records are shown.
        words: what was searched for.
    """

    how: str
    clients: tuple[RecordId, ...] = ()
    kept: tuple[RecordId, ...] = ()
    audiences: frozenset[str] = frozenset()
    police_by: frozenset[str] = frozenset()
    shown: int = 0
    words: str = ""

    @property
    def keys(self) -> list[tuple[str, bytes]]:
        """Return what must have been written already for this to be a repeat."""
        return [(self.how, one) for one in (*self.clients, *self.kept)] or [(self.how, b"")]


def sight(
    how: str,
    records: Iterable[Record] = (),
    *,
    clients: Iterable[RecordId] = (),
    words: str = "",
) -> Sight:
    """Return what somebody is about to see.

    Args:
        how: where: a code of `look_how`.
        records: every record shown.
        clients: every client shown besides those the records are about.
        words: what was searched for.
    """
    held = list(records)
    whose = dict.fromkeys([*clients, *(one.client for one in held)])
    whose.pop(NO_CLIENT, None)
    kept = [one for one in held if one.audience != PARTNERS]
    return Sight(
        how,
        tuple(whose),
        tuple(dict.fromkeys(one.id for one in kept)),
        frozenset(one.audience for one in kept),
        frozenset(one.author for one in kept if one.audience == POLICE),
        max(len(held), len(whose)),
        words.strip(),
    )


def consultation(seen: Sight, *, record: RecordId, at: str, reason: str, words: str = "") -> Edit:
    """Return the entry for a look.

    Args:
        seen: what is looked at.
        record: id of the new entry.
        at: local time to the minute, ISO.
        reason: a code of `look_reason`.
        words: the reason in words.
    """
    answers: Answers = {"how": seen.how, "shown": seen.shown, "reason": reason}
    if seen.words:
        answers["words"] = seen.words
    if words:
        answers["reason_words"] = words
    named = _named(seen.clients, seen.kept, seen.audiences)
    return _entry(CONSULTATION, record, at, answers | named)


def alteration(edit: Edit, *, new: bool, decides: bool, record: RecordId, at: str) -> Edit | None:
    """Return the entry for an edit; None for one the log of changes already shows everybody.

    Args:
        edit: what was saved.
        new: whether it made its record.
        decides: whether it chose between two answers.
        record: id of the new entry.
        at: local time to the minute, ISO.
    """
    if edit.audience in (PARTNERS, AUDIT):
        return None
    how = "recorded" if new else "decided" if decides else "altered"
    if WITHDRAWN in edit.answers:
        how = "withdrawn" if edit.answers[WITHDRAWN] else "restored"
    fields: list[Json] = [*sorted(name for name in edit.answers if not name.startswith("_"))]
    answers: Answers = {"how": how, "kind": edit.form, "fields": fields}
    named = _named([edit.client], [edit.record], [edit.audience])
    return _entry(ALTERATION, record, at, answers | named)


def collection(
    how: str,
    count: int,
    *,
    record: RecordId,
    at: str,
    people: Iterable[str] = (),
    kind: str = "",
    clients: Iterable[RecordId] = (),
) -> Edit:
    """Return the entry for what came from outside a casebook.

    Args:
        how: where from: a code of `collect_how`.
        count: how many records or changes.
        record: id of the new entry.
        at: local time to the minute, ISO.
        people: person ids of whom it came from.
        kind: name of the form of all of it, where it is one.
        clients: whom it is about, where they were here already.
    """
    answers: Answers = {"how": how, "count": count}
    if said := [*sorted(people)]:
        answers["people"] = [*said]
    if kind:
        answers["kind"] = kind
    return _entry(COLLECTION, record, at, answers | _named(clients))


def upkeep(how: str, *, record: RecordId, at: str, count: int = 0, since: str = "") -> Edit:
    """Return the entry for something done to a casebook as a whole.

    Args:
        how: what: a code of `upkeep_how`.
        record: id of the new entry.
        at: local time to the minute, ISO.
        count: how often, or how many rows were lost; 0 where nothing is counted.
        since: since when, local time to the minute, ISO; empty for no span.
    """
    answers: Answers = {"how": how}
    if count:
        answers["count"] = count
    if since:
        answers["since_at"] = since[:16]
    return _entry(UPKEEP, record, at, answers)


def combination(
    how: str,
    clients: Sequence[RecordId],
    *,
    record: RecordId,
    at: str,
    rule: str,
    reason: str = "",
    compared: int = 0,
) -> Edit:
    """Return the entry for records brought together, by the code `how` and a rule in words."""
    answers: Answers = {"how": how, "rule": rule, "shown": compared or len(clients)}
    if reason:
        answers["reason"] = reason
    return _entry(COMBINATION, record, at, answers | _named(clients))


def erasure(
    category: str,
    clients: Sequence[RecordId],
    *,
    record: RecordId,
    at: str,
    count: int,
    rule: str,
    authorised_by: str,
    reason: str = "",
) -> Edit:
    """Return the entry for an erasure: nothing of what was erased stands in it.

    Args:
        category: what kind of thing it was.
        clients: whose; an id says nothing once the client is erased.
        record: id of the new entry.
        at: local time to the minute, ISO.
        count: how many records.
        rule: by which rule.
        authorised_by: person id of who decided it.
        reason: why, in words; never words of what was erased.
    """
    answers: Answers = {
        "category": category,
        "count": count,
        "rule": rule,
        "authorised_by": authorised_by,
    }
    if reason:
        answers["reason"] = reason
    return _entry(ERASURE, record, at, answers | _named(clients))


def taken_out(
    asked: Answers,
    clients: Sequence[RecordId],
    *,
    record: RecordId,
    at: str,
    records: int | None = None,
) -> Edit:
    """Return the entry for something that leaves Tandem.

    Args:
        asked: what, in which format, for whom and why, as the form `export` asks it.
        clients: whose.
        record: id of the new entry.
        at: local time to the minute, ISO.
        records: how many records; None when it is not known before they are read.
    """
    counted: Answers = {} if records is None else {"records": records}
    return _entry(EXPORT, record, at, {**asked, **_named(clients), **counted})


@dataclass(slots=True)
class _Written:
    """An entry of this session, and what happened since it was written."""

    record: RecordId
    at_ms: int
    words: str
    times: int = 1
    told: tuple[int, str] = (1, "")

    @property
    def grew(self) -> bool:
        return (self.times, self.words) != self.told


@dataclass(slots=True)
class Repeats:
    """What was looked at in the last ten minutes, so that it is written once and counted.

    The count reaches the vault with the next entry, or when the casebook is closed: looking again
    costs nothing on the way.
    """

    _by_key: dict[tuple[str, bytes], _Written] = field(default_factory=dict)

    def fresh(self, seen: Sight, now_ms: int) -> Sight | None:
        """Return the part of a look that was not written yet; None counts it as a repeat."""
        known = {key: self._known(key, now_ms) for key in seen.keys}
        new = {key[1] for key, written in known.items() if written is None}
        if new:
            return _only(seen, new)
        for written in {id(one): one for one in known.values() if one}.values():
            written.times += 1
            written.words = _wider(written.words, seen.words)
        return None

    def keep(self, seen: Sight, entry: Edit, now_ms: int) -> None:
        """Remember that a look was written."""
        written = _Written(entry.record, now_ms, seen.words, told=(1, seen.words))
        self._by_key.update(dict.fromkeys(seen.keys, written))

    def counts(self, now_ms: int, *, ending: bool = False) -> list[Edit]:
        """Return how often was looked again, of entries whose ten minutes are over, or of all."""
        found = {}
        for key, one in list(self._by_key.items()):
            over = ending or now_ms - one.at_ms >= REPEAT_MS or now_ms < one.at_ms
            if over:
                del self._by_key[key]
            if over and one.grew:
                found[one.record] = one
        edits = []
        for one in found.values():
            one.told = (one.times, one.words)
            answers: Answers = {"times": one.times}
            if one.words:
                answers["words"] = one.words
            edits.append(Edit(CONSULTATION, one.record, NO_CLIENT, AUDIT, answers))
        return edits

    def _known(self, key: tuple[str, bytes], now_ms: int) -> _Written | None:
        written = self._by_key.get(key)
        if written is None or not 0 <= now_ms - written.at_ms < REPEAT_MS:
            return None
        return written


def as_record(entry: Edit, author: str) -> Record:
    """Return an entry as it would be read, so that it can be put into words."""
    live = [Live(0, 0, 0, 0, entry.answers)]
    return Record(entry.record, entry.form, entry.client, entry.audience, author, live)


def ids_in(entry: Record, field_name: str) -> list[RecordId]:
    """Return the ids an entry names in a field; what is no id is passed over."""
    held = entry.answers.get(field_name)
    found = []
    for one in held if isinstance(held, list) else []:
        if isinstance(one, str) and len(one) == 32:
            try:
                found.append(bytes.fromhex(one))
            except ValueError:
                continue
    return found


def _entry(form: str, record: RecordId, at: str, answers: Answers) -> Edit:
    return Edit(form, record, NO_CLIENT, AUDIT, {"happened_at": at[:16], **answers})


def _named(
    clients: Iterable[RecordId],
    records: Iterable[RecordId] = (),
    audiences: Collection[str] = (),
) -> Answers:
    """Return what an entry names, without what would be empty."""
    named: Answers = {
        "clients": [*[linked_to(one) for one in clients if one][:MOST_IDS]],
        "records": [*[linked_to(one) for one in records][:MOST_IDS]],
        "audiences": [*sorted(audiences)],
    }
    return {name: held for name, held in named.items() if held}


def _only(seen: Sight, new: Collection[bytes]) -> Sight:
    """Return a look with the clients and records alone that are new in it."""
    if new == {b""}:
        return seen
    clients = tuple(one for one in seen.clients if one in new)
    kept = tuple(one for one in seen.kept if one in new)
    return replace(seen, clients=clients or seen.clients, kept=kept)


def _wider(before: str, now: str) -> str:
    """Return what was searched for, while somebody is still typing it."""
    if not before or now.startswith(before):
        return now or before
    if not now or before.startswith(now) or now in before:
        return before
    return f"{before} · {now}"[:MOST_IDS]
