# SPDX-License-Identifier: MIT
"""Compiles spec/ into generated/: load -> check -> model -> render.

Each step knows the ones before it and nothing of those after it.
"""
