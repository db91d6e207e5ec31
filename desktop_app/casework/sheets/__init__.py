# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Spreadsheets from elsewhere: what columns, cells and lines mean. No file is touched here."""
