"""Stored files as attachments: only ever through a view that asked for the reader's rights."""

import os
import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII)
BLOCK = 64 * 1024


def attachment(request: HttpRequest, file: IO[bytes], *, name: str, content: str, etag: str) -> HttpResponseBase:
    """The file, or the one part of it that the request names, so that a download that
    broke off can go on.

    `etag` changes whenever the bytes do. A part of another file than it was asked of
    (`If-Range`) is the whole one; several parts at once, or what is no range, are
    answered with the whole as well (RFC 9110, 14.2).
    """
    quoted, size = f'"{etag}"', file.seek(0, os.SEEK_END)
    file.seek(0)
    wanted = RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if not wanted or request.headers.get("If-Range", quoted) != quoted or _is_none(*wanted.groups()):
        response: HttpResponseBase = FileResponse(file, as_attachment=True, filename=name, content_type=content)
    elif part := _part(wanted[1], wanted[2], size):
        response = _partial(file, part, size, name, content)
    else:
        file.close()
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response["Accept-Ranges"], response["ETag"] = "bytes", quoted
    return response


def _is_none(first: str, last: str) -> bool:
    """No range at all, as "-" or an end before its start; not one beyond the file."""
    if not first and not last:
        return True
    return first != "" and last != "" and int(last) < int(first)


def _part(first: str, last: str, size: int) -> range | None:
    """The positions of the bytes asked for; None where the file has none of them."""
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last or size) + 1, size)
    return range(start, end) if start < end else None


def _partial(file: IO[bytes], part: range, size: int, name: str, content: str) -> StreamingHttpResponse:
    head = FileResponse(file, as_attachment=True, filename=name, content_type=content)
    response = StreamingHttpResponse(_blocks(file, part), status=206, content_type=content)
    response["Content-Disposition"] = head["Content-Disposition"]
    response["Content-Length"] = str(len(part))
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    return response


def _blocks(file: IO[bytes], part: range) -> Iterator[bytes]:
    with file:
        file.seek(part.start)
        left = len(part)
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
