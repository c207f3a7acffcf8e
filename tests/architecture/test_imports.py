"""The house's order, read from the source: who imports whom, what stays pure, what no file may hold."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from audit.presenters import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["config", "scorecards", "candidates", "rubrics", "accounts", "audit"]
# config's modules that may know the apps: the addresses, readiness, and what settings name as text anyway.
CONFIG_KNOWS_APPS = {"config.urls", "config.health"}
PURE = [
    "scorecards.facts",
    "scorecards.sheets",
    "scorecards.aggregate",
    "scorecards.debrief_json",
    "scorecards.uncertainty",
    "scorecards.finalists",
    "scorecards.packets.redaction",
    "scorecards.packets.charts",
    "scorecards.packets.markup",
    "scorecards.samples.roles",
    "scorecards.samples.drawing",
    "scorecards.samples.judging",
    "scorecards.samples.deciding",
    "rubrics.blueprints",
    "candidates.code_names",
]
# Inside an app, from the ground up. A module may import its own step and those below it.
STEPS: list[set[str]] = [
    {"models", "history"},
    {"policies"},
    {
        "facts",
        "sheets",
        "aggregate",
        "debrief_json",
        "uncertainty",
        "finalists",
        "gathering",
        "queries",
        "blueprints",
        "export",
        "presenters",
        "charts",
        "content",
        "data",
        "markup",
        "pdf",
        "redaction",
        "tagging",
        "hints",
        "changes",
        "chain",
        "filters",
        "spreadsheets",
        "code_names",
        "limits",
        "protected_words",
        "factors",
        "tokens",
    },
    {
        "services",
        "historic",
        "drafts",
        "panels",
        "amendments",
        "meetings",
        "verify",
        "samples",
        "leases",
        "files",
        "merging",
        "bundle",
        "batches",
        "invitations",
        "guests",
        "erasure",
        "holds",
        "retention",
        "access",
        "access_json",
        "apart",
    },
    {"forms", "debrief_forms", "tasks"},
    {"views", "http", "backends", "context", "adapter", "limits", "middleware", "templatetags"},
    {"urls", "management", "apps"},
]
CODE = sorted(path for name in ORDER for path in (ROOT / name).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@dataclass(frozen=True)
class Import:
    importer: str
    imported: str
    line: int
    in_function: bool

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def known(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def imports(path: Path) -> Iterator[Import]:
    """Each imported module; `from package import module` counts as the module."""
    read = tree(path)
    inside = {
        id(node)
        for function in ast.walk(read)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(read):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of what is imported"
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            ours = str(node.module).split(".")[0] in ORDER
            found = [part if ours and known(part) else str(node.module) for part in parts]
        else:
            continue
        for name in dict.fromkeys(found):
            yield Import(module(path), name, node.lineno, id(node) in inside)


EVERY = [found for path in CODE for found in imports(path)]
OURS = [found for found in EVERY if found.imported.split(".")[0] in ORDER]


def room(name: str) -> str:
    return name.split(".")[0]


def step(name: str) -> int:
    """The height of a module inside its app: of its folder where the folder has a step, else of its file."""
    for part in name.split(".")[1:]:
        for height, names in enumerate(STEPS):
            if part in names:
                return height
    raise AssertionError(f"{name} has no step in STEPS: say where it stands")


# --- order -------------------------------------------------------------------
def test_apps_import_one_way_only():
    wrong = [found for found in OURS if ORDER.index(room(found.importer)) > ORDER.index(room(found.imported))]

    assert [str(found) for found in wrong] == []


def test_config_knows_the_apps_only_where_it_must():
    reached = {found.importer for found in OURS if room(found.importer) == "config" != room(found.imported)}

    assert reached == CONFIG_KNOWS_APPS


def test_every_module_has_a_step():
    apps = [module(path) for path in CODE if path.stat().st_size and room(module(path)) != "config"]

    assert all(step(name) >= 0 for name in apps if "." in name and not name.endswith((".packets", ".views")))


def test_inside_an_app_imports_go_down():
    inside = [found for found in OURS if room(found.importer) == room(found.imported) != "config"]
    packages = {app for app in ORDER} | {"scorecards.packets"}
    wrong = [
        found for found in inside if found.imported not in packages and step(found.imported) > step(found.importer)
    ]

    assert [str(found) for found in wrong] == []


def test_audit_imports_nobody():
    assert {room(found.imported) for found in OURS if room(found.importer) == "audit"} == {"audit"}


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_import_no_django(name):
    mine = [found for found in EVERY if (found.importer + ".").startswith(name + ".")]

    assert mine
    assert [str(found) for found in mine if room(found.imported) in {"django", "config", "accounts", "audit"}] == []


@pytest.mark.parametrize("name", ["scorecards.aggregate", "rubrics.blueprints.plan", "rubrics.blueprints.documents"])
def test_pure_modules_load_without_django(name):
    code = f"import sys, {name}; sys.exit(any(part.split('.')[0] == 'django' for part in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_pdf_engine_is_imported_only_inside_functions_of_one_module():
    found = [found for found in EVERY if room(found.imported) == "weasyprint"]

    assert {found.importer for found in found} == {"scorecards.packets.pdf"}
    assert all(found.in_function for found in found)


def test_no_catch_all_modules():
    folders = [*ORDER, "tests", "templates", "static"]
    paths = [path for name in folders for path in (ROOT / name).rglob("*")]

    assert [str(path) for path in paths if re.fullmatch(r"_?(utils?|common|helpers?|misc)", path.stem)] == []


# --- where logic goes --------------------------------------------------------
def test_nothing_hides_in_save_or_in_model_signals():
    wrong = []
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "save" and path.name != "forms.py":
                wrong.append(f"{module(path)}:{node.lineno}")
    wrong += [str(found) for found in EVERY if found.imported.startswith("django.db.models.signals")]

    assert wrong == []


def test_every_atomic_service_says_who_acts():
    atomic = [
        (f"{module(path)}.{node.name}", [argument.arg for argument in node.args.kwonlyargs])
        for path in CODE
        if path.stem in {"services", "historic"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and any("atomic" in ast.unparse(mark) for mark in node.decorator_list)
    ]

    assert atomic
    assert [name for name, arguments in atomic if "by" not in arguments] == []


def test_views_take_objects_only_from_a_query_set_that_was_narrowed():
    wrong = []
    for path in (path for path in CODE if "views" in path.parts or path.stem == "views"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "get_object_or_404":
                source = ast.unparse(node.args[0])
                if re.fullmatch(r"[A-Z]\w+(\.objects(\.all\(\))?)?", source):
                    wrong.append(f"{module(path)}:{node.lineno} {source}")

    assert wrong == []


def _records(call: ast.Call) -> bool:
    return ast.unparse(call.func).split(".")[-1] in {"record", "record_each"}


def test_every_audited_kind_has_its_sentence():
    kinds = set()
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _records(node) and node.args:
                assert isinstance(node.args[0], ast.Constant), f"{module(path)}:{node.lineno} hides its kind"
                kinds.add(node.args[0].value)

    assert kinds
    assert kinds - set(SENTENCES) == set()


def test_every_task_has_a_name_of_its_own():
    tasks = next(path for path in CODE if path.name == "tasks.py")
    marks = [
        mark
        for node in ast.walk(tree(tasks))
        if isinstance(node, ast.FunctionDef)
        for mark in node.decorator_list
        if "task" in ast.unparse(mark)
    ]

    assert marks
    assert all(isinstance(mark, ast.Call) and any(word.arg == "name" for word in mark.keywords) for mark in marks)


# --- templates ---------------------------------------------------------------
FORBIDDEN = {
    "a script in the page": r"<script(?![^>]*\s(?:src=|type=\"application/json\"))[^>]*>",
    "a style in the page": r"<style[\s>]|\sstyle\s*=",
    "a handler in the page": r"<[^>]*\son[a-z]+\s*=",
    "an address that is code": r"javascript:",
    "text that is not escaped": r"\|\s*safe\b|\bsafeseq\b|autoescape off",
    "something from another host": r"(?:src|href)\s*=\s*[\"'](?:https?:)?//",
}


@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN)
def test_templates_keep_to_the_content_policy(pattern):
    found = [
        f"{path.relative_to(ROOT)}: {match.group()[:60]}"
        for path in TEMPLATES
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]

    assert len(TEMPLATES) > 10
    assert found == []


def test_the_patterns_find_what_they_forbid():
    samples = [
        "<script>go()</script>",
        '<p style="color: red">',
        '<button class="a" onclick="go()">',
        '<a href="javascript:go()">',
        "{{ text|safe }}",
        '<img src="https://example.com/a.png">',
    ]

    for pattern, sample in zip(FORBIDDEN.values(), samples, strict=True):
        assert re.search(pattern, sample, re.IGNORECASE)


# --- reasons -----------------------------------------------------------------
def test_every_dependency_has_its_reason_beside_it():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    bare = [name for name in named if not re.search(re.escape(f'"{name}"') + r",\s+#\s*\S+\s+\S+", text)]

    assert named
    assert bare == []


def test_every_exception_from_lint_and_types_has_its_reason():
    bare = []
    for path in CODE:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark = re.search(r"#\s*(?:noqa|type: ignore|pragma)\S*(.*)", line)
            if mark and len(re.findall(r"[a-z]{2,}", re.sub(r"^[\s:]*[A-Z]\d+", "", mark.group(1)))) < 2:
                bare.append(f"{module(path)}:{number}")

    assert bare == []
