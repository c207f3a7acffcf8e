"""A reader finds the tests of a module under its name: `rubrics/export.py` in `tests/rubrics/test_export.py`.

A command's stand in `management/`, without its folder `commands`; a further file of the same module adds words to its
name. What walks through several modules stands in the room's `tours/`.
"""

from pathlib import Path

from tests.architecture.test_imports import CODE, ROOT

NO_MODULES = {"__init__.py", "apps.py", "urls.py"}
# What another file proves, because it does nothing by itself.
PROVED_BY = {
    "accounts/app_codes.py": "tests/accounts/test_factors.py",
    "accounts/locks.py": "tests/architecture/test_lock_order.py",
    "accounts/management/commands/migrate.py": "tests/accounts/test_earlier.py",
    "accounts/models/saved_views.py": "tests/accounts/test_saved_views.py",
    "accounts/provider_session.py": "tests/accounts/test_adapter.py",
    "accounts/victims.py": "tests/config/test_handler.py",
    "accounts/whose.py": "tests/accounts/test_services.py",
    "audit/erasing.py": "tests/privacy/test_erasure.py",
    "audit/roles.py": "tests/ops/test_roles.py",
    "candidates/bulk/forms.py": "tests/workbench/views/test_statuses.py",
    "candidates/coming.py": "tests/scorecards/test_releasing_closed.py",
    "candidates/locks.py": "tests/architecture/test_lock_order.py",
    "candidates/members.py": "tests/candidates/test_undelivered.py",
    "candidates/http.py": "tests/architecture/test_permissions.py",
    "candidates/name_words.py": "tests/candidates/test_names.py",
    "config/wsgi.py": "tests/config/test_demo.py",
    "debriefs/frozen.py": "tests/audit/test_frozen.py",
    "notices/waking.py": "tests/notices/test_outbox.py",
    "notices/forms.py": "tests/notices/test_views.py",
    "notices/kinds.py": "tests/notices/test_services.py",
    "notices/models.py": "tests/notices/test_outbox.py",
    "notices/tasks.py": "tests/notices/test_outbox.py",
    "operations/facts.py": "tests/operations/test_findings.py",
    "operations/policies.py": "tests/architecture/test_permissions.py",
    "candidates/webhooks/forms.py": "tests/candidates/webhooks/test_views.py",
    "workbench/forms.py": "tests/workbench/views/test_chase.py",
    "rubrics/frozen.py": "tests/audit/test_frozen.py",
    "samples/debriefs.py": "tests/samples/management/test_sample_data.py",
    "samples/openings.py": "tests/samples/management/test_sample_data.py",
    "samples/values.py": "tests/samples/test_drawing.py",
    "samples/words.py": "tests/samples/test_roles.py",
    "scorecards/frozen.py": "tests/audit/test_frozen.py",
    "scorecards/models/amendments.py": "tests/scorecards/test_amendments.py",
    "scorecards/models/corrections.py": "tests/scorecards/test_withdrawing.py",
    "scorecards/models/erasing.py": "tests/privacy/test_erasure.py",
    "scorecards/models/imports.py": "tests/scorecards/test_undoing.py",
    "scorecards/models/hints.py": "tests/scorecards/test_hints.py",
}


def mirror_of(path: Path) -> Path:
    """Where the tests of this module are looked for."""
    folders = [part for part in path.parent.parts if part != "commands"]
    return Path("tests", *folders, f"test_{path.name.lstrip('_')}")


def modules() -> list[Path]:
    found = [path.relative_to(ROOT) for path in CODE if path.name not in NO_MODULES]
    return [path for path in found if "migrations" not in path.parts]


def test_every_module_has_a_test_file_of_its_name_or_is_proved_elsewhere():
    found = modules()
    without = {str(path) for path in found if not (ROOT / mirror_of(path)).exists()}

    assert len(found) > 400
    assert without == set(PROVED_BY)


def test_what_proves_them_is_there():
    assert [path for path in PROVED_BY.values() if not (ROOT / path).exists()] == []
