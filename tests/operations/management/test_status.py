"""manage.py status: a line for each part, and 1 where one is broken."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from operations import runs
from operations.models import TaskRun
from packets.models import WorkerHeartbeat
from tests.config.conftest import redis_url
from tests.config.processes import GOOD_KEY, environment, free_port

__all__ = ["redis_url"]


@pytest.mark.django_db(transaction=True)
def test_it_ends_with_0_where_nothing_is_broken(live_server):
    runs.note_known(runs.periodic_tasks())
    TaskRun.objects.update(sent_at=timezone.now())
    WorkerHeartbeat.objects.create(name="worker", at=timezone.now())
    out = StringIO()

    call_command("status", web=live_server.url, json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert told["state"] == "attention"  # no mail server, no backup
    assert told["parts"]["web"]["says"] == f"Answers at {live_server.url}."


def test_it_ends_with_1_where_something_is_broken_and_says_what_to_do(db):
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("status", web=f"http://127.0.0.1:{free_port()}", stdout=out)

    assert ended.value.code == 1
    assert "BROKEN  web       No web server answers at" in out.getvalue()
    assert "Start the web server" in out.getvalue()


def test_it_answers_while_the_database_is_away(forking, tmp_path, redis_url):
    env = environment(
        DATABASE_URL=f"postgresql://somebody:secret@127.0.0.1:{free_port()}/evenhand",
        CELERY_BROKER_URL=redis_url,
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(tmp_path),
    )

    done = forking.manage("status", "--json", env=env)

    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["parts"]["database"]["says"] == "The database does not answer (OperationalError)."
    assert told["parts"]["storage"]["state"] == "ok"
    assert told["versions"]["broker"].startswith("Redis ")
    assert "secret" not in done.stdout + done.stderr
