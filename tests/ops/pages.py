"""Pages asked for over HTTP, without a browser and without following redirects."""

import http.client
from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True)
class Answer:
    """A status of 0 where nobody answered."""

    status: int
    headers: Message
    text: str


def ask(port: int, path: str, **headers: str) -> Answer:
    """What this machine's server on the port answers; header names with an underscore for each dash."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode(errors="replace"))
    except OSError:
        return Answer(0, Message(), "")
    finally:
        connection.close()
