# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a bundle that is kept for later waits for, in one sentence."""

from sync.outcome import Arrived, Author, Previewed, Waiting

BELLO, OSEI = Author("A. Bello", "Laptop 4"), Author("K. Osei", "Laptop 2")


def test_whatever_a_bundle_waits_for_is_said_in_one_sentence() -> None:
    waits = (Waiting(BELLO, 104, BELLO, 103), Waiting(BELLO, 104, OSEI, 103))
    arrived = Arrived(BELLO, 104, 0, {}, ())
    both, one = Previewed("", arrived, waits), Previewed("", arrived, waits[:1])
    whole = "Bundle 104 from A. Bello on Laptop 4 waits for their bundle 103"
    assert both.waits_words == f"{whole} and bundle 103 from K. Osei on Laptop 2."
    assert one.waits_words == f"{whole}."
