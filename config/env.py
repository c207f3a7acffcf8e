"""Readers of the environment. Each raises ImproperlyConfigured with the variable's name
where a value does not fit."""

import importlib.util
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def text(name: str, default: str) -> str:
    """The variable as given; an empty one counts as not given, since that is how
    compose files pass it on."""
    value: str = env.str(name, default="") or default
    return value


def optional(name: str) -> str | None:
    """The variable as given, or None where it is missing or empty."""
    return text(name, "") or None


def flag(name: str, default: bool) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off; in any case."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """A whole number in ASCII digits, not below `least`."""
    value = text(name, str(default)).strip()
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {value!r}")
    return int(value)


def choice(name: str, default: str, allowed: Iterable[str]) -> str:
    """One of the `allowed` words, written exactly so."""
    value = text(name, default).strip()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
    return value


def zone(name: str, default: str) -> str:
    """A time zone of the IANA list."""
    value = text(name, default).strip()
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} must be a time zone such as Europe/Berlin, not {value!r}") from error
    return value


def _words(name: str, default: list[str]) -> list[str]:
    given = [word.strip() for word in text(name, ",".join(default)).split(",")]
    return [word for word in given if word]


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names between commas, without scheme, path or port; at least one."""
    found = _words(name, default)
    wrong = [host for host in found if not _is_host(host)]
    if wrong or not found:
        shown = repr(wrong[0]) if wrong else "nothing"
        raise ImproperlyConfigured(f"{name} must be host names such as hire.example.com between commas, not {shown}")
    return found


def _is_host(word: str) -> bool:
    """A name or an address; one of IPv6 stands in brackets, since it has colons."""
    if "/" in word or " " in word:
        return False
    return ":" not in word or word.startswith("[")


def origins(name: str) -> list[str]:
    """Origins between commas, each with its scheme."""
    found = _words(name, [])
    for origin in found:
        if not origin.startswith(("https://", "http://")):
            raise ImproperlyConfigured(f"{name} must be origins such as https://hire.example.com, not {origin!r}")
    return found


def issuer(name: str) -> str:
    """The address of an OpenID Connect provider; plain HTTP only on this machine."""
    value = text(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if value and not (parts.hostname and (parts.scheme == "https" or here)):
        raise ImproperlyConfigured(f"{name} must be an address such as https://login.example.com, not {value!r}")
    return value


def broker(name: str, default: str) -> str:
    """The address of a message broker that Celery knows; errors never show it, since it
    may hold a password."""
    from kombu.transport import TRANSPORT_ALIASES

    value = text(name, default)
    if urlsplit(value).scheme not in TRANSPORT_ALIASES or "://" not in value:
        raise ImproperlyConfigured(f"{name} must be an address such as redis://host:6379/0 or filesystem://")
    return value


def email(name: str, default: str) -> dict[str, Any]:
    """Django's e-mail settings from one address."""
    try:
        found: dict[str, Any] = environ.Env.email_url_config(text(name, default))
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} must be an address such as smtp+tls://user:password@host:587") from error
    if "smtp" in found["EMAIL_BACKEND"] and not found["EMAIL_HOST"]:
        raise ImproperlyConfigured(f"{name} names no mail server: use smtp+tls://user:password@host:587")
    return found


def postgresql(name: str, address: str) -> dict[str, Any]:
    """Django's database settings from an address; errors never show it, since it may
    hold a password."""
    wanted = f"{name} must name a PostgreSQL database: postgresql://user:password@host/name"
    if not address.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(wanted)
    try:
        found: dict[str, Any] = environ.Env.db_url_config(address)
    except (ValueError, KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{wanted} (percent-encode special characters in the password)") from error
    if not found.get("NAME"):
        raise ImproperlyConfigured(wanted)
    return found


def reachable(name: str, default: str) -> str:
    """The address under which this machine reaches a server that listens so; who listens
    on every address answers on loopback."""
    host, _, port = text(name, default).rpartition(":")
    everywhere = host in {"", "0.0.0.0", "[::]"}  # noqa: S104 - nothing is bound here
    return f"http://{'127.0.0.1' if everywhere else host}:{port}"


def token(name: str) -> str:
    """A secret that a program shows instead of a person; empty where none is set."""
    value = text(name, "").strip()
    if value and (len(value) < 32 or len(set(value)) < 8):
        raise ImproperlyConfigured(f"{name} is too weak: use at least 32 random characters")
    return value


def s3_storage(name: str, options: dict[str, Any], seconds: int, tries: int) -> dict[str, Any]:
    """Django's storage settings for a bucket that may take so many seconds to connect or
    to say anything; the package for it is an extra that most installations don't need."""
    missing = [part for part in ("storages", "boto3") if not importlib.util.find_spec(part)]
    if missing:
        raise ImproperlyConfigured(f"{name} needs django-storages[s3]: pip install -r requirements-s3.lock")
    from botocore.config import Config

    limits = Config(connect_timeout=seconds, read_timeout=seconds, retries={"total_max_attempts": tries})
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options | {"client_config": limits}}


def folder(name: str, path: Path, *, used: bool) -> Path:
    """The folder, which its first user makes; what stands in its way is told at once.

    `used`: this process will want it, so that it also has to be possible to make it.
    """
    candidates = (path, *path.parents)
    try:
        nearest = next(above for above in candidates if above.exists())
    except OSError as error:
        raise ImproperlyConfigured(f"{name} points to {path}, which cannot be reached: {error.strerror}") from error
    if not nearest.is_dir():
        raise ImproperlyConfigured(f"{name} points to {nearest}, which is a file")
    if used and nearest != path and not os.access(nearest, os.W_OK | os.X_OK, effective_ids=True):
        raise ImproperlyConfigured(f"{name} points to {path}, which cannot be created: {nearest} is not writable")
    return path


def make_folder(name: str, folder: Path) -> None:
    """Make the folder where it is missing, open to its owner only."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} points to {folder}, which cannot be created: {error.strerror}") from error


def kept_key(data: Path) -> str:
    """The secret key of the data folder, made once and readable by its owner only."""
    path = data / "secret-key"
    make_folder("EVENHAND_DATA", data)
    if not path.exists() or not path.stat().st_size:  # an empty one was left by an interrupted start
        _put_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _put_once(path: Path, content: str) -> None:
    """The file is there whole or not at all, and the first of two who write it at once
    wins."""
    if path.exists():
        path.unlink()
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_text(content)
    with suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()
