"""The documentation says what the program does: names, defaults, examples and links."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import ankl_i18n
from ankl_i18n import checks
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.template import REVIEW_STATE
from ankl_i18n.cli import main
from ankl_i18n.errors import Severity
from ankl_i18n.languages import PSEUDO, language
from ankl_i18n.languages.reader import SYMBOLS, language_data, scripts, tags
from ankl_i18n.settings import Config, load
from ankl_i18n.settings.publisher import publisher, reader
from ankl_i18n.settings.publisher.printing import printing
from ankl_i18n.settings.review import RULES, Policy
from ankl_i18n.source import directives, frontmatter, markdown, parse
from ankl_i18n.source.checks import SOURCE_CHECKS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
LINK = re.compile(r"\]\(([^()\s]+)\)")
FENCE = re.compile(r"^( *)(`{3,})(\w*)\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)
# Links between backticks are examples of what to write in a leaflet.
INLINE_CODE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
COMMANDS = sorted(main.commands)
LEVELS = {*Severity}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    """Return the code blocks of one kind in a page."""
    return [found[4] for found in FENCE.finditer(text(name)) if found[3] == kind]


def rows(name: str) -> list[list[str]]:
    """Return the cells of all table rows of a page, without code marks."""
    lines = [line for line in text(name).splitlines() if line.startswith("|")]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines]
    return [[cell.strip().strip("`") for cell in row] for row in cells]


def ids(page: Path) -> set[str]:
    """Return the ids that GitHub gives to the headings of a page."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = [re.sub(r"[^\w\s-]", "", title.lower()) for title in HEADING.findall(prose)]
    return {title.strip().replace(" ", "-") for title in titles}


def section(command: str) -> str:
    """Return what the page on the command line says of one command."""
    found = re.search(
        rf"^## `ankl-i18n {command}\b.*?(?=^## |\Z)",
        text("docs/command-line.md"),
        re.MULTILINE | re.DOTALL,
    )
    return found[0] if found else ""


def run(root: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a command line of the documentation in a folder."""
    words = shlex.split(line)
    assert words[0] == "ankl-i18n"
    quick = ["--only", "html"] if words[1] == "build" and "--only" not in words else []
    command = [sys.executable, "-m", "ankl_i18n", *words[1:], *quick]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path):
    """A copy of this project that commands may write into."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ("source", "locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    prose = INLINE_CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    broken = []
    for target in LINK.findall(prose):
        path, _, fragment = target.partition("#")
        other = page.parent / path if path else page
        outside = re.match(r"[a-z]+:", path)
        if not outside and not (other.exists() and (not fragment or fragment in ids(other))):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_every_page_can_be_reached_from_the_readme(page):
    assert f"](docs/{page.name})" in text("README.md")


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_every_page_has_its_place_on_the_site(page):
    """`make docs` takes a page that is in no list of contents for an error."""
    assert f"\ndocs/{page.stem}\n" in text("docs/site/index.md")


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_are_documented(name):
    assert f"`ankl-i18n {name}" in text("README.md")
    here = section(name)
    shared = text("docs/command-line.md").partition("\n## ")[0]
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            for option in parameter.opts:
                assert f"`{option}" in here + shared, option
            if isinstance(parameter.type, click.Choice):
                for choice in parameter.type.choices:
                    assert f"`{parameter.opts[0]} {choice}`" in here, choice


@pytest.mark.parametrize("name", sorted(main.commands["review"].commands))
def test_actions_of_review_are_documented(name):
    (row,) = (one for one in rows("docs/command-line.md") if f"review {name} " in f"{one[0]} ")
    parameters = main.commands["review"].commands[name].params
    here = section("review")
    for parameter in parameters:
        if isinstance(parameter, click.Option) and parameter.opts[0] not in (
            "--project",
            "--quiet",
        ):
            assert f"`{parameter.opts[0]}" in here, parameter.opts
            if isinstance(parameter.type, click.Choice) and parameter.opts[0] != "--role":
                for choice in parameter.type.choices:
                    assert f"`{parameter.opts[0]} {choice}`" in here, choice
    shown = CliRunner().invoke(main, ["review", name, "--help"]).output
    assert re.search(r"^ +ankl-i18n review", shown, re.MULTILINE)
    assert row[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_documented_options_exist(name):
    command = main.commands[name]
    those = [command, *getattr(command, "commands", {}).values()]
    options = {option for one in those for parameter in one.params for option in parameter.opts}
    mentioned = {found[1] for found in re.finditer(r"^\| .*?`(--[a-z-]+)", section(name), re.M)}
    assert mentioned <= options


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_shows_examples_on_lines_of_their_own(name):
    shown = CliRunner().invoke(main, [*filter(None, [name]), "--help"]).output
    assert "\\b" not in shown
    assert re.search(r"^ +ankl-i18n ", shown, re.MULTILINE)


def test_settings_are_documented_with_their_defaults():
    documented = {row[0]: row[1] for row in rows("docs/settings.md") if len(row) == 3}
    for head in ("setting", "---"):
        del documented[head]
    values = {name: tomllib.loads(f"x = {value}")["x"] for name, value in documented.items()}
    example = Config(ROOT)
    expected = {
        field.name.replace("_", "-"): getattr(example, field.name)
        for field in fields(Config)
        if field.name != "root"
    }
    assert expected.pop("publisher") == publisher(values.pop("publisher"))
    assert expected.pop("print") == printing(values.pop("print"))
    assert (expected.pop("review"), values.pop("review")) == (Policy(), {})
    assert values == {k: list(v) if isinstance(v, tuple) else v for k, v in expected.items()}


def names_of(table: Mapping[str, object], path: str = "") -> set[str]:
    """Return the settings of a table of rules; of those in a scheme or language, the table's."""
    found = set()
    for name, rule in table.items():
        named = isinstance(rule, Mapping) and not {"*", *reader.ROLES} & set(rule)
        is_scheme = name == "colours"
        found |= names_of(rule, f"{path}{name}.") if named or is_scheme else {path + name}
    return found


def test_settings_of_a_publisher_are_documented():
    documented = [row[0] for row in rows("docs/publisher.md") if len(row) == 2]
    assert sorted({*documented} - {"setting", "---"}) == sorted(names_of(reader.TABLE))


def test_settings_of_review_are_documented():
    page = text("docs/settings.md").partition("\n## Review\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)) == set(RULES)


def test_the_example_of_a_publisher_is_right(tmp_path):
    (example,) = blocks("docs/publisher.md", "toml")
    (tmp_path / "pyproject.toml").write_text(example, encoding="utf-8")
    assert load(tmp_path).publisher.helpline.on_paper


def test_the_names_of_templates_are_documented():
    folder = ROOT / "src" / "ankl_i18n" / "html" / "templates"
    staff = {"coverage.html.j2", "proof.html.j2", "review.html.j2", "back_translation.html.j2"}
    documented = set(re.findall(r"`(\w+\.html\.j2)`", text("docs/publisher.md")))
    assert documented == {path.name for path in folder.glob("*.html.j2")} - staff


@pytest.mark.parametrize("example", range(len(blocks("docs/settings.md", "toml"))))
def test_examples_of_settings_are_valid(example, tmp_path):
    (tmp_path / "pyproject.toml").write_text(blocks("docs/settings.md", "toml")[example])
    assert load(tmp_path).languages


def test_settings_for_an_existing_repository_work(tmp_path):
    (tmp_path / "pyproject.toml").write_text(blocks("docs/settings.md", "toml")[-1])
    (tmp_path / "docs").mkdir()
    (tmp_path / "po").mkdir()
    (tmp_path / "docs" / "intro.md").write_text("# Hello\n\nDrink water.\n", encoding="utf-8")
    (tmp_path / "po" / "ja.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Hello"\nmsgstr "こんにちは"\n\nmsgid "Drink water."\nmsgstr "水を飲む。"\n',
        encoding="utf-8",
    )
    lines = ("check ja", "coverage", "extract", "update", "build")
    assert [run(tmp_path, f"ankl-i18n {line}").returncode for line in lines] == [0] * len(lines)
    page = (tmp_path / "build" / "ja" / "intro.html").read_text(encoding="utf-8")
    assert "<title>こんにちは" in page
    assert "水を飲む。" in page


def test_front_matter_fields_are_documented():
    table = [row for row in rows("docs/authoring.md") if len(row) == 4][2:]
    needed = {row[0]: row[2] == "yes" for row in table}
    assert needed == {name: field.required for name, field in frontmatter.FIELDS.items()}


def test_directives_and_callouts_are_documented():
    page = text("docs/authoring.md")
    documented = {row[0].split()[2] for row in rows("docs/authoring.md") if "<!--" in row[0]}
    assert documented == set(directives.VERBS)
    for kind in markdown.CALLOUTS:
        assert f"`{kind}`" in page


def test_the_example_leaflet_is_right():
    (source,) = blocks("docs/authoring.md", "markdown")
    document = parse(source, "source/fever.md", "fever")
    assert document.front.title.text == "Fever during treatment"
    assert {s.id for s in document.sections if s.required} == {"get-help"}
    assert document.terms == {"chemotherapy"}
    assert any(segment.notes for segment in document.segments)
    assert document.abbreviations == (("CNS", "central nervous system"),)


def test_checks_are_documented_with_their_levels():
    documented = {row[0]: row[1] for row in rows("docs/checks.md") if row[1] in LEVELS}
    tables = (*checks.CHECKS, *checks.CATALOG_CHECKS, *SOURCE_CHECKS)
    expected = {check.kind: check.severity for check in tables}
    parsed = ("call-out", "table-cells", "directive", "front-matter")
    parsing = dict.fromkeys(parsed, Severity.ERROR)
    assert documented == {**expected, **parsing, "ignore": Severity.HINT}


def test_the_languages_of_the_checks_for_not_are_documented():
    text = (DOCS / "checks.md").read_text(encoding="utf-8")
    listed = re.search(r"know how these languages say no: ([^.]*)\.", text)
    names = re.split(r",\s+|\s+and\s+", listed[1])
    assert names == sorted(
        language(code).english
        for code in tags()
        if "-" not in code
        and code not in ("en", "prs", "yue")
        and language_data(code).negation.words
    )


def catalog_of(block: str) -> po.Catalog:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return po.parse((header + block).encode(), "fr.po")


def test_the_example_of_silencing_silences():
    (block,) = (b for b in blocks("docs/translating.md", "po") if "i18n: ignore" in b)
    found = checks.check_all(catalog_of(block), language("fr"), language("en"))
    assert [problem.kind for problem in found.silenced] == ["acronyms"]
    assert found.problems == ()


def test_the_example_of_a_message_is_one_of_this_project():
    (block,) = (b for b in blocks("docs/translating.md", "po") if "Required:" in b)
    (example,) = catalog_of(block).entries
    template = po.parse((ROOT / "locale" / "ankl.pot").read_bytes(), "ankl.pot")
    (real,) = (entry for entry in template.entries if entry.msgid == example.msgid)
    assert example.comment.split("\n")[0] == real.comment.split("\n")[0]
    assert example.comment.split("\n")[-1] == real.comment.split("\n")[-1]


def test_what_translators_meet_is_documented():
    page = text("docs/translating.md")
    assert REVIEW_STATE in page
    for tag in PSEUDO:
        assert f"`{tag}`" in page


def test_architecture_names_every_module_in_its_layer():
    settings = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]
    (layers,) = (c["layers"] for c in settings["contracts"] if c["type"] == "layers")
    expected = [set(layer.split(" | ")) for layer in reversed(layers)]
    documented: list[set[str]] = []
    for row in rows("docs/architecture.md"):
        if row[0].isdecimal():
            documented.append(set())
        if documented and len(row) == 4:
            documented[-1].add(row[1])
    assert documented == expected


def test_places_to_change_are_there():
    page = text("docs/architecture.md")
    table = page.partition("## Where do I change")[2].partition("\n## ")[0]
    paths = {path for path in re.findall(r"`([\w./-]+/[\w./-]*)`", table) if path}
    assert len(paths) > 15
    roots = (ROOT / "src" / "ankl_i18n", ROOT)
    assert [path for path in paths if not any((root / path).exists() for root in roots)
            and "TAG" not in path] == []  # fmt: skip
    bare = set(re.findall(r"`(\w+(?:\.\w+)*\.(?:css|j2|js|py|toml|txt))`", table))
    files = [path.name for path in roots[0].rglob("*") if path.is_file()]
    assert len(bare) > 3
    assert {name: files.count(name) for name in bare if files.count(name) != 1} == {}


def test_the_licence_of_every_font_is_told():
    told = {(row[0], row[2]) for row in rows("docs/about.md") if len(row) > 2}
    used = {(script.font, script.package) for script in scripts().values()}
    used |= {(sign, "fonts-noto-core") for sign in SYMBOLS}
    assert used <= told
    licences = {row[0]: row[2] for row in rows("docs/about.md")}
    assert {licences[package] for _, package in used} == {"SIL Open Font License 1.1"}


def test_the_changelog_has_this_version():
    assert f"## [{ankl_i18n.__version__}]" in text("CHANGELOG.md")


README_LINES = [
    line.strip()
    for block in blocks("README.md", "sh")
    for line in block.splitlines()
    if line.strip()
]


def test_the_readme_shows_how_to_make_and_test():
    makefile = text("Makefile")
    targets = [line.split()[1] for line in README_LINES if line.startswith("make ")]
    assert targets == ["leaflets", "test"]
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_readme_commands_run(project):
    lines = [line for line in README_LINES if not line.startswith("make ")]
    assert len(lines) > 3
    for line in lines:
        done = run(project, line)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert (project / "build" / "fr" / "ankl.html").exists()
    assert (project / "locale" / "de" / "LC_MESSAGES" / "ankl.po").exists()


def test_the_picture_is_small():
    """A README must open fast."""
    assert (DOCS / "images" / "leaflet.png").stat().st_size < 300_000
