# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Small widgets, one a file, named for what they show.

Every one of them paints itself from the theme in force each time it paints, grows with the
reader's text size, has a name for screen readers, and shows the focus. Setting a value tells
nobody; only a person's act sends a signal.

To say something: `labels`, `chip`, `keycap`, `notice`, `alert_bar`, `empty`, `person_banner`,
`section_rule`, `word_marks`. To choose: `buttons`, `segment`, `pills`, `offers`, `tile`,
`tick_box`, `drop_down`. To type: `date_field`, `note_edit`, `problem_summary`. To list: `row_list`,
`timeline`, `table`. To lay out: `card`, `flow`, `overflow`. To take back: `undo_bar`.
"""
