# SPDX-License-Identifier: MIT
"""Why the engine is believed to be right: what was measured of each proof, and that each can fail."""
