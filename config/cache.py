"""The shared cache, in which limits on attempts are counted. Where it is away or full,
this process counts alone: a sign-in must not fail for a limit that cannot be counted."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from accounts.gate import Gate

AGAIN = 2.0  # seconds from one look to the next
Answer = TypeVar("Answer")
_gate = Gate(pause=AGAIN)


class FallbackCache(BaseCache):
    """Asks the cache `shared` of the settings, and `local`, this process's own, for
    what could not be kept there.

    What stands in `local` is newer than the same key's value in `shared`.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._written(key, version, lambda cache: cache.add(key, value, timeout, version))

    def set(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._written(key, version, lambda cache: cache.set(key, value, timeout, version))

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._written(key, version, lambda cache: cache.touch(key, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError where nothing is counted under the key."""
        return self._written(key, version, lambda cache: cache.incr(key, delta, version))

    def get(self, key: str, default: object = None, version: int | None = None) -> Any:
        return self._written(key, version, lambda cache: cache.get(key, default, version))

    def delete(self, key: str, version: int | None = None) -> bool:
        here = caches["local"].delete(key, version)
        there = _shared(lambda cache: cache.delete(key, version), otherwise=lambda: False)
        return here or there

    def clear(self) -> None:
        caches["local"].clear()
        _shared(lambda cache: cache.clear(), otherwise=lambda: None)

    def _written(self, key: str, version: int | None, act: Callable[[BaseCache], Answer]) -> Answer:
        """What `act` gives on the cache in which this key stands."""
        local = caches["local"]
        if local.has_key(key, version):
            return act(local)
        return _shared(act, otherwise=lambda: act(local))


def _shared(act: Callable[[BaseCache], Answer], *, otherwise: Callable[[], Answer]) -> Answer:
    if not _gate.may_pass():
        return otherwise()
    try:
        answer = act(caches["shared"])
    except _away():
        _gate.failed()
        return otherwise()
    _gate.answered()
    return answer


def _away() -> tuple[type[Exception], ...]:
    """What a shared cache raises that is away or full. Redis's program is read only where it is used."""
    if settings.CACHES["shared"]["BACKEND"] != "django.core.cache.backends.redis.RedisCache":
        return (OSError, EOFError)
    from redis.exceptions import RedisError

    return (OSError, EOFError, RedisError)
