"""How often one address may write: a token bucket in memory. Nothing about the address is stored or logged."""

import time
from collections import OrderedDict
from collections.abc import Callable

KEPT = 50_000


class RateLimit:
    """So many messages a minute for each key, with bursts of the same size."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the number of messages a minute; 0 means no limit."""
        self._per_minute, self._clock = per_minute, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, key: str) -> int:
        """0 when one more is fine (and counted), else how long to wait."""
        if not self._per_minute:
            return 0
        now = self._clock()
        tokens, since = self._buckets.pop(key, (float(self._per_minute), now))
        tokens = min(self._per_minute, tokens + (now - since) * self._per_minute / 60)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)
        return 0 if allowed else int((1 - tokens) * 60 / self._per_minute) + 1
