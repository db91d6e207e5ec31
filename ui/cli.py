# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem` on the command line: without a command it opens the window.

Rules, each with a test:

* The exit status is 0 only when all went well: 1 when something did not, 2 when the command line
  could not be read, 130 when it was stopped.
* What went wrong is one calm sentence on standard error, without a key and without any content.
* Every command answers with `--json` for a program, and shows progress on a terminal only.
"""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from desktop_app import __version__
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from ui.commands.console import Console

COMMANDS = {
    "demo": "demo",
    "import": "take_in_table",
    "exchange": "exchange",
    "show": "show",
    "check": "check",
    "recovery-key": "recovery_key",
    "recover": "recover",
    "rekey": "rekey",
    "backup": "backup",
    "restore": "restore",
    "go-on": "go_on",
    "repair": "repair",
    "verify": "verify",
    "self-test": "self_test",
    "first-paint": "first_paint",
}
"""Each command and its file in ui/commands; read only when it is asked for."""
FAILED, STOPPED = 1, 130


def main(argv: Sequence[str] | None = None, *, console: Console | None = None) -> int:
    """Run Tandem; return the exit status.

    Args:
        argv: what was typed after `tandem`.
        console: where to speak; the terminal when None.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    terminal = console or Console()
    parsed = _parser(arguments).parse_args(arguments)
    terminal.machine = bool(getattr(parsed, "json", False))
    try:
        status = _run(parsed, terminal)
        terminal.out.flush()
    except CaseworkError as error:
        terminal.complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        terminal.complain(_("Stopped. What was saved is safe."))
        return STOPPED
    except BrokenPipeError:
        # Whoever read the answer has gone. Python would complain again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001  its text could hold content, so only its kind is said
        terminal.complain(
            _("Something went wrong inside Tandem (%(kind)s). What was saved is safe.")
            % {"kind": type(error).__name__}
        )
        return FAILED
    return status


def _run(parsed: Namespace, terminal: Console) -> int:
    if parsed.command is None:
        from ui import app  # noqa: PLC0415  Qt is loaded only for the window

        return app.main(parsed.home, role=parsed.role or "")
    return int(_module(parsed.command).run(parsed, terminal))


def _parser(arguments: Sequence[str]) -> ArgumentParser:
    parser = ArgumentParser(
        prog="tandem",
        description=_("The offline casebook for joint drugs outreach."),
        epilog=_("Without a command, Tandem opens its window."),
    )
    parser.add_argument("--version", action="version", version=f"Tandem {__version__}")
    parser.add_argument(
        "--home", type=Path, metavar="DIR", help=_("where this laptop's casebooks lie")
    )
    parser.add_argument(
        "--as",
        dest="role",
        choices=[role.value for role in Role],
        metavar=_("ROLE"),
        help=_("in a made-up team, whose laptop to open at once"),
    )
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), title=_("commands"))
    asked = next((one for one in arguments if one in COMMANDS), "")
    for name in COMMANDS:
        about = _about(name)
        # A command without a sentence is of use to our own tools only, and is not listed.
        if about:
            made = commands.add_parser(name, description=about, help=about)
        else:
            made = commands.add_parser(name)
        made.add_argument("--json", action="store_true", help=_("answer as JSON, for a program"))
        if name == asked:
            _module(name).takes(made)
        else:
            made.add_argument("rest", nargs="*", help=SUPPRESS)
    return parser


def _about(name: str) -> str:
    return {
        "demo": _("make a made-up team to try everything in"),
        "import": _("take records in from a table, after saying line by line what would happen"),
        "exchange": _("seal and share what is new, take in what is new elsewhere"),
        "show": _("write records out as JSON; that is logged as taken out of Tandem"),
        "check": _("check a casebook: its pages, its records, its indexes"),
        "recovery-key": _("make the words that open a casebook when its passphrase is lost"),
        "recover": _("open a casebook with its recovery words and give it a new passphrase"),
        "rekey": _("give a casebook a new key, when somebody may have seen the old one"),
        "backup": _("copy a casebook to another folder, where only the recovery words open it"),
        "repair": _("save what can be read of a damaged casebook into a new one"),
        "restore": _("make a casebook anew from a backup and the recovery words"),
        "go-on": _("write again in a casebook that is older than it should be"),
        "verify": _("see whether a table taken out of the audit is as it was signed"),
        "self-test": _("try every part of this program on invented records"),
    }.get(name, "")


def _module(name: str) -> ModuleType:
    return import_module(f"ui.commands.{COMMANDS[name]}")


if __name__ == "__main__":
    raise SystemExit(main())
