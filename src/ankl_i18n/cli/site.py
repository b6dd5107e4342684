"""The commands for the site as a whole: look at it, and take a leaflet back."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import Session, check_leaflets, command
from ankl_i18n.errors import SettingsError


@click.command()
@options.port(8000)
@command
def serve(session: Session, port: int) -> int:
    """Show the build folder in a browser on this computer, and nowhere else.

    Press Ctrl-C to end it. To publish the pages, put the folder on a web server.

    \b
    Example:
      ankl-i18n serve
      ankl-i18n serve --port 8080
    """
    from ankl_i18n.build.serve import Place, run, servers

    project = session.project()
    folder = project.root / project.config.build_dir
    if not folder.is_dir():
        hint = "build leaflets first: ankl-i18n build"
        raise SettingsError.of("missing", "nothing was built", project.config.build_dir, hint)
    place = Place(folder, urlsplit(project.config.base_url).path.rstrip("/"))
    try:
        opened = servers(place, port, session.say)
    except OSError as wrong:
        message = f"cannot be used: {wrong.strerror or wrong}"
        hint = "name another port: ankl-i18n serve --port 8080"
        raise SettingsError.of("serve", message, f"port {port}", hint) from wrong
    session.say(
        f"Showing {project.config.build_dir}/ at "
        f"http://localhost:{opened[0].server_address[1]}{place.path}/ (Ctrl-C ends it)"
    )
    try:
        run(opened)
    except KeyboardInterrupt:
        session.say("Stopped.")
    return 0


@click.command()
@click.argument("leaflet")
@click.option(
    "--reason", required=True, metavar="TEXT",
    help="The reason, for readers: in the language of the leaflet, in plain words.",
)  # fmt: skip
@command
def withdraw(session: Session, leaflet: str, reason: str) -> int:
    """Withdraw a leaflet: its pages and PDFs say so, in every language.

    The day and the reason are written into its front matter, where translators find the reason
    as one more text. Nothing else in the leaflet changes; delete the two lines to bring it back.

    \b
    Example:
      ankl-i18n withdraw drain --reason "A dose in it was wrong."
    """
    from ankl_i18n.catalogs.project import now
    from ankl_i18n.cli.scaffold.withdrawal import withdraw as write

    project = session.project()
    check_leaflets(project, [leaflet])
    path = write(project, leaflet, reason, now().date())
    session.say(f"wrote  {project.config.relative(path)}")
    code = build_again(session, leaflet)
    session.say(
        f"Put {project.config.build_dir}/ on the server now. Then run `ankl-i18n update`, "
        "so that translators can translate the reason."
    )
    return code


def build_again(session: Session, leaflet: str) -> int:
    """Build a leaflet's pages and PDFs, for each site, and all lists; return the exit code."""
    from ankl_i18n.catalogs.sites import chosen as sites_of
    from ankl_i18n.cli.build import made
    from ankl_i18n.settings import Options

    options = Options(leaflets=(leaflet,), jobs=len(os.sched_getaffinity(0)))
    project = session.project(options)
    return made(session, project, sites_of(project, ()))
