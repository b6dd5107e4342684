"""The desk: what the browser asks for, found out from a project that is kept warm.

All of it runs in one thread, one question after the other. Answers are values for JSON. What a
browser names is looked up in the project's own lists; none of it becomes a path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ankl_i18n.build.jobs import is_listed
from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.new_languages import add_languages
from ankl_i18n.catalogs.po.disk import content
from ankl_i18n.catalogs.project import Project
from ankl_i18n.catalogs.update import Outcome, add, extract, update_catalogs
from ankl_i18n.errors import AnklError, SettingsError
from ankl_i18n.languages import UnknownLanguageError, language
from ankl_i18n.settings import load
from ankl_i18n.source.markdown import plain
from ankl_i18n.workbench import details, ending, home, preview, saving
from ankl_i18n.workbench.git import author
from ankl_i18n.workbench.journal import FOLDER, Drafts, Lines, Undo
from ankl_i18n.workbench.names import key_name, version, version_of
from ankl_i18n.workbench.standing import Standing
from ankl_i18n.workbench.texts import Text, texts

Json = dict[str, Any]


def _told(outcome: Outcome) -> list[str]:
    return [problem.message for problem in outcome.problems]


class UnknownError(LookupError):
    """The browser named something that the project does not have."""


class Desk:
    """A project in a folder, and one translator's work on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = Project(load(root))
        self.drafts, self.undo = Drafts(root), Undo(root)
        self._kept = Lines(root / FOLDER / "translator.jsonl")
        stored = next(self._kept.read(), {})
        self.translator = str(stored.get("name", ""))
        self.settings: Json = stored.get("settings") or {}
        self._texts: dict[tuple[str, str], dict[str, Text]] = {}
        self._standings: dict[tuple[str, str], Standing] = {}
        self._untold: dict[tuple[str, str], set[str]] = {}
        self._listed: dict[tuple[str, str], bool] = {}

    # --- looking around -------------------------------------------------------------------------

    def start(self, tags: list[str]) -> Json:
        """Return what the browser begins with: languages, and who translates."""
        config = self.project.config
        return {
            "project": config.name,
            "source": details.about(config.source.tag),
            "languages": [
                {"tag": target.tag, "name": target.english, "endonym": target.endonym}
                for target in config.targets
            ],
            "chosen": tags,
            "review": config.review.is_set,
            "settings": self.settings,
            "translator": self.translator,
            "proposed": self.translator or author(self.root),
        }

    def home(self, tags: list[str]) -> list[Json]:
        """Return how far leaflets are in some languages."""
        languages = home.home(self.project, [self._tag(tag) for tag in tags])
        for one in languages:
            for leaflet in one["leaflets"]:
                known = self._known(leaflet["name"], one["tag"])
                drafts = [name for tag, name in self.drafts.known if tag == one["tag"]]
                leaflet["drafts"] = [name for name in drafts if name in known]
                leaflet["lacking"] = self._lacking(known.values(), one["tag"])
                self.look_up(leaflet["name"], one["tag"])
        return languages

    def unknown(self) -> list[tuple[str, str]]:
        """Return the leaflets and languages that nobody has looked up yet."""
        tags = [one.tag for one in self.project.languages()]
        every = [(name, tag) for name in leaflets.readable(self.project) for tag in tags]
        return [place for place in every if place not in self._listed]

    def look_up(self, leaflet: str, tag: str) -> bool:
        """Tell whether the menus of a leaflet's pages have a language; it is remembered."""
        withdrawn = bool(leaflets.withdrawn(self.project, leaflet))
        listed = self._listed[leaflet, tag] = withdrawn or is_listed(self.project, leaflet, tag)
        return listed

    def _lacking(self, known: Iterable[Text], tag: str) -> int:
        """Return how many texts of a leaflet its catalog does not have yet."""
        try:
            return sum(self._standing(text.domain, tag).entry(text) is None for text in known)
        except AnklError:
            return 0

    def add(self, tag: str) -> Json:
        """Start a language: name it in the settings, and write its empty catalogs."""
        try:
            lang = language(tag)
        except UnknownLanguageError as unknown:
            raise SettingsError.of("language", str(unknown), tag, unknown.hint) from unknown
        add_languages(self.project.config, [lang])
        self.renew()
        extract(self.project)
        self.renew()
        return {"tag": lang.tag, "problems": _told(add(self.project, [lang]))}

    def update(self, tag: str) -> Json:
        """Take the changes of the leaflets over into the catalogs of a language."""
        lang = language(self._tag(tag))
        extract(self.project)
        self.renew()
        problems = _told(update_catalogs(self.project, [lang]))
        self.renew()
        return {"problems": problems}

    def open(self, leaflet: str, tag: str) -> Json:
        """Return the texts of a leaflet's page, and how each is in a language."""
        known = self._known(leaflet, tag)
        listed = [self._row(text, tag) for text in known.values()]
        return {"language": details.about(tag), "texts": listed, "title": self._title(leaflet)}

    def row(self, leaflet: str, tag: str, name: str) -> Json:
        """Return how one text stands."""
        return self._row(self._text(leaflet, tag, name), tag)

    def text(self, leaflet: str, tag: str, name: str) -> Json:
        """Return all that is told of a text."""
        text = self._text(leaflet, tag, name)
        standing = self._standing(text.domain, tag)
        entry, terms = standing.entry(text), self._terms(leaflet, tag, text)
        about = details.details(text, entry, standing.catalog, language(tag), terms)
        about["places"] = self._places(tag, text)
        about["draft"] = self.drafts.get(tag, name)
        return about | self._judged(text, tag, tuple(about["forms"]), terms)

    def _places(self, tag: str, text: Text) -> list[Json]:
        """Return where a text of leaflets stands, in each of them."""
        places = []
        for leaflet in leaflets.readable(self.project) if text.kind else ():
            name = key_name(files.domain_of(self.project, leaflet), text.key)
            if one := self._known(leaflet, tag).get(name):
                place = {"leaflet": leaflet, "title": self._title(leaflet), "name": name}
                places += [place | {"section": title, "id": id_} for title, id_ in one.places]
        return places

    def _terms(self, leaflet: str, tag: str, text: Text) -> list[Json]:
        known = self._known(leaflet, tag).values()
        others = [(one, self._translation(one, tag)) for one in known if one.kind == "term"]
        return details.terms(self.project, tag, text, others)

    def _judged(self, text: Text, tag: str, forms: tuple[str, ...], terms: list[Json]) -> Json:
        """Return what is wrong with the forms of a text, and what is drawn behind them."""
        problems = self._standing(text.domain, tag).look(text, forms)
        painted = details.painted(text, forms, language(tag), terms, problems)
        return {"problems": details.problems(problems), "painted": painted}

    def others(self, leaflet: str, tag: str, name: str) -> list[Json]:
        """Return what a text is in other languages."""
        text = self._text(leaflet, tag, name)
        return list(details.in_other_languages(self.project, tag, text))

    def source_of(self, leaflet: str, tag: str, name: str) -> str:
        """Return the source of a text."""
        return self._text(leaflet, tag, name).key[1]

    # --- while somebody types -------------------------------------------------------------------

    def check(self, leaflet: str, tag: str, name: str, forms: tuple[str, ...], base: str) -> Json:
        """Return what is wrong with a text as it is typed, and keep it as a draft."""
        text = self._text(leaflet, tag, name)
        standing = self._standing(text.domain, tag)
        entry = standing.entry(text)
        stands = entry.forms if entry else ("",) * len(forms)
        if forms == stands or not any(forms):
            self.drafts.drop(tag, name)
        else:
            self.drafts.put(tag, name, forms, base)
        judged = self._judged(text, tag, forms, self._terms(leaflet, tag, text))
        return judged | {"version": version(entry)}

    def page(
        self, leaflet: str, tag: str, typed: Mapping[str, tuple[str, ...]], *, marks: bool = True
    ) -> str:
        """Return a leaflet's page with what is being typed, by the names of messages.

        With `marks` its menu has the languages of which nobody has found out yet that readers do
        not find it in them: to look into all catalogs takes long.
        """
        if leaflet not in leaflets.readable(self.project):
            raise UnknownError(leaflet)
        every = [one.tag for one in self.project.languages()]
        menu = [one for one in every if self._listed.get((leaflet, one), True)] if marks else None
        if tag == self.project.config.source.tag:
            return preview.page(self.project, leaflet, tag, marks=marks, menu=menu)
        known = self._known(leaflet, tag)
        drafts = {
            (known[name].domain, known[name].key): forms
            for name, forms in typed.items()
            if name in known
        }
        return preview.page(self.project, leaflet, tag, drafts, marks=marks, menu=menu)

    def plain_texts(self, leaflet: str, tag: str) -> dict[str, str]:
        """Return the texts of a page by their names, as readers see them there."""
        return {
            text.name: plain(self._translation(text, tag) or text.key[1])
            for text in self._known(leaflet, tag).values()
        }

    # --- writing --------------------------------------------------------------------------------

    def save(self, leaflet: str, tag: str, name: str, asked: saving.Asked) -> Json:
        """Save a translation; the answer says what became of it."""
        text = self._text(leaflet, tag, name)
        asked = saving.Asked(asked.forms, asked.base, asked.right, self.translator)
        saved = saving.save(self.project, tag, text, asked, self.undo)
        if saved.outcome != "conflict":
            self.drafts.drop(tag, name)
        return self._written(leaflet, tag, text, saved)

    def take_back(self, leaflet: str, tag: str) -> Json:
        """Undo the last save in a language."""
        known = self._known(leaflet, tag)
        line = self.undo.last(tag, known)
        while line and self._never_happened(known, tag, line):
            self.undo.drop(line)
            line = self.undo.last(tag, known)
        if line is None:
            return {"outcome": "nothing"}
        text = known[line["name"]]
        saved = saving.take_back(self.project, tag, text, line, self.translator)
        self.undo.drop(line)
        return self._written(leaflet, tag, text, saved)

    def _never_happened(self, known: dict[str, Text], tag: str, line: Json) -> bool:
        """Tell whether a crash came between the note of a save and the save itself."""
        text, before = known[line["name"]], line["before"]
        entry = self._standing(text.domain, tag).entry(text)
        then = version_of(tuple(before["forms"]), fuzzy=before["fuzzy"])
        return entry is not None and version(entry) == then != line["after"]

    def comment(
        self, leaflet: str, tag: str, name: str, line: str, *, remove: bool = False
    ) -> Json:
        """Add a line to the comment of a text, or take it away."""
        text = self._text(leaflet, tag, name)
        change = saving.uncomment if remove else saving.comment
        saved = change(self.project, tag, text, line, self.translator)
        return self._written(leaflet, tag, text, saved)

    def drop_draft(self, tag: str, name: str) -> None:
        """Forget a draft."""
        self.drafts.drop(self._tag(tag), name)

    def be(self, translator: str) -> None:
        """Remember who translates, for the catalogs' headers."""
        self.translator = " ".join(translator.split())
        self._kept.keep([{"name": self.translator, "settings": self.settings}])

    def set(self, settings: Json) -> None:
        """Remember how the translator likes the desk: its language, its keys."""
        self.settings = settings
        self._kept.keep([{"name": self.translator, "settings": settings}])

    def finish(self, leaflet: str, tag: str) -> Json:
        """Return what a language's catalogs say that the last commit does not."""
        self._known(leaflet, tag)
        return ending.finish(self.project, leaflet, tag)

    def commit(self, tag: str, message: str) -> Json:
        """Commit a language's catalogs."""
        return ending.commit(self.project, self._tag(tag), message)

    def _written(self, leaflet: str, tag: str, text: Text, saved: saving.Saved) -> Json:
        place = text.domain, tag
        before = self._standing(*place)
        self.project.look_again([self._path(*place)])
        if saved.outcome == "saved":
            files.keep_saved(self.project, *place, saved.catalog)
        if before.is_current(saved.read):
            self._standings[place] = before.after(text)
        else:
            # Somebody else wrote, and nobody was told of it yet.
            del self._standings[place]
            own = {text.name} if saved.outcome == "saved" else set()
            self._untold.setdefault(place, set()).update(
                before.others(self._standing(*place)) - own
            )
        return {
            "outcome": saved.outcome,
            "name": text.name,
            "row": self._row(text, tag),
            "text": self.text(leaflet, tag, text.name),
        }

    # --- what others do -------------------------------------------------------------------------

    def changed(self, paths: Iterable[Path]) -> list[Json]:
        """Take notice of files that were changed; return what that means for open leaflets."""
        wanted = {path.resolve() for path in paths}
        changes: list[Json] = []
        catalogs = {self._path(*place).resolve(): place for place in self._standings}
        for path in wanted & catalogs.keys():
            place = catalogs[path]
            names = self._untold.pop(place, set())
            if not self._standings[place].is_current(content(path)):
                before = self._standings.pop(place)
                self.project.look_again([self._path(*place)])
                names |= before.others(self._standing(*place))
                self._standing(*place).problems  # noqa: B018 - before somebody waits for them
            if names:
                told = {"kind": "texts", "tag": place[1], "names": sorted(names)}
                changes.append({**told, "count": len(names)})
        others = [path for path in wanted - catalogs.keys() if path.suffix != ".po"]
        if others:
            self.renew()
            changes.append({"kind": "project"})
        elif wanted - catalogs.keys():
            self.project.look_again(wanted)
            self.project.look_again(self._unresolved(wanted))
        return changes

    def _unresolved(self, paths: Iterable[Path]) -> list[Path]:
        """Return paths as the project names them: the root may be a symbolic link."""
        root = self.root.resolve()
        inside = [path for path in paths if path.is_relative_to(root)]
        return [self.project.root / path.relative_to(root) for path in inside]

    def renew(self) -> None:
        """Read the project again: its leaflets or settings have changed."""
        self.project.close()
        self.project = Project(load(self.root))
        self._texts.clear()
        self._standings.clear()

    def close(self) -> None:
        """Keep what was found out."""
        self.project.close()

    # --- looking things up ----------------------------------------------------------------------

    def _tag(self, tag: str) -> str:
        if tag not in self.project.config.languages:
            raise UnknownError(tag)
        return tag

    def _known(self, leaflet: str, tag: str) -> dict[str, Text]:
        place = leaflet, self._tag(tag)
        if place not in self._texts:
            if leaflet not in leaflets.readable(self.project):
                raise UnknownError(leaflet)
            self._texts[place] = {text.name: text for text in texts(self.project, leaflet, tag)}
        return self._texts[place]

    def _text(self, leaflet: str, tag: str, name: str) -> Text:
        known = self._known(leaflet, tag)
        if name not in known:
            raise UnknownError(name)
        return known[name]

    def _title(self, leaflet: str) -> str:
        return home.leaflet_title(self.project, leaflet)

    def _path(self, domain: str, tag: str) -> Path:
        return files.catalog_path(self.project, domain, language(tag))

    def _standing(self, domain: str, tag: str) -> Standing:
        place = domain, tag
        if place not in self._standings:
            self._standings[place] = Standing(self.project, domain, tag)
        return self._standings[place]

    def _translation(self, text: Text, tag: str) -> str:
        entry = self._standing(text.domain, tag).entry(text)
        return entry.forms[0] if entry and entry.translated() and entry.forms else ""

    def _row(self, text: Text, tag: str) -> Json:
        standing = self._standing(text.domain, tag)
        return details.row(text, standing.entry(text), standing.problems.get(text.name, []))
