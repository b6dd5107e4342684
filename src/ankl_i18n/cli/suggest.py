"""`suggest`: translations from plug-ins, for people to judge."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ankl_i18n.cli import options
from ankl_i18n.cli.session import PROBLEMS, Session, check_leaflets, command, has_errors, targets


@click.command()
@options.tags
@click.option(
    "--with", "name", metavar="NAME", required=True, help="The plug-in, by its entry point's name."
)
@options.leaflets
@click.option(
    "--unfinished", is_flag=True,
    help="Also fuzzy messages: they keep their text, and the suggestion waits in tm/pending/.",
)  # fmt: skip
@click.option(
    "--seconds", type=click.IntRange(1), default=600, show_default=True, metavar="N",
    help="Most time that it may take for each catalog.",
)  # fmt: skip
@click.option(
    "--read", "readable", type=click.Path(exists=True, resolve_path=True), multiple=True,
    metavar="DIR", help="A folder that it may read, such as its model's; may be repeated.",
)  # fmt: skip
@click.option("--network", is_flag=True, help="Let it use the network.")
@click.option("--unconfined", is_flag=True, help="Let it do everything that you may do yourself.")
@command
def suggest(  # noqa: PLR0913 - one parameter for each option
    session: Session, tags: Sequence[str], *, name: str, names: Sequence[str], unfinished: bool,
    seconds: int, readable: Sequence[str], network: bool, unconfined: bool,
) -> int:  # fmt: skip
    """Ask a plug-in to translate untranslated messages: fuzzy until a person accepts them.

    It runs in a separate process that cannot read or write the project or use the network.
    Suggestions with errors are dropped and reported.

    \b
    Example:
      ankl-i18n suggest fr --with NAME
    """
    from ankl_i18n.exchange.pack import Selection
    from ankl_i18n.exchange.suggest.host import Bounds
    from ankl_i18n.exchange.suggest.offer import suggest as run

    project = session.project()
    check_leaflets(project, names)
    chosen = Selection(frozenset(names), unfinished=unfinished)
    bounds = Bounds(seconds, tuple(readable), network, not unconfined)
    code, count = 0, 0
    for lang in targets(project, tags):
        for one in run(project, lang, name, chosen, bounds):
            count += 1
            waiting = f", {one.waiting} in tm/pending/" if one.waiting else ""
            session.say(f"{one.path}: {one.taken} suggestions{waiting}")
            session.report(one.problems)
            if has_errors(one.problems):
                code = PROBLEMS
    if not count:
        session.say("Every message has a translation.")
    return code
