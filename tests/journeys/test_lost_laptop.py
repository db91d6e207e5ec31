# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A passphrase is lost, a vault is damaged, a laptop is gone: what the command line can do then."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.casework.made_up_cast import town
from tests.journeys.commands import Said, run
from ui import home

NEW = "velvet harbour pencil orchid summit"


@dataclass
class Laptop:
    """One made-up laptop with a recovery key, and the paper it was printed on."""

    vault: Path
    page: Path
    stick: Path
    place: Path

    def words(self) -> str:
        lines = PdfReader(self.page).pages[0].extract_text().splitlines()
        said = [line.split() for line in lines]
        numbered = {one[0]: one[1] for one in said if len(one) == 2 and one[0].isdigit()}
        return " ".join(numbered[str(n)] for n in range(1, 13))

    def file(self, name: str, text: str) -> Path:
        path = self.place / name
        path.write_text(text + "\n", encoding="utf-8")
        return path

    def backed_up(self) -> Path:
        said = run("backup", "--vault", self.vault, "--to", self.stick, "--json")
        assert said.status == 0, said
        return Path(said.json["backup"])

    def restored(self, backup: Path, to: Path, *more: object) -> Said:
        return run(
            *("restore", "--from", backup, "--to", to),
            *("--recovery-file", self.file("paper", self.words())),
            *("--passphrase-file", self.file("new", NEW)),
            *more,
        )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made") / "town"
    run("demo", place, "--clients", 2, "--months", 1, "--today", "2026-11-24")
    page = place / "recovery.pdf"
    said = run("recovery-key", "--vault", place / "vaults" / "osei", "--out", page)
    assert said.status == 0, said
    return place


@pytest.fixture
def laptop(made: Path, tmp_path: Path) -> Laptop:
    place = tmp_path / "town"
    shutil.copytree(made, place)
    return Laptop(place / "vaults" / "osei", place / "recovery.pdf", tmp_path / "stick", tmp_path)


def test_the_page_is_one_page_and_the_words_are_said_nowhere_else(laptop: Laptop) -> None:
    assert len(PdfReader(laptop.page).pages) == 1
    again = laptop.place / "again.pdf"
    said = run("recovery-key", "--vault", laptop.vault, "--out", again, "--anew")
    assert said.status == 0
    laptop.page = again
    assert "Print" in said.out
    assert not any(word in said.out + said.err for word in laptop.words().split())


def test_another_key_takes_the_place_of_the_first_only_when_asked(laptop: Laptop) -> None:
    said = run("recovery-key", "--vault", laptop.vault, "--out", laptop.place / "again.pdf")
    assert said.status == 1
    assert "--anew" in said.err
    assert not (laptop.place / "again.pdf").exists()


def test_the_page_is_never_written_over_a_file(laptop: Laptop) -> None:
    letter = laptop.file("letter.pdf", "mine")
    said = run("recovery-key", "--vault", laptop.vault, "--out", letter, "--anew")
    assert said.status == 1
    assert letter.read_text() == "mine\n"
    assert run("backup", "--vault", laptop.vault, "--to", laptop.stick).status == 0


def test_a_lost_passphrase_is_replaced_by_the_words_on_the_paper(laptop: Laptop) -> None:
    typed = f"{laptop.words().upper()}\n{NEW}\n"
    streams = ("--recovery-file", "-", "--passphrase-file", "-")
    said = run(
        "recover",
        "--vault",
        laptop.vault,
        *streams,
        typed=typed,
    )
    assert said.status == 0, said
    new = laptop.file("new", NEW)
    assert run("check", "--vault", laptop.vault, "--passphrase-file", new).status == 0
    assert run("check", "--vault", laptop.vault).status == 1, "the old one"


def test_both_are_asked_for_on_a_terminal_and_the_new_one_twice(laptop: Laptop) -> None:
    answers = {
        "Recovery words: ": laptop.words(),
        "New passphrase: ": NEW,
        "The same once more: ": NEW.upper(),
    }
    said = run("recover", "--vault", laptop.vault, ask=answers.__getitem__)
    assert said.status == 0, said
    answers["The same once more: "] = "something else"
    said = run("recover", "--vault", laptop.vault, ask=answers.__getitem__)
    assert said.status == 1
    assert said.err == "The two are not the same. Nothing was changed.\n"
    said = run("recover", "--vault", laptop.vault, ask=lambda _question: "")
    assert said.err == "No passphrase was given. Nothing was changed.\n"


def test_a_misread_word_is_named_by_its_place(laptop: Laptop) -> None:
    words = laptop.words().split()
    words[4] = "zoom"
    typed = " ".join(words) + f"\n{NEW}\n"
    streams = ("--recovery-file", "-", "--passphrase-file", "-")
    said = run("recover", "--vault", laptop.vault, *streams, typed=typed)
    assert said.status == 1
    assert said.err.startswith("Word 5 is not the one on the paper")


def test_the_teams_words_open_every_vault_of_the_team_and_its_backups(laptop: Laptop) -> None:
    nurse = laptop.vault.with_name("bello")
    said = run("backup", "--vault", nurse, "--to", laptop.stick, "--json")
    assert said.status == 0, said
    words = laptop.file("team", home.made_up_recovery(nurse.parent.parent))
    new = laptop.file("new", NEW)
    given = ("--recovery-file", words, "--passphrase-file", new)
    anew = laptop.place / "vaults" / "anew"
    assert run("restore", "--from", said.json["backup"], "--to", anew, *given).status == 0
    assert run("check", "--vault", anew, "--passphrase-file", new).status == 0
    assert run("recover", "--vault", nurse, *given).status == 0
    assert run("check", "--vault", nurse, "--passphrase-file", new).status == 0


def test_a_vault_gets_a_new_key_and_opens_with_the_same_words(laptop: Laptop) -> None:
    before = (laptop.vault / "vault.db").read_bytes()
    said = run("rekey", "--vault", laptop.vault)
    assert said.status == 0, said
    assert "new key" in said.out
    after = (laptop.vault / "vault.db").read_bytes()
    assert not {before[at : at + 4096] for at in range(0, len(before), 4096)} & {
        after[at : at + 4096] for at in range(0, len(after), 4096)
    }, "not a page is as it was"
    assert run("check", "--vault", laptop.vault).status == 0
    words, new = laptop.file("paper", laptop.words()), laptop.file("new", NEW)
    given = ("--recovery-file", words, "--passphrase-file", new)
    assert run("recover", "--vault", laptop.vault, *given).status == 0


def test_wrong_tries_are_told_to_whoever_opens_the_vault_next(laptop: Laptop) -> None:
    wrong = laptop.file("wrong", NEW)
    said = run("check", "--vault", laptop.vault, "--passphrase-file", wrong)
    assert (said.status, "do not open" in said.err) == (1, True)
    tries = laptop.vault / "vault.tries"
    now_ms = int(time.time() * 1000)
    tries.write_text(f'{{"count":7,"first_ms":5,"last_ms":{now_ms}}}')
    said = run("check", "--vault", laptop.vault)
    assert (said.status, "wrong. Try again in" in said.err) == (1, True)
    tries.write_text('{"count":2,"first_ms":5,"last_ms":9}')
    said = run("check", "--vault", laptop.vault)
    assert (said.status, said.err.split(".")[0]) == (
        0,
        "2 wrong passphrases were tried since you last signed in",
    )


def test_a_laptop_is_lost_and_its_vault_is_back_from_the_stick(laptop: Laptop) -> None:
    about = home.about_of(laptop.vault)
    held = run("show", "--vault", laptop.vault, "--json").out.count("\n")
    backup = laptop.backed_up()
    shutil.rmtree(laptop.vault)
    said = laptop.restored(backup, laptop.vault, "--json")
    assert said.status == 0, said
    assert said.json["kept"] is None
    assert said.json["newest_own_work"]
    now = home.about_of(laptop.vault)
    assert (now.person, now.role, now.team) == (about.person, about.role, about.team)
    new = laptop.file("new", NEW)
    use = ("--vault", laptop.vault, "--passphrase-file", new)
    assert run("check", *use).status == 0
    # As many as before: that it was shown is kept for the audit, which is not shown.
    assert run("show", *use, "--json").out.count("\n") == held
    table = laptop.file("new.csv", "surname,forename,born\nHook,Sam,1980")
    assert run("import", *use, "--form", "client", table, "--apply").status == 0
    share = laptop.vault.parent.parent / "share"
    said = run("exchange", *use, "--share", share, "--json")
    assert said.json["sent"] == 1
    assert any("put back from a backup" in note for note in said.json["notes"])
    officer = laptop.vault.with_name("shah")
    assert run("exchange", "--vault", officer, "--share", share, "--json").json["changes"] == {
        "client": 1
    }


def test_a_damaged_vault_is_kept_beside_and_not_shown_at_sign_in(laptop: Laptop) -> None:
    backup = laptop.backed_up()
    about = home.about_of(laptop.vault)
    (laptop.vault / "vault.db").write_bytes(b"damaged" * 999)
    said = laptop.restored(backup, laptop.vault)
    assert said.status == 0, said
    assert "kept as it was" in said.out
    kept = [one for one in laptop.vault.parent.iterdir() if "before" in one.name]
    assert [(one / "vault.db").read_bytes()[:7] for one in kept] == [b"damaged"]
    assert home.about_of(laptop.vault) == about
    assert len(home.vaults(laptop.vault.parent.parent)) == 4


def test_what_is_no_backup_is_refused_in_one_sentence(laptop: Laptop) -> None:
    said = laptop.restored(laptop.place, laptop.place / "anew")
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert not (laptop.place / "anew").exists()


def test_the_passphrase_of_the_made_up_team_opens_no_backup(laptop: Laptop) -> None:
    backup = laptop.backed_up()
    old = laptop.file("old", town().passphrase)
    assert run("check", "--vault", backup, "--passphrase-file", old).status == 1


def test_a_damaged_vault_is_repaired_and_says_what_was_lost(laptop: Laptop) -> None:
    said = run("repair", "--vault", laptop.vault)
    assert (said.status, said.out) == (0, "The casebook is whole. Nothing was changed.\n")
    about = home.about_of(laptop.vault)
    raw = bytearray((laptop.vault / "vault.db").read_bytes())
    middle = len(raw) // 2
    raw[middle] ^= 1
    (laptop.vault / "vault.db").write_bytes(raw)
    said = run("repair", "--vault", laptop.vault)
    assert said.status == ("Not saved" in said.out)
    assert "saved." in said.out
    assert "kept as it was" in said.out
    assert home.about_of(laptop.vault) == about
    check = run("check", "--vault", laptop.vault, "--json")
    assert check.json["whole"] or "Share, and they come back" in check.out
    share = laptop.vault.parent.parent / "share"
    assert run("exchange", "--vault", laptop.vault, "--share", share, "--json").json["sent"] >= 0
    assert run("check", "--vault", laptop.vault).status == 0
