"""Settings: `[tool.ankl_i18n]` in the project's pyproject.toml, read and validated.

Every field of `Config` is a setting; its name in the file has hyphens for underscores.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ankl_i18n.errors import Location, Problem, SettingsError, error
from ankl_i18n.languages import PSEUDO, Language, UnknownLanguageError, canonical_id, language
from ankl_i18n.languages.reader import files_in, use
from ankl_i18n.languages.toml import line_of, place_of
from ankl_i18n.settings.publisher import Publisher, publisher
from ankl_i18n.settings.publisher import problems as publisher_problems
from ankl_i18n.settings.publisher.fields import Field, field_problems, fields_of
from ankl_i18n.settings.publisher.printing import Printing, print_problems, printing
from ankl_i18n.settings.publisher.reader import flag
from ankl_i18n.settings.review import Policy, policy, review_problems

SETTINGS_FILE = "pyproject.toml"
TABLE = "tool.ankl_i18n"
PAPERS = ("a4", "letter")
SOURCE_LANGUAGE = "en"
# The folder of a project's own language files (docs/languages.md).
LANGUAGE_FILES = "languages"
# The domain of the interface strings, and its files where all leaflets share one catalog: names
# that no other tool's catalogs have.
UI = "ui"
OWN_TEMPLATE = "locale/leaflet-pages.pot"
OWN_CATALOG = "locale/{gettext_id}/LC_MESSAGES/leaflet-pages.po"


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one project.

    `root` is the project's folder; all other paths are relative to it. Sources and catalogs
    may lie outside of it to be read; nothing is ever written there.
    """

    root: Path
    name: str = "Patient leaflets"
    source_language: str = SOURCE_LANGUAGE
    languages: tuple[str, ...] = ()
    source_dir: str = "source"
    build_dir: str = "build"
    template_path: str = "locale/{domain}.pot"
    catalog_path: str = "locale/{gettext_id}/LC_MESSAGES/{domain}.po"
    domain: str = ""
    front_matter: str = "leaflet"
    context: str = "auto"
    check_errors: str = "block"
    reading_grade: float = 8
    publish_at: float = 80.0
    publish_at_by_language: Mapping[str, float] = field(default_factory=dict)
    papers: tuple[str, ...] = PAPERS
    base_url: str = ""
    licence: str = ""
    report_bugs_to: str = ""
    ignore: tuple[str, ...] = ()
    publisher: Publisher = field(default_factory=Publisher)
    redirects: Mapping[str, str] = field(default_factory=dict)
    search: bool = False
    sites: str = "sites"
    fields: Mapping[str, Field] = field(default_factory=dict)
    print: Printing = field(default_factory=Printing)
    epub: bool = False
    review: Policy = field(default_factory=Policy)

    @property
    def source(self) -> Language:
        """The language that leaflets are written in."""
        return language(self.source_language)

    @property
    def targets(self) -> tuple[Language, ...]:
        """The languages that leaflets are translated into, in the order of the settings.

        Those that nothing is known of are left out; see `language_problems`.
        """
        return tuple(language(tag) for tag in self.languages if not _unknown(tag))

    def threshold(self, tag: str) -> float:
        """Return the percentage of words that must be translated before a language appears."""
        return self.publish_at_by_language.get(tag, self.publish_at)

    @property
    def has_domains(self) -> bool:
        """Whether each leaflet has catalogs of its own, and the interface strings, too."""
        return not self.domain and "{domain}" in self.template_path

    def template(self, domain: str) -> Path:
        """Return the path of a domain's template."""
        if not self._has_place(domain):
            return self.root / OWN_TEMPLATE
        return self.root / self.template_path.format(domain=domain)

    def catalog(self, domain: str, gettext_id: str) -> Path:
        """Return the path of a domain's catalog in a language."""
        path = self.catalog_path if self._has_place(domain) else OWN_CATALOG
        return self.root / path.format(domain=domain, gettext_id=gettext_id)

    def _has_place(self, domain: str) -> bool:
        return self.has_domains or domain != UI

    def relative(self, path: Path) -> str:
        """Return a path as messages show it: relative to the project, with slashes."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)


@dataclass(frozen=True, slots=True)
class Options:
    """What one build is asked for, beside the settings.

    `tags` are its languages, `leaflets` their names (empty: every one); `only` is a format
    (empty: every one). `papers` and `editions` are those of the PDFs (empty: as the settings say;
    the standard one). A PDF may take `seconds` of time and `megabytes` of memory more than an idle
    worker; 0 is no limit. `scheduler` is the address of a cluster whose workers make the PDFs
    (empty: this machine does).
    """

    tags: tuple[str, ...] = ()
    only: str = ""
    papers: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    drafts: bool = False
    pseudo: bool = False
    jobs: int = 1
    seconds: float = 60
    megabytes: int = 1024
    scheduler: str = ""
    leaflets: tuple[str, ...] = ()
    site: str = ""


def load(root: Path) -> Config:
    """Read the settings of the project in a folder.

    The project's own language files are used from now on. Raises `SettingsError` for a missing
    file, a TOML error, a wrong language file, or any setting that is unknown or has a wrong
    value; all of them are reported at once, each with its line.
    """
    path = root / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8")
        tools = tomllib.loads(text).get("tool")
    except FileNotFoundError:
        raise SettingsError(_missing(path, "there is no such file")) from None
    except OSError as bad:
        raise SettingsError(_missing(path, bad.strerror or str(bad))) from bad
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        where = place_of(bad, str(path))
        raise SettingsError.of("settings", f"not valid TOML: {bad}", where) from bad
    table = tools.get("ankl_i18n") if isinstance(tools, dict) else None
    if not isinstance(table, dict):
        raise SettingsError(_missing(path, f"it has no table [{TABLE}]"))
    use(files_in(root / LANGUAGE_FILES, LANGUAGE_FILES))
    problems = list(_problems(table, text, path))
    if problems:
        raise SettingsError(problems)
    return Config(root=root.resolve(), **_values(table))


def language_problems(config: Config) -> list[Problem]:
    """Return an error for each language of the settings that nothing is known of.

    The others go on without it.
    """
    path, problems = config.root / SETTINGS_FILE, []
    for tag in config.languages:
        if unknown := _unknown(tag):
            line = _line_of(("languages",), path.read_text(encoding="utf-8"))
            where = Location(SETTINGS_FILE, line)
            problems.append(error("language", f"{unknown}; it is left out", where, unknown.hint))
    return problems


def setting_line(config: Config, names: tuple[str, ...]) -> int:
    """Return the line of a setting, which `names` lead to through tables (1-based), or 0."""
    try:
        return _line_of(names, (config.root / SETTINGS_FILE).read_text(encoding="utf-8"))
    except OSError:
        return 0


def _unknown(tag: str) -> UnknownLanguageError | None:
    try:
        language(tag)
    except UnknownLanguageError as unknown:
        return unknown
    return None


def _missing(path: Path, why: str) -> Problem:
    hint = "run `ankl-i18n init` to write one, or name the project's folder with --project DIR"
    return error("settings", f"no settings: {why}", str(path), hint)


def _values(table: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        values[name] = tuple(value) if isinstance(value, list) else value
    values["languages"] = tuple(_tag(tag) for tag in values.get("languages", ()))
    by_language = values.get("publish_at_by_language", {})
    values["publish_at_by_language"] = {_tag(t): float(v) for t, v in by_language.items()}
    values["fields"] = fields_of(values.get("fields", {}))
    values["publisher"] = publisher(values.get("publisher", {}))
    values["print"] = printing(values.get("print", {}))
    if "review" in values:
        values["review"] = policy(values["review"])
    return values


def _tag(name: str) -> str:
    return canonical_id(name).replace("_", "-")


def _problems(table: Mapping[str, Any], text: str, path: Path) -> Iterator[Problem]:
    known = {f.name.replace("_", "-"): f for f in fields(Config) if f.name != "root"}
    for key, value in table.items():
        where = Location(str(path), _line_of((key,), text))
        if key in TABLES:
            for within, message in TABLES[key](value):
                names = (key, *within)
                where = Location(str(path), _line_of(names, text))
                yield error("settings", f"{'.'.join(names)}: {message}", where)
            continue
        if key not in known:
            hint = "known settings: " + ", ".join(sorted(known))
            yield error("settings", f"unknown setting {key!r}", where, hint)
            continue
        why = _wrong(key, value) or _wrong_together(key, table)
        if why:
            yield error("settings", f"{key}: {why}", where)


def _wrong(key: str, value: Any) -> str:
    """Return what is wrong with a setting's value, or an empty string."""
    default = Config.__dataclass_fields__[key.replace("-", "_")].default
    if isinstance(default, tuple):
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            return "write a list of texts"
    elif isinstance(default, str) and not isinstance(value, str):
        return "write a text in quotes"
    rule = RULES.get(key)
    return rule(value) if rule else ""


def _wrong_together(key: str, table: Mapping[str, Any]) -> str:
    """Return what is wrong with a setting, good by itself, beside the others."""
    value = table[key]
    if key == "languages":
        source = table.get("source-language", SOURCE_LANGUAGE)
        same = [tag for tag in value if _tag(tag) == _tag(source)]
        return f"{source} is the language that the leaflets are written in" if same else ""
    if key in {"template-path", "catalog-path"} and not table.get("domain"):
        hint = 'it must contain {domain}, unless all leaflets share one: domain = "leaflets"'
        return "" if "{domain}" in value else hint
    return ""


def _wrong_tags(tags: list[str]) -> str:
    for tag in tags:
        unknown = _unknown(tag)
        if unknown and not unknown.is_tag:
            return f"{unknown}; {unknown.hint}" if unknown.hint else str(unknown)
    made = [tag for tag in map(_tag, tags) if tag in PSEUDO]
    if made:
        return f"{made[0]} is not a language; `ankl-i18n build --pseudo` makes it"
    return _twice(list(map(_tag, tags)))


def _twice(values: list[str]) -> str:
    twice = sorted({value for value in values if values.count(value) > 1})
    return f"named twice: {', '.join(twice)}" if twice else ""


def _wrong_percentages(value: Any) -> str:
    if not isinstance(value, dict):
        return "write a table such as { fr = 95 }"
    return _wrong_tags(list(value)) or next(
        filter(None, map(_wrong_percentage, value.values())), ""
    )


def _wrong_percentage(value: Any) -> str:
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100  # noqa: PLR2004
    return "" if good else "write a percentage from 0 to 100"


def _wrong_path(value: str) -> str:
    outside = Path(value).is_absolute() or ".." in Path(value).parts
    return "write a path inside the project's folder" if outside or not value else ""


def _wrong_catalog_path(value: str) -> str:
    if "{gettext_id}" not in value:
        return "it must contain {gettext_id}"
    return _wrong_fields(value)


def _wrong_fields(value: str) -> str:
    try:
        value.format(domain="domain", gettext_id="gettext_id")
    except (KeyError, IndexError, ValueError):
        return "only {domain} and {gettext_id} are allowed in it"
    return ""


def _wrong_domain(value: str) -> str:
    if value.casefold() == UI:
        return "this name belongs to the interface strings; choose another one"
    return "write a name without slashes" if "/" in value else ""


def _one_of(*choices: str) -> Any:
    return lambda value: "" if value in choices else f"write one of {', '.join(choices)}"


def _wrong_papers(value: list[str]) -> str:
    good = set(value) <= set(PAPERS)
    return _twice(value) if good else f"write some of {', '.join(PAPERS)}"


def _wrong_url(value: str) -> str:
    good = not value or value.startswith(("https://", "http://"))
    return "" if good else "write an address that starts with https://"


def _wrong_redirects(value: Any) -> str:
    if not isinstance(value, dict):
        return 'write a table such as { old-name = "new-name" }'
    for old, new in value.items():
        if not (isinstance(new, str) and new):
            return f"write the name of a leaflet in quotes after {old} ="
        if _wrong_path(old) or old.endswith(".md") or new.endswith(".md"):
            return f"write names of leaflets as those of their files, without .md: {old}"
        if _goes_round(value, old):
            return f"{old} leads back to itself"
    return ""


def _goes_round(rules: Mapping[str, str], old: str) -> bool:
    seen = [old]
    while (new := rules.get(seen[-1])) is not None:
        if new in seen:
            return True
        seen.append(new)
    return False


RULES = {
    "epub": flag,
    "source-language": lambda tag: _wrong_tags([tag]) or str(_unknown(tag) or ""),
    "languages": _wrong_tags,
    "build-dir": _wrong_path,
    "sites": _wrong_path,
    "template-path": lambda value: _wrong_fields(value) or _wrong_path(value),
    "catalog-path": _wrong_catalog_path,
    "front-matter": _one_of("leaflet", "free"),
    "context": _one_of("auto", "never"),
    "check-errors": _one_of("block", "report"),
    "publish-at": _wrong_percentage,
    "reading-grade": lambda value: _wrong_percentage(value) and "write a school year, such as 6",
    "publish-at-by-language": _wrong_percentages,
    "domain": _wrong_domain,
    "papers": _wrong_papers,
    "base-url": _wrong_url,
    "redirects": _wrong_redirects,
    "search": flag,
}


# Settings that are tables with rules of their own.
TABLES = {
    "publisher": publisher_problems,
    "fields": field_problems,
    "print": print_problems,
    "review": review_problems,
}


def _line_of(names: tuple[str, ...], text: str) -> int:
    """Return the line of a key in the settings' table (1-based), or 0."""
    table = TABLE.split(".")
    return line_of((*table, *names), text, above=len(table))
