# SPDX-License-Identifier: MIT
"""Breaks the engine in one place at a time and looks whether a test sees it."""
