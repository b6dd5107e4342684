"""The command line: arguments, progress, printing and exit codes, and nothing else.

A module is named after its command. Modules of other rooms are imported inside the commands: so
each command, and completion above all, waits only for what it needs.

Exit codes: 0 all is well, 1 problems were found, 2 wrong use or settings.
"""

from pathlib import Path

import click

from ankl_i18n import __version__
from ankl_i18n.cli import (
    add,
    build,
    cache,
    check,
    coverage,
    diff,
    doctor,
    exchange,
    extract,
    format,
    glossary,
    impact,
    init,
    merge,
    preflight,
    reading,
    review,
    site,
    stats,
    suggest,
    tm,
    update,
    workbench,
)
from ankl_i18n.cli.session import shared_options


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ankl-i18n")
@shared_options
@click.pass_context
def main(context: click.Context, root: Path | None, quiet: bool) -> None:
    """Leaflets in every reader's language: Markdown and gettext catalogs in, HTML and PDF out.

    \b
    A first round:
      ankl-i18n init             write settings and a first leaflet
      ankl-i18n add fr           start French
      (translate locale/fr/LC_MESSAGES/*.po with Poedit or any editor)
      ankl-i18n check            find mistakes before readers do
      ankl-i18n build            make every page and PDF in build/
      ankl-i18n preflight        check the pages and PDFs before anyone prints them

    Languages are named by tags such as fr, zh-Hans or pt-BR. Shell completion for bash:
    eval "$(_ANKL_I18N_COMPLETE=bash_source ankl-i18n)"
    """
    context.obj = (root, quiet)


COMMANDS = (
    init.init,
    add.add,
    doctor.doctor,
    extract.extract,
    update.update,
    format.canonical,
    diff.diff,
    impact.impact,
    merge.merge,
    check.check,
    coverage.coverage,
    stats.stats,
    reading.reading,
    exchange.export,
    exchange.import_,
    tm.tm,
    suggest.suggest,
    glossary.glossary,
    build.build,
    review.review,
    preflight.preflight,
    site.serve,
    site.withdraw,
    workbench.workbench,
    cache.cache,
)
for one in COMMANDS:
    main.add_command(one)
