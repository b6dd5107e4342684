"""Take the words of the workbench into locale/workbench.pot, and from there into its catalogs.

With tags of languages as arguments, catalogs are started for them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.files import bundled_locale
from ankl_i18n.catalogs.project import now
from ankl_i18n.catalogs.renewal import started, update
from ankl_i18n.catalogs.template import template, ui_messages
from ankl_i18n.languages import language
from ankl_i18n.settings import load
from ankl_i18n.workbench.words import DOMAIN, sources


def main(tags: list[str]) -> None:
    """Write the template, update each catalog, and start those of `tags`."""
    root = bundled_locale()
    config = load(root.parent)
    pot = root / f"{DOMAIN}.pot"
    names = {"name": config.name, "report_bugs_to": config.report_bugs_to}
    old = po.read(pot, pot.name) if pot.exists() else None
    made = template(f"locale/{pot.name}", ui_messages(sources()), names, now(), old)
    _save(made, pot)
    paths = {path.parents[1].name: path for path in root.glob(f"*/LC_MESSAGES/{DOMAIN}.po")}
    for tag in tags:
        name = language(tag).gettext_id
        paths.setdefault(name, root / name / "LC_MESSAGES" / f"{DOMAIN}.po")
    for name, path in sorted(paths.items()):
        spoken = language(name.replace("_", "-"))
        shown = path.relative_to(root.parent).as_posix()
        if path.exists():
            catalog = po.read(path, shown)
            update(catalog, made, spoken)
        else:
            catalog, _ = started(shown, made, spoken, now())
        _save(catalog, path)


def _save(catalog: po.Catalog, path: Path) -> None:
    done = sum(entry.translated() for entry in catalog.entries)
    if po.save(catalog, path):
        print(f"wrote  {catalog.path}  {done} of {len(catalog.entries)}")


if __name__ == "__main__":
    main(sys.argv[1:])
