"""A catalog as the desk has it: its messages by key, what is wrong with each, its live checks."""

from __future__ import annotations

from functools import cached_property

from ankl_i18n.catalogs import files, glossary, po
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.languages import language
from ankl_i18n.workbench.live import Found, Live
from ankl_i18n.workbench.names import key_name, version
from ankl_i18n.workbench.texts import Text, entries, entry_of

Problems = dict[str, list[tuple[str, str]]]


class Standing:
    """A catalog of a domain in a language, as it is on the disk; nobody changes it.

    Raises `CatalogError` for one that cannot be read. After a save of one message the problems of
    the others are taken over from `before`: a check of them all takes 200 times as long.
    """

    def __init__(
        self, project: Project, domain: str, tag: str, before: Problems | None = None
    ) -> None:
        self.project, self.domain, self.tag = project, domain, tag
        catalog = files.catalog(project, domain, tag)
        self.exists = catalog is not None
        self.catalog = catalog or po.new("", {})
        self.entries = entries(catalog)
        self._before = before

    @cached_property
    def problems(self) -> Problems:
        """The kinds and severities of what is wrong with each message, by its name."""
        if self._before is not None:
            return self._before
        problems = publication.catalog_problems(self.project, self.domain, self.tag)
        names = {entry.line: key_name(self.domain, key) for key, entry in self.entries.items()}
        by_name: Problems = {}
        for problem in problems:
            name = names.get(problem.location.line)
            if name:
                by_name.setdefault(name, []).append((problem.kind, str(problem.severity)))
        return by_name

    @cached_property
    def versions(self) -> dict[str, str]:
        """The version of each message, by its name."""
        return {key_name(self.domain, key): version(one) for key, one in self.entries.items()}

    @cached_property
    def live(self) -> Live:
        """The checks of one message."""
        terms = glossary.entries(self.project, self.tag)
        source = self.project.config.source
        return Live(self.catalog, language(self.tag), source, terms)

    def entry(self, text: Text) -> po.Entry | None:
        """Return the message that a text is translated by."""
        return entry_of(self.entries, text.key)

    def is_current(self, data: bytes | None) -> bool:
        """Tell whether the file is what was read."""
        return data == (self.catalog.data if self.exists else None)

    def look(self, text: Text, forms: tuple[str, ...]) -> list[Found]:
        """Return what checks say of a text, were these its forms."""
        entry = self.entry(text)
        twin = entry.detached() if entry else po.Entry(msgid=text.key[1], msgctxt=text.key[0])
        twin.line, twin.fuzzy = (entry.line if entry else 0), False
        if text.plural:
            twin.msgid_plural, twin.msgstr_plural = text.plural, dict(enumerate(forms))
        else:
            twin.msgstr = forms[0] if forms else ""
        return self.live.look(twin)

    def others(self, after: Standing) -> set[str]:
        """Return the names of messages that are others, or no longer there, in a later one."""
        old, new = self.versions, after.versions
        return {name for name in old | new if old.get(name) != new.get(name)}

    def after(self, text: Text) -> Standing:
        """Return the catalog after a save of one message."""
        new = Standing(self.project, self.domain, self.tag, dict(self.problems))
        # What they know of the other messages is still right; to find it out takes long.
        new.__dict__["live"] = self.live
        entry = new.entry(text)
        problems = new.look(text, entry.forms) if entry and entry.translated() else []
        kinds = [
            (problem.problem.kind, str(problem.problem.severity))
            for problem in problems
            if not problem.silenced
        ]
        new.problems[text.name] = kinds
        return new
