"""The demo's broker: kombu's file-system transport, with the gaps closed through which
it loses messages.

kombu opens a message under its final name and then writes it, so that a reader may take
it half written. Here a file gets its final name only when it is complete, and is taken
by a rename, which one reader alone can win.
"""

import os
import uuid
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any, ClassVar

from kombu.transport import filesystem
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads

ASIDE = ".aside"


def _write_aside(final: Path, content: bytes) -> Path:
    """The content in a file beside `final`, under a name that no reader looks for;
    nothing stays if it fails."""
    aside = final.with_name(f"{final.name}.{uuid.uuid4().hex}{ASIDE}")
    try:
        aside.write_bytes(content)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside


class Channel(filesystem.Channel):
    """Publishes, takes and first binds by atomic steps. Raises OSError where the folder
    can't be written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The folders are made here, by the first who uses the broker: settings alone
        make none."""
        super().__init__(*args, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(self, queue: str, payload: object, **kwargs: Any) -> None:  # type: ignore[override]  # kombu's disagree
        name = f"{monotonic() * 1000:015.0f}_{uuid.uuid4()}.{queue}.msg"
        final = Path(self.data_folder_out) / name
        os.rename(_write_aside(final, str_to_bytes(dumps(payload))), final)

    def _get(self, queue: str, timeout: float | None = None) -> object:
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            content = self._take(name)
            if content is not None:
                return loads(bytes_to_str(content))
        raise Empty

    def _take(self, name: str) -> bytes | None:
        """The message's bytes, or None where another reader was faster."""
        taken = Path(self.data_folder_in) / f"{name}{ASIDE}"
        try:
            os.rename(Path(self.data_folder_in) / name, taken)
        except FileNotFoundError:
            return None
        content = taken.read_bytes()
        taken.unlink()
        return content

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """kombu creates a table empty before it locks it; a complete one is put there
        first, by whoever wins."""
        table = self._exchange_file(exchange)
        if not table.exists():
            aside = _write_aside(table, b"[]")
            try:
                os.link(aside, table)
            except FileExistsError:
                pass
            finally:
                aside.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    """Files have no host; kombu would warn of that with every message."""

    Channel = Channel
    default_connection_params: ClassVar[dict[str, object]] = {}
