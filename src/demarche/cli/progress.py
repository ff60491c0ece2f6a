"""How far long work has come, on a terminal only."""
from __future__ import annotations

import sys
import time

_INTERVAL = 0.2  # seconds between two lines


class Progress:
    """One line on standard error that is written over, while the output goes elsewhere; nothing where standard error is no terminal."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._count = 0
        self._began = self._last = time.monotonic()
        self._shown = False
        self._on = sys.stderr.isatty() and not sys.stdout.isatty()

    def add(self, count: int) -> None:
        """So many more are done."""
        self._count += count
        now = time.monotonic()
        if self._on and now - self._last >= _INTERVAL:
            self._last, self._shown = now, True
            rate = self._count / (now - self._began)
            print(f"\r{self._count:,} {self._what}, {rate:,.0f} a second ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
