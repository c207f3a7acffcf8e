"""An authenticator app: the code of a secret, by RFC 6238 and not by the package under test."""

import base64
import hmac
import time


def code_of(secret: str) -> str:
    """What an app with this secret shows now."""
    counter = int(time.time()) // 30
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"
