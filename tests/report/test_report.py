"""Reports: what each one says of the same rows and problems, and what may never get through."""

from __future__ import annotations

import csv
import datetime
import io
import json
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.diff import compare
from ankl_i18n.checks import CATALOG_CHECKS, CHECKS
from ankl_i18n.coverage.figures import Counts, LeafletCoverage, SectionCoverage, Tally
from ankl_i18n.coverage.rows import row
from ankl_i18n.coverage.stats import stats
from ankl_i18n.errors import Location, Problem, Severity, Silenced
from ankl_i18n.languages import language
from ankl_i18n.report.as_csv import coverage_csv, inert, problems_csv
from ankl_i18n.report.as_json import coverage_json, differences_json, problems_json, stats_json
from ankl_i18n.report.as_junit import coverage_junit, problems_junit
from ankl_i18n.report.as_markdown import LIMIT, coverage_markdown, escaped, problems_markdown
from ankl_i18n.report.as_sarif import sarif
from ankl_i18n.report.as_svg import badge
from ankl_i18n.report.differences import difference_list
from ankl_i18n.report.github import github_annotations as annotations
from ankl_i18n.report.html import coverage_page
from ankl_i18n.report.listing import problem_list, silenced_list
from ankl_i18n.report.problems import at_least
from ankl_i18n.report.stats import stats_tables
from ankl_i18n.report.terminal import BuildSummary, build_summary, coverage_table
from ankl_i18n.source.checks import SOURCE_CHECKS

CASES = Path(__file__).parents[1] / "cases"
EXPECTED = CASES / "coverage" / "reports"
REPORTS = CASES / "report"
DOCS = Path(__file__).parents[2] / "docs" / "coverage.md"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

PROBLEMS = (
    Problem(
        "numbers",
        Severity.ERROR,
        "38 °C became 83 °C",
        Location("locale/fr/LC_MESSAGES/ankl.po", 12, 3),
        "Write the numbers of the msgid.",
        'msgstr "83 °C"',
    ),
    Problem("spaces", Severity.WARNING, "two spaces", Location("locale/fr/LC_MESSAGES/ankl.po", 4)),
    Problem("link", Severity.HINT, "100%, fine: [bold]x[/bold]", Location("source/a,b:c.md", 2)),
    Problem("source", Severity.WARNING, "no leaflets here", Location("source")),
)
TEXTS = Problem(
    "numbers",
    Severity.ERROR,
    "38 °C became 83 °C",
    Location("locale/ar/LC_MESSAGES/ankl.po", 30),
    "Write the numbers of the msgid.",
    "Call us at 38 °C.\\nAlways.\nاتصل بنا عند ٨٣ °م.\\nدائمًا.",
)
SILENCED = (
    Silenced(
        Problem(
            "acronyms",
            Severity.HINT,
            "ANKL is not there",
            Location("locale/ar/LC_MESSAGES/ankl.po", 40),
            context="ANKL\nسرطان",
        ),
        "written out, as the clinic asked",
    ),
)
LABELS = {TEXTS.location.path: ("en", "ar")}
SOURCES = {"source/a,b:c.md": "# Title\n  the line [red]\n"}
HOSTILE = "\x1b[2J\x07\x9b31m\u202egnp.exe\u2066 \r\n::error::x%0A, <b>&"


def leaflet(tag, domain, words, messages, *, required=None):
    """Return coverage with the given tallies; `required` is that of a required section."""
    sections = [SectionCoverage("", "", False, Counts(messages, words))]
    if required is not None:
        counts = Counts(required, required)
        sections.append(SectionCoverage("get-help", "When to get help straight away", True, counts))
    return LeafletCoverage(domain, tag, Counts(messages, words), tuple(sections))


def sample():
    return [
        row(
            leaflet("fr", "ankl", Tally(1012, 0, 0), Tally(120, 0, 0), required=Tally(8, 0, 0)),
            80.0,
        ),
        row(leaflet("fr", "words", Tally(334, 0, 1), Tally(47, 0, 1)), 80.0),
        row(
            leaflet("ar", "ankl", Tally(820, 40, 152), Tally(101, 4, 15), required=Tally(7, 1, 0)),
            80.0,
        ),
        row(leaflet("ar", "words", Tally(300, 0, 35), Tally(41, 1, 6)), 80.0, PROBLEMS[:2]),
        row(leaflet("zh-Hant", "ankl", Tally(1, 0, 1011), Tally(1, 0, 119)), 80.5),
        row(LeafletCoverage("ui", "ta", Counts(Tally(10, 0, 5), Tally(6, 0, 3))), None),
    ]


def console(*, terminal=False, width=80, **options):
    return Console(
        file=io.StringIO(), force_terminal=terminal, width=width, legacy_windows=False, **options
    )


def printed(report, content, *args, **options):
    out = console(**options)
    report(content, out, *args)
    return out.file.getvalue()


def trimmed(text):
    """Return the text without the spaces that fill a table's lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


# --- what they say ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("coverage.txt", lambda: printed(coverage_table, sample())),
        (
            "coverage-terminal.txt",
            lambda: trimmed(printed(coverage_table, sample(), terminal=True, color_system=None)),
        ),
        ("coverage.json", lambda: coverage_json(sample())),
        ("problems.txt", lambda: printed(with_sources, PROBLEMS)),
        (
            "problems-terminal.txt",
            lambda: printed(with_sources, PROBLEMS, terminal=True, color_system=None),
        ),
        ("problems.json", lambda: problems_json(PROBLEMS)),
        ("annotations.txt", lambda: annotations(PROBLEMS)),
        ("build.txt", lambda: printed(build_summary, SUMMARY)),
        (
            "coverage-sections.txt",
            lambda: printed(lambda rows, out: coverage_table(rows, out, sections=True), sample()),
        ),
        (
            "coverage-sections-terminal.txt",
            lambda: trimmed(
                printed(
                    lambda rows, out: coverage_table(rows, out, sections=True),
                    sample()[:3],
                    terminal=True,
                    color_system=None,
                )
            ),
        ),
        ("coverage.csv", lambda: coverage_csv(sample())),
        ("coverage.md", lambda: coverage_markdown(sample(), PROBLEMS[:1])),
        ("coverage.junit.xml", lambda: coverage_junit(sample(), PROBLEMS[:1])),
        ("problems.csv", lambda: problems_csv(PROBLEMS, SILENCED)),
        ("problems.md", lambda: problems_markdown(PROBLEMS, SILENCED)),
        (
            "problems.junit.xml",
            lambda: problems_junit([*PROBLEMS, PROBLEMS[1]], SILENCED, ["locale/es/a.po"]),
        ),
        ("badge.svg", lambda: badge(Tally(81, 0, 19))),
        ("badge-language.svg", lambda: badge(Tally(1, 0, 500), "العربية & 中文")),
    ],
)
def test_report(name, make, golden):
    golden(EXPECTED / name, make())


def test_page(golden):
    page = coverage_page(sample(), "index.html")
    # The frame around it belongs to every page; it has its own tests.
    golden(EXPECTED / "coverage.html", page[page.index("<main") : page.index("</main>")])
    assert "<title>Translation coverage</title>" in page


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("problems.txt", lambda: printed(with_labels, [TEXTS])),
        (
            "problems-terminal.txt",
            lambda: printed(with_labels, [TEXTS], terminal=True, color_system=None),
        ),
        ("silenced.txt", lambda: printed(silenced_list, SILENCED)),
        ("problems.sarif", lambda: with_few_rules(sarif([*PROBLEMS, TEXTS], SILENCED))),
        ("silenced.json", lambda: problems_json([], SILENCED)),
        ("diff.txt", lambda: printed(differences, "fr")),
        ("diff-cjk.txt", lambda: printed(differences, "ja")),
        ("diff.json", lambda: differences_json(compared("fr"), ("old.po", "new.po"))),
        ("stats.txt", lambda: printed(stats_tables, figures())),
        (
            "stats-terminal.txt",
            lambda: trimmed(printed(stats_tables, figures(), terminal=True, color_system=None)),
        ),
        ("stats.json", lambda: stats_json(figures())),
    ],
)
def test_catalog_report(name, make, golden):
    golden(REPORTS / name, make())


def with_labels(problems, out):
    problem_list(problems, out, labels=LABELS)


def with_few_rules(log):
    """Return a SARIF log with the rules of its results alone: there is one for each check."""
    content = json.loads(log)
    (run,) = content["runs"]
    used = {result["ruleId"] for result in run["results"]}
    driver = run["tool"]["driver"]
    driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in used]
    del driver["version"]
    for result in run["results"]:
        del result["ruleIndex"]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def catalog(name):
    return po.parse((REPORTS / name).read_bytes(), name)


def compared(tag):
    return compare(catalog(f"{tag}-old.po"), catalog(f"{tag}-new.po"))


def differences(tag, out):
    difference_list(compared(tag), out, ("old.po", "new.po"))


def figures():
    english, day = language("en"), datetime.date(2026, 2, 3)
    return [
        stats(catalog("fr-old.po"), "ankl", language("fr"), english),
        stats(catalog("fr-new.po"), "words", language("fr"), english, day),
        stats(catalog("ja-new.po"), "ankl", language("ja"), english),
    ]


def with_sources(problems, out):
    problem_list(problems, out, SOURCES)


SUMMARY = BuildSummary(
    folder="build",
    written={"page": 14, "PDF": 1},
    unchanged=3,
    languages=("English", "French"),
    seconds=12.34,
    held_back={"Arabic": ["80% of the words translated, 95% needed", "2 errors in the catalog"]},
    problems=PROBLEMS,
)


def test_nothing_to_say_is_said_in_no_lines():
    assert printed(problem_list, []) == ""
    assert annotations([]) == ""
    assert printed(silenced_list, []) == ""
    assert printed(difference_list, [], ("a", "b")) == ""
    assert json.loads(problems_json([])) == {"version": 1, "problems": [], "silenced": []}
    assert json.loads(sarif([]))["runs"][0]["results"] == []
    assert json.loads(coverage_json([])) == {"version": 1, "languages": []}
    assert printed(coverage_table, []).startswith("Language")


# --- rows ------------------------------------------------------------------------------------


def test_errors_in_the_catalog_hold_a_leaflet_back():
    covered = leaflet("fr", "ankl", Tally(10), Tally(10))
    assert row(covered, 80.0).published is True
    assert row(covered, 80.0, PROBLEMS[1:]).published is True
    assert row(covered, 80.0, PROBLEMS).reasons == ("1 error in the catalog",)
    assert row(covered, 80.0, PROBLEMS, errors_block=False).published is True
    assert row(covered, 80.0, reasons=["the catalog cannot be read"]).published is False
    assert row(covered, None, PROBLEMS).published is None


# --- terminals and logs ----------------------------------------------------------------------


def test_plain_columns_are_aligned():
    heading, *lines = printed(coverage_table, sample(), width=20).splitlines()
    for line, sampled in zip(lines, sample(), strict=True):
        place = line.index(f" {sampled.coverage.domain} ") + 1
        assert cell_len(line[:place]) == heading.index("Leaflet")
        percent = line.index("%") + 1
        assert cell_len(line[:percent]) == heading.index("Words") + len("Words")


def test_the_table_fits_a_terminal_of_80_columns_without_losing_a_word():
    text = printed(coverage_table, sample(), terminal=True, color_system=None)
    table = [line for line in text.splitlines() if not line.startswith("Not published")]
    assert max(map(cell_len, table)) <= 80
    assert "…" not in text


def test_no_control_codes_outside_a_terminal():
    for text in (
        printed(coverage_table, sample()),
        printed(problem_list, PROBLEMS),
        printed(build_summary, SUMMARY),
    ):
        assert not CONTROLS.search(text)


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)
    colour = re.compile(r"\x1b\[[0-9;]*3[0-7][;m]")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colour.search(printed(problem_list, PROBLEMS, terminal=True))
    assert colour.search(printed(coverage_table, sample(), terminal=True))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour.search(printed(problem_list, PROBLEMS, terminal=True))
    assert not colour.search(printed(coverage_table, sample(), terminal=True))


def hostile():
    return Problem(
        "kind", Severity.ERROR, HOSTILE, Location("a\x1b]0;x\x07.po", 1), HOSTILE, HOSTILE
    )


def hostile_catalogs():
    """Return two catalogs, the second with a text that no terminal should get."""
    old, new = (po.new("a.po", {"Language": "fr"}) for _ in range(2))
    old.entries = [po.Entry(msgid=HOSTILE, msgstr="one")]
    new.entries = [po.Entry(msgid=HOSTILE, msgstr=HOSTILE, tcomment=HOSTILE)]
    return old, new


@pytest.mark.parametrize("terminal", [True, False])
def test_catalogs_cannot_control_the_terminal(terminal):
    covered = leaflet("fr", HOSTILE, Tally(1), Tally(1))
    summary = BuildSummary("build", {"page": 1, "PDF": 1}, 0, (), 1.0, {HOSTILE: [HOSTILE]})
    options = {"terminal": terminal, "color_system": None, "width": 200}
    quiet = [Silenced(hostile(), HOSTILE)]
    for text in (
        printed(problem_list, [hostile()], **options),
        printed(silenced_list, quiet, **options),
        printed(difference_list, compare(*hostile_catalogs()), (HOSTILE, HOSTILE), **options),
        printed(coverage_table, [row(covered, 80.0, reasons=[HOSTILE])], **options),
        printed(build_summary, summary, **options),
    ):
        assert not CONTROLS.search(text)
        assert "<U+001B>" in text
        assert not any(line.startswith("::") for line in text.splitlines())


def test_differences_have_marks_wherever_there_is_no_colour():
    coloured = printed(differences, "fr", terminal=True, color_system="standard")
    assert "[-" not in coloured
    assert "\x1b[" in coloured
    for options in (
        {},
        {"terminal": True, "color_system": None},
        {"terminal": True, "no_color": True},
    ):
        assert "[-" in printed(differences, "fr", **options)


def test_only_problems_as_bad_as_asked_for():
    severities = [[p.severity for p in at_least(PROBLEMS, severity)] for severity in Severity]
    error, warning, hint = Severity
    assert severities == [[error], [error, warning, warning], [error, warning, hint, warning]]


def test_reports_are_loaded_when_they_are_used():
    """A command should not wait for page templates, Markdown or CLDR that it does not need."""
    code = (
        "import sys, ankl_i18n.report.listing, ankl_i18n.report.terminal;"
        "heavy = {'jinja2', 'ankl_i18n.html', 'ankl_i18n.pdf', 'babel', 'markdown_it',"
        " 'rapidfuzz'};"
        "sys.exit(', '.join(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip() == ""


# --- SARIF -----------------------------------------------------------------------------------

# The parts of the schema of SARIF 2.1.0 that are used: the type of each property of an object.
# "!" marks required properties; other properties are not allowed (additionalProperties: false).
SARIF = {
    "sarifLog": {"$schema": str, "version!": {"2.1.0"}, "runs!": ["run"]},
    "run": {
        "tool!": "tool",
        "columnKind": {"utf16CodeUnits", "unicodeCodePoints"},
        "results": ["result"],
    },
    "tool": {"driver!": "toolComponent"},
    "toolComponent": {"name!": str, "version": str, "rules": ["reportingDescriptor"]},
    "reportingDescriptor": {
        "id!": str,
        "shortDescription": "multiformatMessageString",
        "defaultConfiguration": "reportingConfiguration",
    },
    "multiformatMessageString": {"text!": str},
    "reportingConfiguration": {"level": {"none", "note", "warning", "error"}},
    "result": {
        "ruleId": str,
        "ruleIndex": int,
        "level": {"none", "note", "warning", "error"},
        "message!": "message",
        "locations": ["location"],
        "partialFingerprints": dict,
        "suppressions": ["suppression"],
    },
    "message": {"text": str},
    "location": {"physicalLocation": "physicalLocation"},
    "physicalLocation": {"artifactLocation": "artifactLocation", "region": "region"},
    "artifactLocation": {"uri": str},
    "region": {"startLine": int, "startColumn": int},
    "suppression": {"kind!": {"inSource", "external"}, "justification": str},
}


def assert_valid(value, kind):
    if isinstance(kind, list):
        for item in value:
            assert_valid(item, kind[0])
    elif isinstance(kind, set):
        assert value in kind
    elif isinstance(kind, type):
        assert type(value) is kind
    else:
        properties = {name.rstrip("!"): inner for name, inner in SARIF[kind].items()}
        assert {name[:-1] for name in SARIF[kind] if name.endswith("!")} <= value.keys()
        for name, inner in value.items():
            assert_valid(inner, properties[name])


def sarif_run(problems, silenced=()):
    log = json.loads(sarif(problems, silenced))
    assert_valid(log, "sarifLog")
    return log["runs"][0]


def test_sarif_is_valid():
    run = sarif_run([*PROBLEMS, TEXTS, hostile()], SILENCED)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", place["artifactLocation"]["uri"])
        assert not CONTROLS.search(result["message"]["text"])


def test_sarif_says_what_the_problems_say():
    result = sarif_run([TEXTS])["results"][0]
    assert result["level"] == "error"
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 30}
    assert result["message"]["text"].split("\n") == [
        TEXTS.message,
        *TEXTS.context.split("\n"),
        TEXTS.hint,
    ]
    levels = [result["level"] for result in sarif_run(PROBLEMS)["results"]]
    assert sorted(levels) == ["error", "note", "warning", "warning"]


def test_every_check_is_a_rule_with_a_description():
    rules = {rule["id"]: rule for rule in sarif_run([])["tool"]["driver"]["rules"]}
    expected = {check.kind: check.severity for check in (*CHECKS, *CATALOG_CHECKS, *SOURCE_CHECKS)}
    assert rules.keys() == expected.keys()
    for kind, rule in rules.items():
        level = rule["defaultConfiguration"]["level"]
        assert level == str(expected[kind]).replace("hint", "note")
        assert rule["shortDescription"]["text"].endswith(".")


def test_fingerprints_stay_when_lines_move_and_tell_results_apart():
    moved = replace(TEXTS, location=replace(TEXTS.location, line=99))
    prints = [result["partialFingerprints"] for result in sarif_run([TEXTS, moved])["results"]]
    assert prints[0] != prints[1]
    assert sarif_run([moved])["results"][0]["partialFingerprints"] == prints[0]


# --- annotations -----------------------------------------------------------------------------


def parsed(line):
    """Return a workflow command's name, properties and message, as GitHub's runner reads it."""
    command, _, message = line[2:].partition("::")
    name, _, listed = command.partition(" ")
    properties = dict(item.split("=", 1) for item in listed.split(","))
    for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        properties = {key: value.replace(code, character) for key, value in properties.items()}
        if character not in ",:":
            message = message.replace(code, character)
    return name, properties, message


def test_annotations_say_what_the_problem_says():
    name, properties, message = parsed(annotations(PROBLEMS[2:3]).rstrip("\n"))
    assert name == "notice"
    assert properties == {"file": "source/a,b:c.md", "line": "2", "title": "link"}
    assert message == "100%, fine: [bold]x[/bold]"


def test_a_catalog_cannot_give_commands_to_github():
    lines = annotations([hostile()]).splitlines()
    assert len(lines) == 1
    assert not CONTROLS.search(lines[0])
    assert parsed(lines[0])[2].count("::error::x%0A") == 3


def test_errors_come_first_in_annotations():
    names = [line.split()[0] for line in annotations(PROBLEMS).splitlines()]
    assert names == ["::error", "::warning", "::warning", "::notice"]


# --- JSON ------------------------------------------------------------------------------------


def test_json_does_not_depend_on_the_order_of_its_input():
    rows, problems = sample(), list(PROBLEMS)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        random.Random(seed).shuffle(problems)
        assert coverage_json(rows) == coverage_json(sample())
        assert problems_json(problems) == problems_json(PROBLEMS)


def test_every_field_of_the_json_is_documented():
    documented = set(re.findall(r"`([a-z_]+)`", DOCS.read_text(encoding="utf-8")))
    used = set()

    def collect(value):
        if isinstance(value, dict):
            used.update(value)
            value = list(value.values())
        for item in value if isinstance(value, list) else ():
            collect(item)

    collect(json.loads(coverage_json(sample())))
    collect(json.loads(problems_json(PROBLEMS, SILENCED)))
    collect(json.loads(differences_json(compared("fr"), ("old.po", "new.po"))))
    collect(json.loads(stats_json(figures())))
    assert len(used) > 20
    assert used <= documented


# --- CSV, Markdown and JUnit -----------------------------------------------------------------

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    " =1",
    "\t=1",
    "\r\n=1",
    "a;=1",
    'a, "=1',
    "a|+1",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text):
    problem = replace(PROBLEMS[0], message=text, context=text, hint=text, kind="x")
    table = problems_csv([problem], [Silenced(replace(problem, kind="y"), text)])
    for separator in ",;|":
        lines = csv.reader(
            io.StringIO(table.removeprefix("\ufeff"), newline=""), delimiter=separator
        )
        cells = [cell.strip(' \t\r\n"') for line in lines for cell in line]
        assert not [cell for cell in cells if cell[:1] in {*"=+-@＝＋－＠"} - {""} and cell[:1]]


@pytest.mark.parametrize(
    "text", ["38 °C", "it's −5", "'-5' is missing", "a-b", "a = b, c", "a@b.example"]
)
def test_other_cells_stay_as_they_are(text):
    assert inert(text) == text


def test_csv_says_what_the_problems_say():
    text = problems_csv(PROBLEMS, SILENCED)
    assert text.count("\r\n") == text.count("\n") == len(PROBLEMS) + len(SILENCED) + 1
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {line["message"] for line in found} >= {problem.message for problem in PROBLEMS}
    (silenced,) = (line for line in found if line["reason"])
    assert silenced["context"] == "ANKL | سرطان"


def cells_of(text):
    """Return the texts of all table cells, and the types of everything else inside them."""
    tokens = [token for token in MARKDOWN.parse(text) if token.type == "inline"]
    parts = [child for token in tokens for child in token.children or ()]
    return ["".join(c.content for c in t.children or ()) for t in tokens], {p.type for p in parts}


@pytest.mark.parametrize(
    "text",
    [
        "a|b", "a\\|b", "\\", "\\*", "`code|x`", "``", "**bold** _it_ ~~no~~", "1. x", "> q",
        "<b>&amp;</b><!--", "![x](y)", "[x]: y", "# 1 #2 @user :smile: $x$", "مرحبا 38 °م",
        "https://a.example www.a.example", HOSTILE,
    ],
)  # fmt: skip
def test_markdown_shows_just_the_text(text):
    line = f"| {escaped(text)} | {escaped(text)} |"
    cells, kinds = cells_of(f"| a | b |\n| --- | --- |\n{line}\n")
    shown = re.sub(r"[\r\n\t]+", " ", text.replace("\r\n", " ")) if text != HOSTILE else cells[2]
    assert cells == ["a", "b", shown.strip(), shown.strip()]
    assert kinds <= {"text", "text_special", "softbreak"}
    assert not re.search(r"https?:|www\.|@|(?<!&)#\d", escaped(text))


def test_a_summary_is_not_too_large_for_github():
    many = [replace(PROBLEMS[0], message=f"{n} " + "ü" * 1000) for n in range(1000)]
    silenced = [Silenced(problem, "r") for problem in many]
    text = problems_markdown(many, silenced)
    assert LIMIT < len(text.encode("utf-8")) < 2**20
    assert len(re.findall(r"^\d+ more are not shown\.$", text, re.MULTILINE)) == 2


def test_junit_counts_what_it_holds():
    text = problems_junit([*PROBLEMS, hostile(), replace(TEXTS, message="\uffff\x00")], SILENCED)
    suites = ET.fromstring(text.encode("utf-8"))
    for suite in (suites, *suites):
        cases = list(suite.iter("testcase"))
        assert int(suite.get("tests")) == len(cases)
        for name, element in (("failures", "failure"), ("skipped", "skipped")):
            assert int(suite.get(name)) == len(list(suite.iter(element)))
    names = [(case.get("classname"), case.get("name")) for case in suites.iter("testcase")]
    assert len(names) == len({*names})


def test_the_names_of_junit_tests_stay_when_lines_move():
    def names(problems):
        return [one.get("name") for one in ET.fromstring(problems_junit(problems)).iter("testcase")]

    moved = [replace(p, location=replace(p.location, line=p.location.line + 7)) for p in PROBLEMS]
    assert names(moved) == names(PROBLEMS)


@pytest.mark.parametrize("make", [problems_csv, problems_markdown, problems_junit])
def test_reports_have_no_control_codes(make):
    text = make([hostile()], [Silenced(replace(hostile(), kind="y"), HOSTILE)])
    assert not CONTROLS.search(text.replace("\r\n", "\n"))


# --- badge and page --------------------------------------------------------------------------


def luminance(colour):
    """Return the relative luminance of `#rrggbb` (WCAG 2.2, relative luminance)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("percent", [0, 1, 49, 50, 79, 80, 99, 100])
@pytest.mark.parametrize("label", ["translated", '<"&>\x1b', "நோயாளி", "مترجم", "已翻譯"])
def test_badge(percent, label):
    image = ET.fromstring(badge(Tally(percent, 0, 100 - percent), label))
    svg = "{http://www.w3.org/2000/svg}"
    title = image.findtext(f"{svg}title")
    assert title == image.get("aria-label") == f"{label.replace(chr(27), '<U+001B>')}: {percent}%"
    assert [text.text for text in image.iter(f"{svg}text")] == title.rsplit(": ", 1)
    backs = [rect.get("fill") for rect in image.iter(f"{svg}rect")]
    for colour in backs:
        assert 1.05 / (luminance(colour) + 0.05) >= 5
    assert sum(int(rect.get("width")) for rect in image.iter(f"{svg}rect")) == int(
        image.get("width")
    )


def test_the_page_shows_sections_to_those_who_open_them():
    page = lxml.html.fromstring(coverage_page(sample()))
    names = [one.text for one in page.iter("summary")]
    assert names == ["ankl", "words", "ankl", "words", "ankl"]
    (arabic,) = (one for one in page.iter("details") if "87%" in one.text_content())
    items = [item.text_content() for item in arabic.iter("li")]
    assert items[1] == "When to get help straight away: 87%, 1 fuzzy (required)"
    assert items[0].startswith("Outside sections: 81%, 4 fuzzy, 15 untranslated")


def test_badge_colours_tell_levels_apart():
    levels = [badge(Tally(percent, 0, 100 - percent)) for percent in (10, 60, 90, 100)]
    colours = [re.findall(r'fill="(#[0-9a-f]{6})"', image)[1] for image in levels]
    assert len(set(colours)) == 4


def test_the_page_escapes_what_it_shows():
    page = coverage_page([row(leaflet("fr", "<b>&", Tally(0, 0, 1), Tally(0, 0, 1)), 80.0)])
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;" in page


def test_the_csv_has_the_names_of_the_json():
    (leaflet, *_) = json.loads(coverage_json(sample()))["languages"][0]["leaflets"]
    columns = coverage_csv(sample()).lstrip("\ufeff").splitlines()[0].replace('"', "").split(",")
    assert {*leaflet} - {"sections"} == {one.partition(" ")[0] for one in columns[2:]}
