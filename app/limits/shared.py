"""Counts in Redis, for several servers that answer for one another; by its clock, so that theirs need not agree."""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.errors import ConfigurationError
from app.limits.domain import DAY_S, CountsUnusable, Full, Taken, Window

if TYPE_CHECKING:
    from redis import Redis

_PREFIX = "vivavoce:asked:"
_RECEIPTS = "vivavoce:receipt:"
_TIMEOUT_S = 1.0
_RECEIPT_S = 600
_TAKE = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local fullest, wait = 0, -1
for i = 1, #KEYS - 1 do
  local seconds, most = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  -- What a clock that went ahead has left counts as of now, so that it does not stay for longer than others.
  local ahead = redis.call('ZRANGEBYSCORE', KEYS[i], '(' .. string.format('%.6f', now), '+inf')
  for _, use in ipairs(ahead) do redis.call('ZADD', KEYS[i], string.format('%.6f', now), use) end
  local nth = redis.call('ZREVRANGEBYSCORE', KEYS[i], '+inf', '(' .. string.format('%.6f', now - seconds), 'WITHSCORES', 'LIMIT', most - 1, 1)
  if nth[2] then
    local left = tonumber(nth[2]) + seconds - now
    if left > wait then fullest, wait = i, left end
  end
end
if fullest > 0 then return {fullest, string.format('%.6f', wait)} end
for i = 1, #KEYS - 1 do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%.6f', now - DAY))
  redis.call('ZADD', KEYS[i], string.format('%.6f', now), ARGV[1])
  redis.call('EXPIRE', KEYS[i], DAY)
  redis.call('SADD', KEYS[#KEYS], KEYS[i])
end
redis.call('EXPIRE', KEYS[#KEYS], RECEIPT)
return {0, '0'}
""".replace("DAY", str(DAY_S)).replace("RECEIPT", str(_RECEIPT_S))
_GIVE_BACK = """
for _, key in ipairs(redis.call('SMEMBERS', KEYS[1])) do redis.call('ZREM', key, ARGV[1]) end
redis.call('DEL', KEYS[1])
"""


class SharedCounts:
    """A sorted set for each who, of the instants of the last day; a script of the server looks and counts at once."""

    def __init__(self, server: "Redis") -> None:
        self._server = server
        self._take = server.register_script(_TAKE)
        self._give_back = server.register_script(_GIVE_BACK)

    def take(self, windows: Sequence[Window]) -> Taken | Full:
        """As ``Counts``."""
        from redis.exceptions import RedisError

        receipt = secrets.token_hex(8)
        keys = [*(_PREFIX + window.who for window in windows), _RECEIPTS + receipt]
        arguments: list[str | int] = [receipt, *(part for window in windows for part in (window.seconds, window.most))]
        try:
            fullest, wait = self._take(keys, arguments)
        except (RedisError, OSError) as error:
            raise CountsUnusable(f"redis: {type(error).__name__}") from error
        return Full(windows[int(fullest) - 1], float(wait)) if int(fullest) else Taken(receipt)

    def give_back(self, receipt: str) -> None:
        """As ``Counts``."""
        from redis.exceptions import RedisError

        try:
            self._give_back([_RECEIPTS + receipt], [receipt])
        except (RedisError, OSError) as error:
            raise CountsUnusable(f"redis: {type(error).__name__}") from error


def open_shared(url: str) -> SharedCounts:
    """The counts of the server at ``url``; connects to nothing yet.

    Raises:
        ConfigurationError: the client is not installed, or this is no address of such a server.
    """
    try:
        from redis import Redis
    except ImportError as error:
        raise ConfigurationError("VIVAVOCE_REDIS_URL needs the extra 'redis': pip install 'vivavoce[redis]'") from error
    try:
        server = Redis.from_url(url, socket_timeout=_TIMEOUT_S, socket_connect_timeout=_TIMEOUT_S)
    except ValueError:
        # Its words quote the address, which may hold a password.
        raise ConfigurationError(
            "VIVAVOCE_REDIS_URL is no address of a Redis server; give redis://HOST:PORT/0"
        ) from None
    return SharedCounts(server)
