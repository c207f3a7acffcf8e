"""The house's order, read from the source: who imports whom, what stays pure, what no file may hold."""

import ast
import functools
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
ORDER = ["config", "samples", "workbench", "operations", "privacy", "files", "packets", "debriefs", "scorecards"]
ORDER += ["candidates", "rubrics", "notices", "accounts", "audit"]
# The files of a room, from the ground up, by the name of the file or of the folder that it is in. What has another name
# stands in the middle: it reads or serves one subject. What calls itself pure imports nothing but what is pure.
LAYERS: list[set[str]] = [
    {"models"},
    {"policies"},
    set(),
    {"forms", "tasks"},
    {"views", "http", "refusals", "backends", "context", "adapter", "middleware", "templatetags", "checks"},
    {"urls", "management", "apps", "gunicorn"},
]
MIDDLE = LAYERS.index(set())
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


@functools.cache
def every() -> list[Import]:
    """Read by the first test that asks: every process of a run collects this module, and one runs it."""
    return [found for path in CODE for found in imports(path)]


@functools.cache
def ours() -> list[Import]:
    return [found for found in every() if found.imported.split(".")[0] in ORDER]


def room(name: str) -> str:
    return name.split(".")[0]


def says_pure(path: Path) -> bool:
    says = re.compile(r"\b[Pp]ure\b")
    if not says.search(path.read_text(encoding="utf-8")):
        return False
    return bool(says.search(ast.get_docstring(tree(path)) or ""))


PURE = {module(path) for path in CODE if says_pure(path)}


def pure(name: str) -> bool:
    """Whether the module, or the folder that it is in, calls itself pure."""
    return any((name + ".").startswith(said + ".") for said in PURE)


def layer(name: str) -> int:
    """The height of a module inside its room: of its folder where that has a layer, else of its file."""
    for part in name.split(".")[1:]:
        for height, names in enumerate(LAYERS):
            if part in names:
                return height
    return MIDDLE


# --- order -------------------------------------------------------------------
def test_apps_import_one_way_only():
    wrong = [found for found in ours() if ORDER.index(room(found.importer)) > ORDER.index(room(found.imported))]

    assert [str(found) for found in wrong] == []


def test_config_knows_the_rooms_only_where_it_serves_them():
    """Settings and launchers begin before Django has read the rooms: of these they import only what is pure."""
    reached = [found for found in ours() if room(found.importer) == "config" != room(found.imported)]
    wrong = [found for found in reached if layer(found.importer) <= MIDDLE and not pure(found.imported)]

    assert {found.importer for found in reached} >= {"config.urls", "config.handler"}
    assert [str(found) for found in wrong] == []


def test_inside_a_room_imports_go_down():
    inside = [found for found in ours() if room(found.importer) == room(found.imported)]
    building = {found.importer for found in inside}  # who imports nothing of the room may be imported by all of it
    ground = {name for name in map(module, CODE) if pure(name) or (layer(name) == MIDDLE and name not in building)}
    wrong = [found for found in inside if layer(found.imported) > layer(found.importer)]

    assert [str(found) for found in wrong if found.imported not in {*ground, *ORDER}] == []


def test_no_modules_import_each_other_in_a_circle():
    waiting = {name: {found.imported for found in ours() if found.importer == name} for name in map(module, CODE)}
    while free := [name for name, needed in waiting.items() if not needed & (waiting.keys() - {name})]:
        for name in free:
            del waiting[name]

    assert waiting == {}


def test_audit_imports_nobody():
    assert {room(found.imported) for found in ours() if room(found.importer) == "audit"} == {"audit"}


@pytest.mark.parametrize("name", sorted(PURE))
def test_pure_modules_import_only_pure_ones(name):
    mine = [found for found in every() if (found.importer + ".").startswith(name + ".")]
    wrong = [found for found in mine if room(found.imported) in {"django", *ORDER} and not pure(found.imported)]

    assert [str(found) for found in wrong if found.imported not in ORDER] == []


# Prints the modules that do not load, or that bring Django along. Each is loaded by itself: what it has brought of ours
# is forgotten before the next; other libraries are read once.
LOADING = """
import importlib, sys, traceback

rooms = {name.partition(".")[0] for name in sys.argv[1:]} | {"django"}

def loads(name):
    try:
        importlib.import_module(name)
    except BaseException:
        traceback.print_exc()
        return False
    return "django" not in sys.modules

for name in sys.argv[1:]:
    if not loads(name):
        print(name)
    for part in [part for part in sys.modules if part.partition(".")[0] in rooms]:
        del sys.modules[part]
"""


def test_pure_modules_load_without_django():
    """By itself each: what one of them imports of ours may not bring Django along either."""
    names = [module(path) for path in CODE if pure(module(path))]

    done = subprocess.run([sys.executable, "-c", LOADING, *names], cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr
    assert len(names) > 50


@pytest.mark.parametrize(
    ("library", "name"), [("weasyprint", "packets.documents.pdf"), ("openpyxl", "workbench.tables")]
)
def test_what_few_processes_need_is_imported_only_inside_functions_of_one_module(library, name):
    found = [found for found in every() if room(found.imported) == library]

    assert {found.importer for found in found} == {name}
    assert all(found.in_function for found in found)


def test_no_catch_all_modules():
    folders = [*ORDER, "tests", "templates", "static"]
    paths = [path for name in folders for path in (ROOT / name).rglob("*")]

    assert [str(path) for path in paths if re.fullmatch(r"_?(utils?|common|helpers?|misc)", path.stem)] == []


# --- where logic goes --------------------------------------------------------
# A signal is named; what is called `pre_save` is a field's own method.
MODEL_SIGNAL = re.compile(r"\b(?:(?:pre|post)_(?:init|save|delete)|m2m_changed)\b(?!\()")


def test_nothing_hides_in_save_or_in_model_signals():
    wrong = []
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "save" and not path.stem.endswith("forms"):
                wrong.append(f"{module(path)}:{node.lineno}")
        if MODEL_SIGNAL.search(path.read_text(encoding="utf-8")):
            wrong.append(module(path))

    assert wrong == []


# Public functions that change rows without a `by`, and why.
NOBODY_ACTS = {
    "workbench.tables.workbook": "writes a sheet to a file, and no rows",
    "accounts.app_codes.spend": "a step of signing in: whose app it is acts",
    "accounts.once.once": "around views whose services say who acts; it keeps that a form was sent",
    "audit.roles.grant_runtime": "a step of the migration: rights of roles, no rows",
    "accounts.factors.note_added": "the sign-in package's signal: the user that it names acts",
    "accounts.factors.note_refused": "the sign-in package's signal: the user that it names acts",
    "accounts.factors.note_removed": "the sign-in package's signal: the user that it names acts",
    "accounts.factors.note_renewed": "the sign-in package's signal: the user that it names acts",
    "accounts.invitations.accept_invitation": "whom the invitation is for acts, and cannot sign in before",
    "accounts.services.create_once": "a step of services that say who acts: somebody who is new",
    "accounts.services.vouch_for_address": "a step of services that say who acts: the package's copy of an address",
    "accounts.setup.add_first_administrator": "whoever has the code of a new installation; nobody can sign in before",
    "audit.chain.verify": "reads in one transaction and changes nothing",
    "candidates.channels.retell_channels": "a step of services that say who acts: what waits, with fewer names",
    "notices.feeds.find_feed": "whoever has the address reads; it ends with its owner's account",
    "notices.feeds.note_read": "whoever has the address reads",
    "notices.feeds.tidy_feeds": "the clock ends what belongs to accounts that are switched off",
    "notices.hooks.store": "a step of services that say who acts: what a channel is told of it",
    "notices.outbox.send_claimed": "a worker sends what it has claimed, and lets be told again what was settled",
    "notices.outbox.send_due": "a worker sends what is due",
    "notices.outbox.store": "a step of services that say who acts",
    "notices.sending.batches": "a worker claims what is due, batch after batch",
    "notices.sending.claim": "a worker sends what stands in the outbox or waits for channels",
    "notices.sending.still_ours": "a worker prolongs what it has claimed",
    "notices.sending.tidied": "the clock lets go what was sent long ago",
    "notices.services.forget": "a step of an erasure, which says who acts",
    "notices.services.reword": "a step of services that say who acts: what was told before, with fewer names",
    "notices.services.mark_read": "whose notices they are, who is named first",
    "notices.services.tell": "a step of services that say who acts, and of the clock",
    "scorecards.drafts.open_scorecard": "an empty scorecard is its panelist's, whoever looks first",
    "scorecards.drafts.write": "the second half of save_draft and lock_own, which ask who acts",
    "scorecards.telling.remind": "the clock",
    "scorecards.panels.copy_words": "a step of services that say who acts: what an author wrote, into their own draft",
    "scorecards.panels.end_panelists": "a step of services that say who acts",
    "scorecards.guests.note_opened": "the link's guest acts",
    "operations.backup.make_backup": "whoever has the server's command line",
    "operations.runs.note_known": "beat says what it starts",
    "operations.runs.note_run": "a worker says that a task ended",
    "operations.runs.note_sent": "beat says that it started a task",
    "operations.runs.sample_database": "the clock",
    "operations.restore.finish": "whoever has the server's command line; nobody can sign in before",
    "packets.files.remove_orphans": "the clock; its transaction holds a lock against backups",
    "packets.batches.assemble": "a worker builds what request_batch asked for",
    "packets.batches.build_item": "a worker builds what request_batch asked for",
    "packets.batches.move_on": "a worker builds what request_batch asked for",
    "packets.batches.move_on_with": "a worker builds what request_batch asked for",
    "packets.batches.sweep": "the clock wakes workers",
    "packets.files.expire_batch": "the clock lets files go",
    "packets.files.expire_packet": "the clock lets files go",
    "packets.leases.take": "a worker claims what waits",
    "packets.life.build": "a worker builds what request_packet asked for",
    "packets.life.requeue": "a step of retry_packet and of the sweep",
    "packets.life.sweep": "the clock wakes workers",
}
CHANGES = re.compile(
    r"(\.(save|create|create_user|bulk_create|bulk_update|get_or_create|update_or_create|delete)"
    r"|(objects|rows|filter\(.*\)|exclude\(.*\))\.update|(^|\.)record(_each)?|transaction\.atomic)$"
)


def serves(path: Path) -> bool:
    """Whether rows may be changed by it: views and commands act for whoever asks, samples are made up."""
    name = module(path)
    if "." not in name or room(name) == "config" or path.stem == "__init__" or room(name) == "samples":
        return False
    return layer(name) <= MIDDLE and not pure(name)


def changes_rows(function: ast.FunctionDef) -> bool:
    calls = [ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]
    marks = [ast.unparse(mark) for mark in function.decorator_list]
    of_files = {"default_storage.save", "default_storage.delete"}
    return any(CHANGES.search(call) for call in [*calls, *marks] if call not in of_files)


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("card.save(update_fields=['state'])", True),
        ("Card.objects.filter(pk=1).update(state='x')", True),
        ("with transaction.atomic(): pass", True),
        ("record('card.seen', by=by)", True),
        ("values.update(other)", False),
        ("default_storage.delete(name)", False),
        ("return Card.objects.filter(pk=1).first()", False),
    ],
)
def test_a_change_of_rows_is_recognised(body, changes):
    function = ast.parse(f"def do():\n    {body}").body[0]

    assert isinstance(function, ast.FunctionDef)
    assert changes_rows(function) is changes


def who_change(path: Path) -> dict[str, ast.FunctionDef]:
    """The functions of a module that change rows, themselves or by another one of the module."""
    functions = {node.name: node for node in tree(path).body if isinstance(node, ast.FunctionDef)}
    changing = {name for name, function in functions.items() if changes_rows(function)}
    size = 0
    while len(changing) > size:
        size = len(changing)
        changing |= {
            name
            for name, function in functions.items()
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in changing
        }
    return {name: functions[name] for name in changing}


def test_every_public_function_that_changes_rows_says_who_acts():
    found = {
        f"{module(path)}.{name}": [argument.arg for argument in function.args.kwonlyargs]
        for path in CODE
        if serves(path)
        for name, function in who_change(path).items()
        if not name.startswith("_")
    }
    silent = {name for name, arguments in found.items() if "by" not in arguments}

    assert {name.rpartition(".")[0] for name in found} >= {
        *("accounts.invitations", "accounts.services", "candidates.services", "rubrics.services"),
        *(f"scorecards.{name}" for name in ("amendments", "drafts", "guests", "imports", "panels", "services")),
        *("debriefs.meetings", "packets.batches", "packets.files", "packets.leases", "packets.life"),
        *(f"privacy.{name}" for name in ("erasure", "legal_holds", "retention", "subject_access")),
    }
    assert silent == set(NOBODY_ACTS)


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
    marks = [
        mark
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for mark in node.decorator_list
        if re.search(r"(^|\.|_)task\b", ast.unparse(mark))
    ]

    assert marks
    assert all(isinstance(mark, ast.Call) and any(word.arg == "name" for word in mark.keywords) for mark in marks)


# --- templates ---------------------------------------------------------------
STYLE = r"<style[\s>]|\sstyle\s*="
MAILS = [path for path in TEMPLATES if path.parent.name == "mail"]  # readers of mail know no sheet and no policy
FORBIDDEN = {
    "a script in the page": r"<script(?![^>]*\s(?:src=|type=\"application/json\"))[^>]*>",
    "a style in the page": STYLE,
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
        if path not in MAILS or pattern != STYLE
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
    optional = [name for names in project["project"]["optional-dependencies"].values() for name in names]
    named = [*project["project"]["dependencies"], *optional, *project["dependency-groups"]["dev"]]
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
