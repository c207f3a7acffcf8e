"""A download that broke off goes on where it stopped; it is the same file or the whole one."""

import pytest
from django.urls import reverse

from audit.models import Event


@pytest.fixture
def address(finished_packet) -> str:
    return reverse("packet_download", args=[finished_packet().pk])


def test_the_parts_of_a_packet_make_the_whole(client_of, address):
    client = client_of("manager")
    whole = client.get(address)
    body = whole.getvalue()
    half = len(body) // 2

    first = client.get(address, headers={"Range": f"bytes=0-{half - 1}"})
    rest = client.get(address, headers={"Range": f"bytes={half}-", "If-Range": whole["ETag"]})
    last = client.get(address, headers={"Range": "bytes=-7"})

    assert (whole.status_code, first.status_code, rest.status_code, last.status_code) == (200, 206, 206, 206)
    assert whole["Accept-Ranges"] == "bytes"
    assert first.getvalue() + rest.getvalue() == body
    assert last.getvalue() == body[-7:]
    assert rest["Content-Range"] == f"bytes {half}-{len(body) - 1}/{len(body)}"
    assert int(rest["Content-Length"]) == len(body) - half
    assert rest["Content-Disposition"] == whole["Content-Disposition"]
    assert rest["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "headers",
    [
        {"Range": "bytes=0-3", "If-Range": '"another file"'},
        {"Range": "bytes=0-3,5-9"},
        {"Range": "bytes=-"},
        {"Range": "bytes=9-3"},
        {"Range": f"bytes=0-{'9' * 5_000}"},
        {"Range": "lines=1-2"},
    ],
    ids=str,
)
def test_what_is_no_part_of_this_file_is_answered_with_all_of_it(client_of, address, headers):
    response = client_of("manager").get(address, headers=headers)

    assert response.status_code == 200
    assert response.getvalue().endswith(b"%%EOF\n")


@pytest.mark.parametrize("part", ["bytes=99999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client_of, address, part):
    response = client_of("manager").get(address, headers={"Range": part})

    assert response.status_code == 416
    assert response["Content-Range"].startswith("bytes */")


def test_a_part_is_as_closed_as_the_whole_and_on_record(client_of, address):
    assert client_of("interviewer2").get(address, headers={"Range": "bytes=0-3"}).status_code in {403, 404}
    assert not Event.objects.filter(kind="packet.downloaded").exists()

    client_of("manager").get(address, headers={"Range": "bytes=0-3"}).getvalue()

    assert Event.objects.filter(kind="packet.downloaded").count() == 1
