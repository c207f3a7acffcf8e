"""The documents are true where a test can tell: links and paths exist, the table of settings agrees with the code."""

import ast
import html
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.architecture.test_imports import CODE, ORDER, ROOT

AT_THE_TOP = [ROOT / f"{name}.md" for name in ("CONTRIBUTING", "README", "SECURITY")]
DOCS = [*sorted((ROOT / "docs").rglob("*.md")), *AT_THE_TOP]
FOLDERS = (*ORDER, "templates", "static", "tests", "docs", "deploy")
OUTSIDE = {"PATH"}  # the system's own


def text(path: str | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


# --- links and paths ---------------------------------------------------------
@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)]+)\)", text(page))
    relative = [link for link in links if "://" not in link]
    broken = []
    for link in relative:
        target, _, anchor = link.partition("#")
        aim = (page.parent / target).resolve() if target else page
        titles = re.findall(r"^#+ (.+)$", text(aim), re.M) if aim.suffix == ".md" else []
        anchors = {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}
        if not aim.exists() or (anchor and anchor not in anchors):
            broken.append(link)

    assert broken == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_paths_that_a_page_names_exist(page):
    named = re.findall(r"(?<![\w/.])((?:" + "|".join(FOLDERS) + r")/[\w./-]*)", text(page))
    files = re.findall(r"`([\w.-]+\.(?:md|toml|yml|lock|py)|\.env\.example)`", text(page))
    missing = [path for path in named if not (ROOT / path.rstrip(".")).exists()]
    missing += [name for name in files if name != "models.py" and not (ROOT / name).exists()]

    assert missing == []


def test_decisions_are_short_and_of_one_shape():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [record.name[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for record in records:
        assert len(text(record).splitlines()) < 40
        assert re.findall(r"^## (.+)$", text(record), re.M) == ["Context", "Decision", "Consequences"]


def test_triggers_and_functions_that_the_architecture_names_exist():
    code = "".join(text(path) for name in ORDER for path in (ROOT / name).rglob("*.py"))
    page = text("docs/architecture.md")
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", page)) | set(re.findall(r"^(\w+) {2,}", page, re.M))
    named -= {"packets_packet"}

    assert {"frozen_once_published", "request_packet", "sweep"} <= named
    assert {name for name in named if not re.search(rf"\b{name}\b", code)} == set()


def test_names_that_the_recipes_give_exist():
    code = "".join(path.read_text(encoding="utf-8") for path in [*CODE, *(ROOT / "tests").rglob("*.py")])
    page = text("CONTRIBUTING.md")
    words = set(re.findall(r"`(\w+)`", page))
    named = {word for word in words if "_" in word.strip("_") or not word.islower()}

    assert {"SECTIONS", "_rows_digest_sql", "Kind"} <= named
    assert {name for name in named if not re.search(rf"\b{name}\b", code)} == set()


def test_commands_that_the_documents_name_exist():
    page = "".join(map(text, DOCS))
    named = set(re.findall(r"manage\.py (\w+)", page))
    made = {path.stem for path in ROOT.glob("*/management/commands/*.py")} | {"version"}  # manage.py answers it itself
    on_a_server = set(re.findall(r"^ *evenhand-manage (\w+)", page, re.M))

    assert named
    assert named <= made | {"check"}
    assert {"migrate", "collectstatic", "add_administrator"} <= on_a_server <= set(get_commands())
    targets = set(re.findall(r"^(\w+):", text("Makefile"), re.M))
    assert set(re.findall(r"`make (\w+)`", page)) <= targets


def plainly(words: str) -> str:
    """The words as they are compared: on one line, in small letters, with one kind of apostrophe."""
    return " ".join(html.unescape(words).replace("’", "'").casefold().split())


@pytest.mark.parametrize("role", ["administrators", "hiring-managers", "interviewers", "recruiters"])
def test_what_the_guide_says_to_choose_is_on_a_page(role):
    """What it sets in bold or italics is a button, a link or a heading of the product."""
    pages = [*(ROOT / "templates").rglob("*.html"), *CODE]
    product = plainly(" ".join(path.read_text(encoding="utf-8") for path in pages))
    guide = " ".join(text(f"docs/guide/{role}.md").split())
    labels = re.findall(r"\*\*([^*]+)\*\*", guide) + re.findall(r"(?<!\*)\*([^* ][^*]*)\*(?!\*)", guide)

    assert len(labels) > 5
    assert [label for label in labels if plainly(label).strip(".:") not in product] == []


# --- settings ----------------------------------------------------------------
def documented() -> dict[str, str]:
    """Variable to default, as the table of docs/operations.md has them; without the backquotes."""
    table = re.findall(r"^\| `([A-Z_]+)` \| ([^|]+) \|", text("docs/operations.md"), re.M)
    return {name: default.strip().strip("`") for name, default in table}


def example() -> dict[str, str]:
    """Variable to default, as .env.example has them: commented ones show it, the others are needed."""
    lines = re.findall(r"^(# )?([A-Z_]+)=(.*)$", text(".env.example"), re.M)
    return {name: (value or "empty") if comment else "needed" for comment, name, value in lines}


def read_by_settings() -> dict[str, str | None]:
    """Variable to its default as settings.py states it; None where it depends on something."""
    found: dict[str, str | None] = {}
    for node in ast.walk(ast.parse(text("config/settings.py"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env."):
            if not (node.args and isinstance(node.args[0], ast.Constant)):
                continue
            default = node.args[1] if len(node.args) > 1 else None
            value = default.value if isinstance(default, ast.Constant) else None
            found[node.args[0].value] = (
                None if value is None else str(int(value) if value is True or value is False else value)
            )
    return found


def test_the_table_of_settings_says_what_the_example_says():
    assert documented() == example()


def test_every_variable_that_is_read_is_documented_and_no_other():
    code = "".join(text(path) for path in CODE) + text("manage.py")
    elsewhere = set(re.findall(r"(?:environ\.get\(|environ\[|getenv\()\"([A-Z_]+)\"(?!\] =)", code)) - OUTSIDE
    compose = set(re.findall(r"\$\{([A-Z_]+)", text("docker-compose.yml")))

    assert set(documented()) == set(read_by_settings()) | elsewhere | compose


def test_documented_defaults_are_those_of_the_settings():
    stated = {name: default for name, default in read_by_settings().items() if default}
    shown = documented()

    assert len(stated) > 8
    assert {name: default for name, default in stated.items() if shown[name] not in {default, "needed"}} == {}


def test_gunicorns_defaults_are_documented():
    stated = dict(re.findall(r"environ\.get\(\"([A-Z_]+)\", \"([^\"]+)\"\)", text("config/gunicorn.py")))

    assert stated
    assert {name: documented()[name] for name in stated} == stated


def test_compose_passes_on_every_setting_that_a_server_may_want():
    own = {"DATABASE_URL", "CELERY_BROKER_URL", "EVENHAND_DATA", "MEDIA_ROOT", "STATIC_ROOT", "BIND"}
    own |= {"MIGRATE_DATABASE_URL"}  # made of a password, as the other address is
    never = {"DEBUG", "EVENHAND_DEMO"}

    assert set(documented()) - own - never <= set(re.findall(r"\$\{([A-Z_]+)", text("docker-compose.yml")))


def test_the_failures_that_operations_explain_are_those_the_product_tells():
    told = text("packets/life.py") + text("packets/batches.py")
    rows = text("docs/operations.md").partition("| It says | Do |")[2].partition("\n## ")[0]
    shown = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", rows, re.M)

    assert len(shown) == 8
    assert [words for words in shown if words.strip().removesuffix("(…)").strip() not in told] == []
