# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How fast Tandem is, and how much memory it takes: a table, and build/bench.json.

    python tests/bench/run.py             everything; under a quarter of an hour on two cores
    python tests/bench/run.py saving      only what is named so
    python tests/bench/run.py --small     everything on a twentieth of the records: a rehearsal

Times of one machine say nothing about another. So every figure is a ratio to something plain that
was measured in the same run, except the few that people feel: milliseconds while they type. Each
part runs in a process of its own, so that the memory of one is not the memory of another.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
RESULTS = ROOT / "build" / "bench.json"
PARTS = (
    *("saving", "reading", "exchange", "rehearsing", "million", "newcomer", "crowd", "start"),
    *("twins", "sheets", "boards"),
)


def main() -> int:
    """Run every part, print the table, write the results; 0 when every limit is met."""
    parser = argparse.ArgumentParser(description="How fast Tandem is.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--small", action="store_true", help="a rehearsal on few records")
    asked = parser.parse_args()
    unknown = sorted(set(asked.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; choose among {', '.join(PARTS)}")
    begun = time.perf_counter()
    results = [one for part in asked.parts or PARTS for one in measured(part, small=asked.small)]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    took = f"{time.perf_counter() - begun:.0f} s altogether; written to {RESULTS.relative_to(ROOT)}"
    sys.stdout.write(f"{table(results)}\n{took}\n")
    return 0 if all(one["met"] for one in results) else 1


def measured(part: str, *, small: bool) -> list[dict[str, object]]:
    """Run one part in a process of its own; return its figures."""
    sys.stderr.write(f"{part} ...\n")
    command = [sys.executable, "-m", f"tests.bench.{part}", *(["--small"] if small else [])]
    done = subprocess.run(  # noqa: S603  our own program
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    figures = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        wrong = {"name": f"{part} ran to its end", "figure": None, "unit": "", "limit": 1}
        figures.append({**wrong, "met": False})
    return figures


def table(results: list[dict[str, object]]) -> str:
    """Return the figures as a table."""
    rows = [("", "figure", "limit", "")]
    for one in results:
        figure = "not measured" if one["figure"] is None else f"{one['figure']} {one['unit']}"
        limit = f"{one['limit']} {one['unit']}"
        rows.append((str(one["name"]), figure, limit, "met" if one["met"] else "NOT MET"))
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{row[0]:{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}  {row[3]}".rstrip()
        for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
