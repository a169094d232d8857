"""What both ends of the contract agree on before anything is said."""

from __future__ import annotations

CONTRACT_VERSION = 7
"""Raised by one with every change; both ends compare it at `ready`."""

MAX_FRAME_BYTES = 256 * 1024 * 1024
"""The largest frame that either end accepts, in bytes."""
