"""Sending to an address that somebody typed: never into the own network, never on to another address.

The name is resolved once, each address is checked, and the connection goes to one that was.
"""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

SECONDS = 10  # for a connection, and again for the whole answer
READ = 4000  # bytes of an answer
TRANSLATED = IPv6Network("64:ff9b::/96")  # IPv4 in IPv6 (RFC 6052)
GIVEN_OUT = IPv6Network("2000::/3")  # the only part of IPv6 that is the public internet (IANA, IPv6 Global Unicast)


class Refused(Exception):
    """Nothing may be sent there; its text says why."""


class Unreached(Exception):
    """No answer this time; its text says why."""


@dataclass(frozen=True)
class Answer:
    """`text` is the beginning of the body."""

    status: int
    text: str


def check_address(address: str) -> SplitResult:
    """The parts of the address. Raises Refused for what is no https address, or names nobody or the own network.

    Where WEBHOOKS_INSIDE is set, http and the own network are allowed.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Refused("This is not a web address.") from error
    schemes = {"https", "http"} if settings.WEBHOOKS_INSIDE else {"https"}
    if parts.scheme not in schemes or not parts.hostname or port == 0:
        raise Refused("The address begins with https:// and names a host.")
    if parts.username or parts.password:
        raise Refused("The address holds no name and no password before the host.")
    if not address.isascii() or any(sign.isspace() for sign in address):
        raise Refused("The address has only signs that may stand in a web address.")
    if not settings.WEBHOOKS_INSIDE and _is_inner_literal(parts.hostname):
        raise Refused("The address leads into this installation’s own network.")
    return parts


def _is_inner_literal(host: str) -> bool:
    try:
        return is_inside(host)
    except ValueError:
        return False  # a name, which is looked up as it is sent to


def is_inside(address: str) -> bool:
    """Whether the IP address is none of the public internet. Raises ValueError for what is no IP address."""
    found = _unwrapped(ip_address(address))
    if isinstance(found, IPv6Address) and found not in GIVEN_OUT:
        return True
    return not found.is_global or found.is_multicast


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one that leads to it."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def post(address: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send the body; redirects are answers and not followed. Raises Refused or Unreached."""
    parts = check_address(address)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    secured = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secured else http.client.HTTPConnection
    connection = kind(host, port, timeout=SECONDS)
    try:
        connection.sock = _connected(host, port, secured=secured)
        path = parts.path or "/"
        if parts.query:
            path = f"{path}?{parts.query}"
        with _in_time(connection.sock):
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, _read(response))
    except (OSError, http.client.HTTPException) as error:
        raise Unreached(f"No answer from {host} ({type(error).__name__}).") from error
    finally:
        connection.close()


def _connected(host: str, port: int, *, secured: bool) -> socket.socket:
    """A connection to an address of the host that was checked. Raises Refused or OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not settings.WEBHOOKS_INSIDE and any(is_inside(address) for address in addresses):
        raise Refused("The address leads into this installation’s own network.")
    plain = socket.create_connection((addresses[0], port), timeout=SECONDS)
    if not secured:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


@contextmanager
def _in_time(connection: socket.socket) -> Iterator[None]:
    """It is hung up after SECONDS: its own limit begins anew with each byte that comes."""
    timer = Timer(SECONDS, _hang_up, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)  # of a secured one too, which another thread reads


def _read(response: http.client.HTTPResponse) -> str:
    """The beginning of the body, as far as it comes before somebody hangs up."""
    found = b""
    while len(found) < READ:
        try:
            piece = response.read1(READ - len(found))
        except (OSError, http.client.HTTPException):
            break
        if not piece:
            break
        found += piece
    return found.decode(errors="replace").replace("\x00", "")
