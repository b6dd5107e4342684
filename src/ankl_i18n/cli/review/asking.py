"""What the commands of review share: finding a leaflet and its texts, writing acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ankl_i18n.cli.session import Session, check_leaflets, selected
from ankl_i18n.errors import SettingsError

if TYPE_CHECKING:
    from ankl_i18n.catalogs.project import Project
    from ankl_i18n.review.records import Act, Content


def content_of(project: Project, tag: str, leaflet: str) -> Content:
    """Return a leaflet in a language. Raises `SettingsError` for a name or tag that is not one."""
    from ankl_i18n.review.content import content

    (lang,) = selected(project, [tag])
    if project.is_untranslated(lang.tag):
        raise SettingsError.of(
            "review", f"{tag} is not translated: there is nothing to sign", "TAG"
        )
    check_leaflets(project, [leaflet])
    return content(project, leaflet, lang.tag)


def written(session: Session, project: Project, act: Act, key: str | None) -> Act:
    """Write an act, have it signed, and say so."""
    from ankl_i18n.review.ledger import act_path, write
    from ankl_i18n.review.making import check_reviewer
    from ankl_i18n.review.ssh_signatures import sign_file

    check_reviewer(project, act)
    made = write(project, act)
    path = act_path(made)
    session.say(f"wrote  {path}")
    if key:
        sign_file(project.root, path, key)
        session.say(f"signed {path}.sig")
    else:
        ask_for_key(session, project, path)
    return made


def ask_for_key(session: Session, project: Project, path: str) -> None:
    """Say how an act is signed, where the policy wants keys."""
    from ankl_i18n.review.ssh_signatures import sign_command
    from ankl_i18n.settings.review import OFF

    if project.config.review.signatures != OFF:
        session.say(f"sign it with your key: {sign_command(path, 'KEY')}")
