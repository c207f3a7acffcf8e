"""Our scripts find each other under hashed names, and what a device keeps has keys that one module knows."""

import re

import pytest
from django.contrib.staticfiles.finders import get_finders

from config.static_files import IMPORT as WRITTEN
from config.static_files import ModuleStorage
from tests.config.processes import ROOT

STATIC = ROOT / "static"
SCRIPTS = sorted(path for path in STATIC.rglob("*.js") if "vendor" not in path.parts)
IMPORT = re.compile(r"""\b(?:import|from)\s*["']([^"']+)["'];""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def imported(path) -> set:
    """The files that a script imports."""
    return {(path.parent / target).resolve() for target in IMPORT.findall(path.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """All scripts, ours and those of the packages, as `collectstatic` leaves them."""
    folder = tmp_path_factory.mktemp("collected")
    storage = ModuleStorage(location=folder, base_url="/static/")
    found = {}
    for finder in get_finders():
        for name, source in finder.list([]):
            if name.endswith(".js"):
                found[name] = (source, name)
                with source.open(name) as script:
                    storage.save(name, script)
    results = list(storage.post_process(found))
    assert [done for _, _, done in results if isinstance(done, Exception)] == []
    return folder


def test_every_import_of_a_collected_script_is_a_hashed_file(collected):
    hashed = [collected / path for path in collected.rglob("*.js") if HASHED.search(path.name)]
    targets = [target for path in hashed for target in imported(path)]

    assert len(hashed) > len(SCRIPTS)
    assert targets
    assert [target for target in targets if target not in hashed] == []


def test_a_files_address_is_the_hashed_one_until_they_are_collected_anew(collected):
    storage = ModuleStorage(location=collected, base_url="/static/", manifest_storage=None)
    found = [storage.url("scorecards/autosave.js") for _ in range(2)]

    storage.hashed_files["scorecards/autosave.js"] = "scorecards/autosave.0123456789ab.js"
    kept = storage.url("scorecards/autosave.js")
    storage.save_manifest()

    assert found[0] == found[1] == kept
    assert HASHED.search(found[0])
    assert storage.url("scorecards/autosave.js") == "/static/scorecards/autosave.0123456789ab.js"


def test_imports_are_written_as_the_storage_reads_them():
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")

        assert len(re.findall(r"\bimport\b", text)) == len(re.findall(WRITTEN, text)), path.name


def scripts_named(template: str) -> set:
    """The scripts that a template and what it includes write by name."""
    text = (ROOT / "templates" / template).read_text(encoding="utf-8")
    named = {STATIC / name for name in re.findall(r"static '([^']+\.js)'", text)}
    for included in re.findall(r'include "([^"]+)"', text):
        named |= scripts_named(included)
    return named


@pytest.mark.parametrize("template", ["scorecards/scorecard.html", "rubrics/edit.html"])
def test_page_that_saves_asks_for_all_modules_at_once(template):
    """A module that is found only once another has come costs a round trip before the saving starts."""
    named = scripts_named(template)
    needed = {target for path in named for target in imported(path)}

    assert needed
    assert needed - named == set()


def test_one_module_alone_knows_the_keys_of_the_device():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    key = re.compile(r"""["'`]evenhand(?:-timer)?:|localStorage""")

    knowing = [path.name for path in [*SCRIPTS, *pages] if key.search(path.read_text(encoding="utf-8"))]

    assert knowing == ["storage.js"]
