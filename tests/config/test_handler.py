"""A view that PostgreSQL ends for another's sake is asked once more, with nothing left of the first time."""

import threading

import pytest
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.victims import is_victim
from config.handler import Handler
from tests.concurrently import until_waiting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sample")]


@pytest.fixture
def handler():
    return Handler()


@pytest.fixture
def request_with_file():
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("list.csv", b"name")})
    request.session = SessionStore()
    request._messages = default_storage(request)
    return request


class Circle:
    """Two transactions that lock two people, each the other's first; the one in this thread is ended."""

    def __init__(self) -> None:
        self.first, self.second = User.objects.order_by("pk")[:2]
        self.holds_second, self.holds_first = threading.Event(), threading.Event()
        self.other = threading.Thread(target=self._lock_from_the_second)

    def close(self) -> None:
        """Called in a transaction, which ends with an OperationalError the first time."""
        if self.holds_first.is_set():
            self.other.join()
            return
        self.other.start()
        self.holds_second.wait()
        _patience("10ms")
        _lock(self.first)
        self.holds_first.set()
        until_waiting(1)
        _lock(self.second)

    def _lock_from_the_second(self) -> None:
        with transaction.atomic():
            _patience("1h")
            _lock(self.second)
            self.holds_second.set()
            self.holds_first.wait()
            _lock(self.first)
        connection.close()


def _patience(time: str) -> None:
    """How long this transaction waits until it looks whether it waits in a circle."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('deadlock_timeout', %s, true)", [time])


def _lock(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def test_what_the_first_time_did_is_taken_back_and_done_again(handler, request_with_file, caplog):
    circle, read = Circle(), []

    def view(request):
        read.append(request.FILES["file"].read())
        messages.success(request, "Done.")
        User.objects.create_user(f"added.{len(read)}@example.net")
        circle.close()
        return HttpResponse("answered")

    response = handler.make_view_atomic(view)(request_with_file)

    assert response.content == b"answered"
    assert read == [b"name", b"name"]
    assert [str(message) for message in messages.get_messages(request_with_file)] == ["Done."]
    assert list(User.objects.filter(email__startswith="added").values_list("email")) == [("added.2@example.net",)]
    assert "asked again" in caplog.text


def test_who_signs_in_is_not_signed_in_twice(handler, request_with_file):
    circle = Circle()

    def view(request):
        request.session["signed_in"] = True
        circle.close()

    with pytest.raises(OperationalError) as caught:
        handler.make_view_atomic(view)(request_with_file)

    circle.other.join()
    assert is_victim(caught.value)


def test_other_faults_of_the_database_are_not_tried_again(handler, request_with_file):
    asked = []

    def view(request):
        asked.append(request)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(10)")

    with pytest.raises(OperationalError):
        handler.make_view_atomic(view)(request_with_file)

    assert len(asked) == 1


def test_a_view_that_is_no_transaction_is_left_as_it_is(handler):
    @transaction.non_atomic_requests
    def view(request):
        return HttpResponse()

    assert handler.make_view_atomic(view) is view


def test_the_web_server_answers_so():
    assert isinstance(import_string(settings.WSGI_APPLICATION), Handler)
