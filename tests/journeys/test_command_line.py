# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tandem without a window: a made-up team, tables taken in, exchanges, checks, records shown."""

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
import xlsxwriter

from desktop_app.casework.made_up_cast import town
from storage import audit, reads
from storage.audit import Wanted
from storage.store import Store
from storage.unlock import unlock
from tests.journeys.commands import Said, run
from ui.cli import COMMANDS, main
from ui.commands.console import Console

TODAY = "2026-11-24"


class Terminal(StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A small made-up team, made by the command itself."""
    place = tmp_path_factory.mktemp("made") / "town"
    return place, run("demo", place, "--clients", 4, "--months", 2, "--today", TODAY)


@pytest.fixture
def town_at(made: tuple[Path, Said], tmp_path: Path) -> Path:
    """A copy of the made-up team, for this test alone."""
    place = tmp_path / "town"
    shutil.copytree(made[0], place)
    return place


def store_of(place: Path, key: str) -> Store:
    folder = place / "vaults" / key
    return Store.open(folder, unlock(folder, town().passphrase))


def export_reasons(place: Path, key: str) -> list[str]:
    store = store_of(place, key)
    try:
        return [one.text("reason") for one in audit.entries(store, Wanted(forms=["export"]))]
    finally:
        store.close()


def test_a_made_up_team_says_how_to_open_it(made: tuple[Path, Said]) -> None:
    place, said = made
    assert said.status == 0
    assert said.err == ""
    assert town().passphrase in said.out
    assert "K. Osei" in said.out
    assert str(place) in said.out


def test_making_a_team_where_something_lies_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    said = run("demo", tmp_path)
    assert said.status == 1
    assert said.err == "There is something in this folder already. Nothing was changed.\n"
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_a_program_gets_the_made_up_team_as_json(tmp_path: Path) -> None:
    said = run("demo", tmp_path / "t", "--clients", 1, "--months", 1, "--today", TODAY, "--json")
    assert said.status == 0
    assert said.json["passphrase"] == town().passphrase
    assert sorted(said.json["vaults"]) == ["coordinator", "key_worker", "nurse", "officer"]


def test_a_table_of_clients_is_only_rehearsed_until_it_is_applied(
    town_at: Path, tmp_path: Path
) -> None:
    table = tmp_path / "new.csv"
    table.write_text(
        "Surname;First name;born;Gender\nŁęcka;Zofia;14 3 89;Woman\nHook;Sam;aged 40;man\n",
        encoding="utf-8-sig",
    )
    vault = town_at / "vaults" / "osei"
    rehearsed = run("import", "--vault", vault, "--form", "client", table)
    assert rehearsed.status == 0
    assert "Line 2: Client: ŁĘCKA, Zofia" in rehearsed.out
    assert "Nothing was saved; add --apply" in rehearsed.out
    applied = run("import", "--vault", vault, "--form", "client", table, "--apply")
    assert applied.status == 0
    assert "2 records saved." in applied.out
    store = store_of(town_at, "osei")
    (hit,) = reads.search(store, "lecka")
    assert hit.client.answers["born"] == "1989-03-14"
    store.close()


def test_one_bad_line_stops_the_whole_table_and_every_bad_line_is_named(
    town_at: Path, tmp_path: Path
) -> None:
    table = tmp_path / "new.csv"
    table.write_text(
        "surname,forename,born,gender\n"
        "Good,Ann,1980,woman\n"
        "Bad,Bob,the other day,man\n"
        "Worse,Cat,1985,sideways\n"
        "Young,Dot,2015-01-01,woman\n",
        encoding="utf-8",
    )
    vault = town_at / "vaults" / "osei"
    said = run("import", "--vault", vault, "--form", "client", table, "--apply")
    assert said.status == 1
    assert "Line 3: Born: Type a day such as" in said.err
    assert "Line 4: Gender: “sideways” is none of the answers." in said.err
    assert "Line 5: Tandem is for adults." in said.err
    assert "Nothing was saved." in said.out
    store = store_of(town_at, "osei")
    assert reads.search(store, "Good") == []
    store.close()


def test_json_lines_are_taken_in_about_a_client_named_by_reference(
    town_at: Path, tmp_path: Path
) -> None:
    vault = town_at / "vaults" / "osei"
    shown = run("show", "--vault", vault, "--json")
    client = next(one for one in map(json.loads, shown.out.splitlines()) if one["form"] == "client")
    table = tmp_path / "notes.jsonl"
    line = {
        "client_ref": client["client"].lower(),
        "happened_at": "mon 10:30",
        "From": "Phone call",
        "In a few words": "Rang about the boiler",
        "for_people": ["K. Osei"],
    }
    table.write_text(json.dumps(line) + "\n", encoding="utf-8")
    said = run("import", "--vault", vault, "--form", "note", table, "--apply", "--json")
    assert said.status == 0, said
    assert said.json["saved"] == 1
    again = run("show", "--vault", vault, "--client", client["client"], "--json")
    assert "Rang about the boiler" in again.out


def test_a_column_the_form_does_not_have_is_named_and_nothing_is_taken_in(
    town_at: Path, tmp_path: Path
) -> None:
    table = tmp_path / "new.csv"
    table.write_text("surname,shoe size\nFoot,9\n", encoding="utf-8")
    said = run("import", "--vault", town_at / "vaults" / "osei", "--form", "client", table)
    assert said.status == 1
    assert "“shoe size”" in said.err


def test_somebody_held_already_is_not_taken_in_twice(town_at: Path, tmp_path: Path) -> None:
    table = tmp_path / "new.csv"
    table.write_text("surname,forename,born\nHARTNOLL,liam,19 6 1991\n", encoding="utf-8")
    said = run("import", "--vault", town_at / "vaults" / "osei", "--form", "client", table)
    assert said.status == 1
    assert "Already in the casebook" in said.err


def test_a_workbook_as_a_team_has_it_is_taken_in_but_for_its_wrong_lines(
    town_at: Path, tmp_path: Path
) -> None:
    table, wrong = tmp_path / "team.xlsx", tmp_path / "wrong.csv"
    book = xlsxwriter.Workbook(str(table))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "D.O.B.", "Shoe size"])
    sheet.write_row(1, 0, ["ŁĘCKA, Zofia", 32581, 5])
    sheet.write_row(2, 0, ["Hook, Sam", "the other day", 9])
    book.close()
    vault = town_at / "vaults" / "osei"
    rehearsed = run("import", "--vault", vault, table)
    assert "Column “Shoe size”: not taken in" in rehearsed.out
    assert "1 line could be taken in" in rehearsed.out
    said = run("import", "--vault", vault, table, "--apply", "--wrong", wrong, "--json")
    assert (said.status, said.json["saved"]) == (1, 1)
    assert "the other day" in wrong.read_text(encoding="utf-8-sig")
    again = run("import", "--vault", vault, table, "--apply", "--json")
    assert again.json["saved"] == 0, "no second copies"
    store = store_of(town_at, "osei")
    (hit,) = reads.search(store, "lecka")
    assert hit.client.answers["born"] == "1989-03-14"
    store.close()


def test_nobody_takes_in_what_they_may_not_write(town_at: Path, tmp_path: Path) -> None:
    table = tmp_path / "notes.csv"
    table.write_text("client_ref,note\nOR-22222,x\n", encoding="utf-8")
    said = run("import", "--vault", town_at / "vaults" / "osei", "--form", "clinical_note", table)
    assert said.status == 1
    assert "may not write" in said.err


def test_records_that_leave_are_logged_before_one_letter_is_written(town_at: Path) -> None:
    before = export_reasons(town_at, "lowe")
    vault = town_at / "vaults" / "lowe"

    class Watching(StringIO):
        """Standard output that looks into the vault's write-ahead log when first written to."""

        grown = False

        def write(self, text: str) -> int:
            self.grown = (vault / "vault.db-wal").stat().st_size > 0
            return super().write(text)

    out = Watching()
    arguments = ["show", "--vault", str(vault), "--why", "Evaluation", "--for", "The evaluator"]
    assert main(arguments, console=Console(out, StringIO(), StringIO())) == 0
    assert out.grown
    assert export_reasons(town_at, "lowe") == ["Evaluation", *before]


def test_what_one_vault_does_not_hold_it_cannot_show(town_at: Path) -> None:
    officer = run("show", "--vault", town_at / "vaults" / "shah", "--json").out
    nurse = run("show", "--vault", town_at / "vaults" / "bello", "--json").out
    assert '"form":"clinical_note"' in nurse
    assert '"form":"clinical_note"' not in officer


def test_what_waits_is_shared_and_reaches_a_colleague(town_at: Path) -> None:
    share = town_at / "share"
    sent = run("exchange", "--vault", town_at / "vaults" / "osei", "--share", share, "--json")
    assert sent.json["sent"] == 1
    taken = run("exchange", "--vault", town_at / "vaults" / "bello", "--share", share, "--json")
    assert taken.json["changes"]


def test_an_exchange_without_the_folder_says_that_nothing_is_lost(
    town_at: Path, tmp_path: Path
) -> None:
    vault = town_at / "vaults" / "osei"
    said = run("exchange", "--vault", vault, "--share", tmp_path / "nowhere")
    assert said.status == 1
    assert "safe" in said.err


def test_a_whole_vault_passes_its_check(town_at: Path) -> None:
    said = run("check", "--vault", town_at / "vaults" / "osei", "--json")
    assert said.status == 0
    assert said.json["whole"] is True


def test_a_damaged_vault_does_not_pass(town_at: Path) -> None:
    vault = town_at / "vaults" / "osei"
    database = vault / "vault.db"
    raw = bytearray(database.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 64] = bytes(64)
    database.write_bytes(raw)
    assert run("check", "--vault", vault).status == 1


def test_a_wrong_passphrase_is_one_calm_sentence(town_at: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "words"
    wrong.write_text("these are not the words\n", encoding="utf-8")
    vault = town_at / "vaults" / "osei"
    said = run("check", "--vault", vault, "--passphrase-file", wrong)
    assert said.status == 1
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "these are not the words" not in said.err


def test_the_passphrase_may_come_through_standard_input(town_at: Path) -> None:
    vault = town_at / "vaults" / "osei"
    words = town().passphrase.upper() + "\n"
    assert run("check", "--vault", vault, "--passphrase-file", "-", typed=words).status == 0


def test_a_real_vaults_passphrase_is_asked_for(town_at: Path) -> None:
    (town_at / "made-up.toml").unlink()
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return town().passphrase

    assert run("check", "--vault", town_at / "vaults" / "osei", ask=answer).status == 0
    assert asked == ["Passphrase: "]


def test_without_a_terminal_and_without_a_file_nobody_waits_for_a_passphrase(
    town_at: Path,
) -> None:
    (town_at / "made-up.toml").unlink()
    said = run("check", "--vault", town_at / "vaults" / "osei")
    assert said.status == 1
    assert "--passphrase-file" in said.err


def test_progress_is_shown_on_a_terminal_only(town_at: Path) -> None:
    words = ["exchange", "--vault", town_at / "vaults" / "lowe", "--share", town_at / "share"]
    assert "\x1b" not in run(*words).err
    screen = Terminal()
    main([str(one) for one in words], console=Console(StringIO(), screen, StringIO()))
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_something_unexpected_is_told_without_its_text(
    town_at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_named: object) -> None:
        raise ValueError("SECRET")

    monkeypatch.setattr(reads, "records", fail)
    said = run("show", "--vault", town_at / "vaults" / "osei")
    assert said.status == 1
    assert "SECRET" not in said.err
    assert "ValueError" in said.err


def test_a_command_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        run("no-such-command")
    assert refused.value.code == 2
    assert "no-such-command" in capsys.readouterr().err


def test_every_command_but_our_own_tool_is_told_of_in_help_and_readme(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS.keys() - {"first-paint"}:
        assert f"\n    {command} " in told or f"\n    {command}\n" in told, command
        assert f"| `tandem {command}" in readme, command
    assert "first-paint" not in told
