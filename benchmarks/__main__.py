"""The command line of the benchmarks: `python -m benchmarks [extract | update | adopt] ...`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from benchmarks import (
    adoption,
    checking,
    extraction,
    generated,
    rebuilding,
    rendering,
    update_differences,
    update_growth,
    update_quality,
    updating,
)

folder = click.Path(exists=True, file_okay=False, path_type=Path)
file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure ankl-i18n; without a command: `extract` on a generated corpus."""
    if context.invoked_subcommand is None:
        context.invoke(extract)


@main.command()
@click.option("--source", type=folder, help="Markdown files to extract (default: generated ones).")
@click.option("--files", type=click.IntRange(1), default=400, show_default=True,
              help="How many files to generate.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1), default=7, show_default=True,
              help="How often each tool runs, after one run that does not count.")  # fmt: skip
@click.option("--alone", is_flag=True, help="Measure ankl-i18n only, without its peers.")
def extract(source: Path | None, files: int, rounds: int, alone: bool) -> None:
    """Measure extraction side by side with po4a on the same Markdown files."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        root = Path(made)
        if source is None:
            generated.write(root / extraction.SOURCE, files)
        else:
            extraction.copy_markdown(source, root / extraction.SOURCE)
        click.echo(extraction.compare(root, rounds, alone=alone))


@main.command()
@click.option("--source", type=folder, required=True, help="The newer Markdown files.")
@click.option("--catalog", type=file, required=True, help="The older catalog (.po).")
@click.option("--language", required=True, help="The catalog's language, such as ja.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True,
              help="How often each tool runs, after one run that does not count.")  # fmt: skip
def update(source: Path, catalog: Path, language: str, rounds: int) -> None:
    """Measure the update of a catalog side by side with msgmerge."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(updating.compare(Path(made), source.resolve(), catalog, language, rounds))


@main.command("update-growth")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True,
              help="How often each size is updated; the best time counts.")  # fmt: skip
def update_growth_command(rounds: int) -> None:
    """Measure how the time of an update grows with the catalog."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(update_growth.compare(Path(made), rounds))


@main.command("update-quality")
@click.option("--source", type=folder, required=True, help="Markdown files to make edits of.")
def update_quality_command(source: Path) -> None:
    """Count how often an update finds the message that an edited one was made from."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(update_quality.compare_source(Path(made), source))


@main.command("update-differences")
@click.option("--template", type=file, required=True, help="The newer template (.pot).")
@click.option("--catalog", type=file, required=True, help="The older catalog (.po).")
@click.option("--language", required=True, help="The catalog's language, such as ja.")
@click.option("--count", type=click.IntRange(1), default=100, show_default=True)
@click.option("--seed", type=int, default=20240229, show_default=True)
def update_differences_command(
    template: Path, catalog: Path, language: str, count: int, seed: int
) -> None:
    """Sample the messages that an update and msgmerge start from different old ones."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(update_differences.sample(Path(made), template, catalog, language, count, seed))


@main.command()
@click.option("--source", type=folder, required=True, help="The book's Markdown files.")
@click.option("--catalog", type=file, required=True, help="Its translators' catalog (.po).")
@click.option("--language", required=True, help="The catalog's language, such as ja.")
def adopt(source: Path, catalog: Path, language: str) -> None:
    """Measure how many translations of another book reach the pages built with a few settings."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(adoption.adopt(Path(made), source.resolve(), catalog, language))


@main.command()
@click.option("--catalogs", type=folder, required=True, help="A folder of catalogs (.po).")
@click.option("--sample", type=click.IntRange(0), default=0, show_default=True,
              help="How many findings of each catalog to print, to judge them.")  # fmt: skip
def checks(catalogs: Path, sample: int) -> None:
    """Count what the checks find in catalogs that people made."""
    click.echo(checking.compare(catalogs, sample))


@main.command("rendering")
@click.option("--project", type=folder, default=Path(), show_default="this folder",
              help="The project whose leaflet is set.")  # fmt: skip
@click.option("--leaflet", default="ankl", show_default=True, help="The leaflet's name.")
@click.option("--language", "tags", multiple=True, help="Only this language; may be repeated.")
def render(project: Path, leaflet: str, tags: tuple[str, ...]) -> None:
    """Judge the PDFs of a leaflet, beside Chromium's print of the same page and Typst's."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(rendering.compare(project, leaflet, Path(made), tags))


@main.command()
@click.option("--leaflets", type=click.IntRange(1), default=20, show_default=True,
              help="How many leaflets to generate.")  # fmt: skip
@click.option("--languages", type=click.IntRange(1, len(generated.LANGUAGES)), default=10,
              show_default=True, help="How many languages to translate them into.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True,
              help="How often each command runs, after one run that does not count.")  # fmt: skip
def rebuild(leaflets: int, languages: int, rounds: int) -> None:
    """Measure start-up, and builds with nothing or little to do, on a generated project."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(rebuilding.measure(Path(made) / "project", leaflets, languages, rounds))


if __name__ == "__main__":
    sys.exit(main())
