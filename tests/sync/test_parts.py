# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Letters and pictures reach whoever may read them, whole, and nobody else."""

import random
from pathlib import Path

import pytest

from desktop_app.casework.attachments import CONTENT, FORM, LARGEST, PART, NotTaken, content_of
from desktop_app.casework.records import WITHDRAWN, Answers, Edit, Json, new_id
from storage import parts as kept
from sync import parts, places
from sync.exchange import exchange
from sync.parts import LARGEST_PART, attach, content, fetch, sealed
from sync.seals import NotOpened, digest
from sync.share import FolderShare
from tests.hostile_share import HostileShare, PowerCut
from tests.sync.laptops import Four, Laptop, team_of_four
from tests.sync.test_erasing import erase
from tests.sync.words_left import words_left, words_on

LETTER = random.Random(5).randbytes(2 * PART + 300)  # noqa: S311  the same on every run


def put(laptop: Laptop, raw: bytes = LETTER, *, audience: str = "partners") -> bytes:
    """Attach something to a new client; return the record's id."""
    client = laptop.save("client", {"surname": "Doe"})
    record = new_id(laptop.clock.later(1), laptop.dice.randbytes(10))
    edit = Edit(FORM, record, client, audience, {"title": "Letter", "kind": "text"})
    attach(laptop.store, edit, raw, now_ms=laptop.now_ms, random=laptop.dice.randbytes)
    return record


def got(laptop: Laptop, record: bytes) -> bytes | None:
    return content(laptop.store, laptop.record(record))


def part_files(four: Four) -> list[str]:
    assert isinstance(four.share, HostileShare)
    return four.share.of("/parts/")


def test_a_letter_attached_on_one_laptop_is_read_on_the_others(four: Four) -> None:
    letter = put(four.ann)
    assert got(four.ann, letter) == LETTER
    four.ann.exchange(four.share)
    for laptop in (four.grant, four.shah, four.bell):
        outcome = laptop.exchange(four.share)
        assert got(laptop, letter) == LETTER
        assert letter in outcome.touched


def test_it_works_through_a_real_folder(tmp_path: Path) -> None:
    place = tmp_path / "share"
    place.mkdir()
    four = team_of_four(tmp_path / "laptops", FolderShare(place))
    letter = put(four.ann)
    four.everybody_exchanges()
    assert all(got(laptop, letter) == LETTER for laptop in four)
    assert max(one.stat().st_size for one in place.rglob("*.part")) <= LARGEST_PART
    four.close()


def test_nobody_outside_its_audience_gets_the_key_and_the_share_says_nothing(four: Four) -> None:
    raw = b"Methadone 40 ml, daily. " * 60_000
    letter = put(four.bell, raw, audience="health")
    four.everybody_exchanges()
    assert got(four.bell, letter) == raw
    for laptop in (four.ann, four.shah, four.grant):
        assert laptop.store.record(letter) is None
        assert not kept.held(laptop.store)
    assert isinstance(four.share, HostileShare)
    on_the_share = b"".join(four.share.files.values())
    key = content_of(four.bell.record(letter))
    assert key is not None
    assert raw[:24] not in on_the_share
    assert key.key not in on_the_share
    assert key.key.hex().encode() not in on_the_share


def test_anybody_can_check_a_part_by_its_name_and_no_size_is_told_exactly(four: Four) -> None:
    put(four.ann)
    four.ann.exchange(four.share)
    four.ann.exchange(four.share)
    assert isinstance(four.share, HostileShare)
    files = part_files(four)
    assert len(files) == 3
    for path in files:
        raw = four.share.files[path]
        assert places.part_id(path.rpartition("/")[2]) == digest(b"tandem-part", raw)
    assert min(len(four.share.files[path]) for path in files) > 300


def test_a_part_that_is_missing_is_on_its_way_and_put_back_by_whoever_holds_it(
    four: Four,
) -> None:
    assert isinstance(four.share, HostileShare)
    letter = put(four.ann)
    four.ann.exchange(four.share)
    lost = four.share.drop(part_files(four)[1])
    four.bell.exchange(four.share)
    assert got(four.bell, letter) is None
    assert len(kept.missing(four.bell.store)) == 1
    four.ann.exchange(four.share)
    assert lost in four.share.files.values()
    four.bell.exchange(four.share)
    assert got(four.bell, letter) == LETTER


def test_a_part_that_was_altered_is_left_alone_and_mended_in_time(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    letter = put(four.ann)
    four.ann.exchange(four.share)
    for path in part_files(four):
        four.share.flip(path)
    four.bell.exchange(four.share)
    assert got(four.bell, letter) is None
    assert not kept.held(four.bell.store)
    for _ in range(20):
        four.ann.exchange(four.share)
        four.bell.exchange(four.share)
    assert got(four.bell, letter) == LETTER


def test_what_came_before_it_broke_off_is_not_fetched_again(
    four: Four, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PORTION", 1)
    assert isinstance(four.share, HostileShare)
    letter = put(four.ann)
    for _ in range(4):
        four.ann.exchange(four.share)
    asked: list[str] = []
    get = four.share.get

    def noted(path: str, *, limit: int) -> bytes | None:
        asked.append(path)
        if asked.count(path) == 1 and sum("/parts/" in one for one in asked) == 2:
            raise PowerCut
        return get(path, limit=limit)

    four.share.get = noted  # type: ignore[method-assign]
    with pytest.raises(PowerCut):
        four.bell.exchange(four.share)
    four.share.get = get  # type: ignore[method-assign]
    assert len(kept.held(four.bell.store)) == 1
    four.bell.exchange(four.share)
    assert got(four.bell, letter) == LETTER


def test_it_can_be_stopped(four: Four) -> None:
    letter = put(four.ann)
    four.ann.exchange(four.share)
    four.bell.exchange(four.share)
    bell = four.bell
    assert got(bell, letter) == LETTER
    bell.store.write("DELETE FROM part")
    exchange(
        bell.store,
        four.share,
        now_ms=bell.now_ms,
        random=bell.dice.randbytes,
        cancelled=lambda: True,
    )
    assert got(bell, letter) is None
    bell.exchange(four.share)
    assert got(bell, letter) == LETTER


def test_what_is_erased_is_gone_from_every_laptop_and_the_share_keeps_no_key_to_it(
    four: Four,
) -> None:
    letter, other = put(four.ann), put(four.ann, b"Another letter")
    four.everybody_exchanges()
    key = content_of(four.bell.record(letter))
    assert key is not None
    about = four.ann.record(letter).client
    erase(four.grant, letter, client=about)
    four.everybody_exchanges(4)
    for laptop in four:
        assert laptop.store.record(letter) is None
        assert not kept.held(laptop.store) & set(key.parts)
        assert got(laptop, other) == b"Another letter"
        assert words_left(laptop, [key.key.hex()], four) == set()
    assert isinstance(four.share, HostileShare)
    assert words_on(four.share, [key.key.hex()], four) == set()


def test_what_is_erased_lies_empty_on_the_share_also_where_somebody_puts_it_back(
    four: Four,
) -> None:
    assert isinstance(four.share, HostileShare)
    letter, other = put(four.ann), put(four.ann, b"Another letter")
    four.everybody_exchanges()
    before = {path: four.share.files[path] for path in part_files(four)}
    (kept_part,) = content_of(four.ann.record(other)).parts  # type: ignore[union-attr]
    gone = {path: raw for path, raw in before.items() if kept_part.hex() not in path}
    assert len(gone) == 3
    erase(four.grant, letter, client=four.ann.record(letter).client)
    four.everybody_exchanges(2)
    assert {four.share.files[path] for path in gone} == {b""}
    four.share.files |= gone  # such as a stick that comes back
    four.everybody_exchanges(8)
    assert {four.share.files[path] for path in gone} == {b""}
    assert all(got(laptop, other) == b"Another letter" for laptop in four)
    four.bell.store.write("DELETE FROM part")
    four.bell.exchange(four.share)
    assert got(four.bell, other) == b"Another letter"


def test_a_letter_erased_before_it_was_sent_never_gets_there(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    letter = put(four.grant)
    erase(four.grant, letter, client=four.grant.record(letter).client)
    four.everybody_exchanges(2)
    assert set(map(len, (four.share.files[path] for path in part_files(four)))) <= {0}


def test_a_part_another_letter_names_too_is_not_emptied(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    letter, lie = put(four.ann), put(four.ann, b"Another letter")
    said = four.ann.record(letter).answers[CONTENT]
    four.ann.save(FORM, {CONTENT: said}, record=lie)
    four.everybody_exchanges()
    erase(four.grant, lie, client=four.ann.record(lie).client)
    four.everybody_exchanges(3)
    assert all(got(laptop, letter) == LETTER for laptop in four)


def test_nobody_asks_the_share_for_what_is_not_there(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    letter = put(four.ann)
    four.ann.exchange(four.share)
    for path in part_files(four):
        four.share.drop(path)
    asked: list[str] = []
    get = four.share.get

    def noted(path: str, *, limit: int) -> bytes | None:
        asked.append(path)
        return get(path, limit=limit)

    four.share.get = noted  # type: ignore[method-assign]
    four.bell.exchange(four.share)
    assert len(kept.missing(four.bell.store)) == 3
    assert not [path for path in asked if "/parts/" in path]
    assert got(four.bell, letter) is None


def test_of_what_is_withdrawn_nothing_is_fetched(four: Four) -> None:
    letter = put(four.ann)
    four.ann.save(FORM, {WITHDRAWN: "The wrong client"}, record=letter)
    four.everybody_exchanges()
    assert not kept.held(four.bell.store)
    four.ann.save(FORM, {WITHDRAWN: None}, record=letter)
    four.everybody_exchanges()
    assert got(four.bell, letter) == LETTER


def test_a_part_fits_nowhere_else(four: Four) -> None:
    letter, other = put(four.ann), put(four.ann, LETTER[::-1])
    one, two = (content_of(four.ann.record(each)) for each in (letter, other))
    assert one is not None
    assert two is not None
    for key, named in (
        (one.key, two.parts),
        (one.key, one.parts[::-1]),
        (one.key, (one.parts[0], one.parts[0], one.parts[2])),
        (two.key, one.parts),
    ):
        parts_said: list[Json] = [each.hex() for each in named]
        lie: Answers = {"size": one.size, "key": key.hex(), "parts": parts_said}
        four.ann.save(FORM, {CONTENT: lie}, record=letter)
        with pytest.raises(NotOpened):
            got(four.ann, letter)


def test_a_record_that_makes_no_sense_asks_for_nothing(four: Four) -> None:
    letter = put(four.ann)
    good = four.ann.record(letter).answers[CONTENT]
    assert isinstance(good, dict)
    lies: list[Json] = [
        None,
        "",
        [],
        {},
        {**good, "size": 0},
        {**good, "size": LARGEST + 1},
        {**good, "size": PART},
        {**good, "parts": ["../../etc/passwd"] * 3},
        {**good, "parts": [7, None, True]},
        {**good, "key": "zz" * 32},
        {**good, "parts": ["ab" * 32] * 5_000},
    ]
    for lie in lies:
        four.ann.save(FORM, {CONTENT: lie}, record=letter)
        assert content_of(four.ann.record(letter)) is None
        assert not kept.missing(four.ann.store)


def test_more_than_the_limit_is_refused_and_nothing_is_kept(four: Four) -> None:
    for raw in (b"", bytes(LARGEST + 1)):
        with pytest.raises(NotTaken):
            put(four.ann, raw)
    assert not kept.held(four.ann.store)
    assert put(four.ann, bytes(LARGEST))


def test_a_file_that_is_larger_than_a_part_is_not_read_to_its_end() -> None:
    share, team = HostileShare(), b"t" * 16
    id_, raw = sealed(b"x", b"k" * 32, record=b"r" * 16, random=random.Random(1).randbytes)[0]  # noqa: S311
    share.files[places.part_path(team, id_)] = raw + bytes(4 * LARGEST_PART)
    assert fetch(share, team, [id_]).parts == ()
