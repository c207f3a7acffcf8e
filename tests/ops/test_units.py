"""The installation without Docker: its units and settings are read as systemd reads them, and started for real."""

import configparser
import os
import re
import shlex
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.test_docs import documented
from tests.config.processes import GOOD_KEY, ROOT, eventually, free_port, running
from tests.ops.named import missing
from tests.ops.pages import ask

DEPLOY = ROOT / "deploy"
CODE, DATA = "/srv/evenhand", "/var/lib/evenhand"
UNITS = sorted(DEPLOY.glob("*.service"))
SETTING = re.compile(r"^(# )?([A-Z_]+)='([^']*)'$", re.M)


def read_unit(path: Path) -> configparser.RawConfigParser:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read_string(path.read_text())
    return unit


def own_environment(path: Path) -> dict[str, str]:
    """What the unit itself sets; its file of settings overrides it."""
    return dict(word.split("=", 1) for word in shlex.split(read_unit(path)["Service"].get("Environment", "")))


def settings_file() -> dict[str, str]:
    """deploy/evenhand.env as systemd reads it, without the settings that are commented out."""
    return {
        name: value for comment, name, value in SETTING.findall((DEPLOY / "evenhand.env").read_text()) if not comment
    }


def exec_words(path: Path, environment: dict[str, str]) -> list[str]:
    """ExecStart with its program's bare name; ${NAME} is one word, as systemd has it."""
    words = shlex.split(read_unit(path)["Service"]["ExecStart"])
    assert words[0].startswith(f"{CODE}/.venv/bin/")
    filled = [re.sub(r"\$\{([A-Z_]+)\}", lambda found: environment[found.group(1)], word) for word in words]
    return [Path(words[0]).name, *filled[1:]]


# --- read --------------------------------------------------------------------
def test_there_is_a_unit_for_each_process():
    assert [path.stem for path in UNITS] == ["evenhand-beat", "evenhand-web", "evenhand-worker"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_names_only_what_is_there(path):
    words = exec_words(path, own_environment(path))

    assert missing(words) == []
    assert set(own_environment(path)) <= set(documented())
    assert set(re.findall(r"\$\{([A-Z_]+)\}", path.read_text())) <= set(own_environment(path)) | set(settings_file())


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_may_write_to_the_data_folder_and_nowhere_else(path):
    service = read_unit(path)["Service"]
    wanted = {
        "User": "evenhand",
        "EnvironmentFile": "/etc/evenhand/evenhand.env",
        "WorkingDirectory": CODE,
        "ReadWritePaths": DATA,
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "Restart": "on-failure",
        "KillMode": "mixed",
    }

    assert {name: service.get(name) for name in wanted} == wanted


def test_a_worker_that_is_stopped_may_finish_its_packet():
    seconds = int(read_unit(DEPLOY / "evenhand-worker.service")["Service"]["TimeoutStopSec"])

    assert seconds >= settings.CELERY_TASK_TIME_LIMIT


def test_each_setting_is_known_and_reads_alike_for_systemd_and_the_shell():
    text = (DEPLOY / "evenhand.env").read_text()
    named = [name for _, name, _ in SETTING.findall(text)]

    assert set(named) <= set(documented())
    assert [line for line in text.splitlines() if "='" in line and not SETTING.fullmatch(line)] == []
    assert [
        line for line in text.splitlines() if line and not line.startswith("#") and not SETTING.fullmatch(line)
    ] == []
    assert settings_file()["SECRET_KEY"] == "", "no secret has a default"
    assert settings_file()["EVENHAND_DATA"] == DATA


def test_the_proxy_takes_what_evenhand_takes_and_says_who_asks():
    text = (DEPLOY / "nginx.conf").read_text()
    set_anew = dict(re.findall(r"proxy_set_header ([\w-]+) (\S+);", text))

    assert f"client_max_body_size {settings.REQUEST_LIMIT};" in text
    assert f"proxy_pass http://{settings_file()['BIND']};" in text
    assert (set_anew["X-Forwarded-Proto"], set_anew["X-Forwarded-For"]) == ("$scheme", "$remote_addr")
    assert settings_file()["TRUSTED_PROXY_COUNT"] == "1"
    assert "$request " not in text, "a log of ours holds no query string"
    assert "$uri" in text


# --- started -----------------------------------------------------------------
def test_web_worker_and_beat_start_from_their_units_and_become_ready(runner_for, database_address, redis_url, place):
    """As whoever may enter this checkout (tests/ops/runner.py), without the sandbox, which is systemd's."""
    runner = runner_for("gunicorn", "celery", "redis", "argon2")
    data, port = place / "data", free_port()
    data.mkdir(mode=0o700)
    runner.give(data)
    own = {
        "SECRET_KEY": GOOD_KEY,
        "DATABASE_URL": database_address,
        "CELERY_BROKER_URL": redis_url,
        "EVENHAND_DATA": str(data),
        "BIND": f"127.0.0.1:{port}",
    }
    logs = {path: place / f"{path.stem}.log" for path in UNITS}

    def beats() -> bool:
        """Whether beat keeps its times where the unit may write; Python's own database adds an ending to the name."""
        return any(data.glob("celerybeat-schedule*"))

    path_only = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}

    with ExitStack() as stack:
        processes = {}
        for unit in UNITS:
            env = path_only | own_environment(unit) | settings_file() | own
            command = runner.command(exec_words(unit, env))
            processes[unit] = stack.enter_context(running(*command, env=env, log=logs[unit]))

        def up() -> bool:
            return beats() and ask(port, "/readyz").status == 200

        eventually(lambda: up() or any(one.poll() is not None for one in processes.values()))
        said = {path.stem: log.read_text()[-2000:] for path, log in logs.items()}
        answer = ask(port, "/readyz")
        for process in processes.values():
            process.terminate()  # all at once
        for process in processes.values():
            process.wait(60)  # a second signal would meet a program that has given up its handlers

    assert (answer.status, answer.text) == (200, "ok"), said
    assert beats(), said
    ended = {path.stem: process.returncode for path, process in processes.items()}
    assert ended == dict.fromkeys(ended, 0), said
