"""The command line of the benchmarks: `python -m benchmarks [COMMAND] ...`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from ankl_i18n.errors import Severity
from benchmarks import (
    adoption,
    check_growth,
    check_quality,
    check_speed,
    checking,
    corpus,
    exchange_scale,
    glossary_alarms,
    inputs,
    judgements,
    memory_growth,
    rebuilding,
    render_speed,
    rendering,
    report,
    scale,
    tasks,
    update_differences,
    update_growth,
    update_quality,
    whole,
    workbench,
)
from benchmarks.planting import faults

folder = click.Path(exists=True, file_okay=False, path_type=Path)
file = click.Path(exists=True, dir_okay=False, path_type=Path)


rounds_option = click.option(
    "--rounds", type=click.IntRange(1), default=5, show_default=True,
    help="How often each tool runs, after one run that does not count; slow ones 3 times.",
)  # fmt: skip
limit_option = click.option(
    "--limit", type=click.FloatRange(1), default=120, show_default=True,
    help="A tool is stopped after this many seconds.",
)  # fmt: skip


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Measure ankl-i18n and its peers; without a command: `all`."""
    if context.invoked_subcommand is None:
        context.invoke(everything)


@main.command("all")
@click.option("--source", type=folder, help="A book's Markdown files (default: generated ones).")
@click.option("--files", type=click.IntRange(1), default=250, show_default=True,
              help="How many files to generate.")  # fmt: skip
@rounds_option
@limit_option
@click.option("--task", "names", multiple=True, type=click.Choice(list(tasks.TASKS)),
              help="Only this task; may be repeated. Then nothing is written.")  # fmt: skip
@click.option("--size", "sizes", multiple=True, type=click.Choice(tasks.SIZES),
              help="Only these inputs; then nothing is written.")  # fmt: skip
@click.option("--docs", type=file, default=Path("docs/performance.md"), show_default=True,
              help="The file with the marks that the tables are written between.")  # fmt: skip
@click.option("--kept", type=click.Path(path_type=Path), default=Path(".bench/figures.json"),
              show_default=True, help="Where all samples are kept.")  # fmt: skip
def everything(
    source: Path | None, files: int, rounds: int, limit: float, names: tuple[str, ...],
    sizes: tuple[str, ...], docs: Path, kept: Path,
) -> None:  # fmt: skip
    """Measure every task side by side with all peers; write the tables and the picture."""
    load = os.getloadavg()[0]
    chosen = (
        case
        for case in tasks.cases(files, source)
        if case.task in (names or tasks.TASKS) and case.size in (sizes or tasks.SIZES)
    )
    figures = whole.run(chosen, rounds, limit)
    if not names and not sizes:
        machine = [*report.machine(rounds, load), f"tools are stopped after {limit:.0f} s"]
        whole.store(kept, figures, machine)
        whole.write(docs, figures, machine)


@main.command()
@click.option("--docs", type=file, default=Path("docs/performance.md"), show_default=True)
@click.option("--kept", type=file, default=Path(".bench/figures.json"), show_default=True)
def tables(docs: Path, kept: Path) -> None:
    """Write the tables and the picture of the last `all` again, without measuring."""
    whole.write(docs, *whole.stored(kept))


@main.command()
@click.option("--source", type=folder, help="Markdown files to extract (default: generated ones).")
@click.option("--files", type=click.IntRange(1), default=400, show_default=True,
              help="How many files to generate.")  # fmt: skip
@rounds_option
@limit_option
@click.option("--alone", is_flag=True, help="Measure ankl-i18n only, without its peers.")
def extract(source: Path | None, files: int, rounds: int, limit: float, alone: bool) -> None:
    """Measure extraction side by side with all peers on the same Markdown files."""

    def fill(root: Path) -> str:
        return inputs.book(root, source) if source else inputs.markdown(root, files)

    _print(tasks.Case("extract", "", fill), rounds, limit, alone=alone)


@main.command()
@click.option("--source", type=folder, required=True, help="The newer Markdown files.")
@click.option("--catalog", type=file, required=True, help="The older catalog (.po).")
@click.option("--language", required=True, help="The catalog's language, such as ja.")
@rounds_option
@limit_option
def update(source: Path, catalog: Path, language: str, rounds: int, limit: float) -> None:
    """Measure the update of a catalog side by side with all peers."""

    def fill(root: Path) -> str:
        return inputs.revised(root, source, catalog, language)

    _print(tasks.Case("update", "", fill, language), rounds, limit)


def _print(case: tasks.Case, rounds: int, limit: float, *, alone: bool = False) -> None:
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        figures = tasks.measured(case, Path(made), rounds, limit, alone=alone)
    lines = [figures.inputs, *report.machine(rounds), "", *report.table(figures), ""]
    click.echo("\n".join([*lines, *report.verdicts(figures)]))


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


@main.command("render-speed")
@click.option("--project", type=folder, default=Path(), show_default="this folder",
              help="The project whose leaflet is set.")  # fmt: skip
@click.option("--leaflet", default="ankl", show_default=True, help="The leaflet's name.")
@click.option("--language", "tags", multiple=True, help="Only this language; may be repeated.")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True,
              help="How often each PDF is made, after one round that does not count.")  # fmt: skip
@click.option("--whole/--no-whole", default=True, show_default=True,
              help="Also build everything from nothing.")  # fmt: skip
def render_speed_command(
    project: Path, leaflet: str, tags: tuple[str, ...], rounds: int, *, whole: bool
) -> None:
    """Measure a leaflet's PDFs in every language, beside WeasyPrint, Typst and Chromium."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(render_speed.compare(project, leaflet, Path(made), tags, rounds))
        if whole:
            click.echo("\n" + render_speed.whole(project, Path(made), 2))


@main.command()
@click.option("--leaflets", type=click.IntRange(1), default=20, show_default=True,
              help="How many leaflets to generate.")  # fmt: skip
@click.option("--languages", type=click.IntRange(1, len(corpus.LANGUAGES)), default=10,
              show_default=True, help="How many languages to translate them into.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True,
              help="How often each command runs, after one run that does not count.")  # fmt: skip
def rebuild(leaflets: int, languages: int, rounds: int) -> None:
    """Measure start-up, and builds with nothing or little to do, on a generated project."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(rebuilding.measure(Path(made) / "project", leaflets, languages, rounds))


@main.command("workbench")
@rounds_option
def waits(rounds: int) -> None:
    """Measure what a translator waits for in the workbench."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        click.echo(workbench.measure(Path(made), rounds))


@main.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--leaflets", type=click.IntRange(1), default=20, show_default=True,
              help="How many leaflets.")  # fmt: skip
@click.option("--languages", default="fr,ar,ja,hi", show_default=True,
              help="The tags of the languages that they are translated into.")  # fmt: skip
@click.option("--translated", type=click.FloatRange(0, 1), default=1, show_default=True,
              help="The share of messages that is translated.")  # fmt: skip
@click.option("--sections", type=click.IntRange(1), default=6, show_default=True,
              help="How many sections a leaflet has.")  # fmt: skip
@click.option("--seed", type=int, default=corpus.SEED, show_default=True)
def generate(
    directory: Path, leaflets: int, languages: str, translated: float, sections: int, seed: int
) -> None:
    """Write a project of any size into DIRECTORY: leaflets, and catalogs that look translated."""
    tags = tuple(tag for tag in languages.split(",") if tag)
    corpus.write(directory, corpus.Corpus(leaflets, tags, translated, sections, seed))


@main.command("scale")
@click.option("--pdfs", default="20,200,2000", show_default=True, help="How many PDFs to build.")
@click.option("--sections", type=click.IntRange(1), default=6, show_default=True,
              help="How many sections a leaflet has.")  # fmt: skip
@click.option("--planner", is_flag=True, help="Measure the planner alone: no PDF is set.")
def scale_command(pdfs: str, sections: int, planner: bool) -> None:
    """Measure time and memory for each PDF, in small builds and in large ones."""
    sizes = [int(size) for size in pdfs.split(",")]
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        for line in scale.measure(Path(made), sizes, sections, paper=not planner):
            click.echo(line)


@main.command("check-speed")
@click.option("--source", type=folder, required=True, help="The book's Markdown files.")
@click.option("--catalogs", type=folder, required=True, help="Its catalogs: TAG.po.")
@click.option("--megabytes", type=float, default=19, show_default=True,
              help="Catalogs are copied until there are so many.")  # fmt: skip
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True,
              help="How often each command runs, after one run that does not count.")  # fmt: skip
def check_speed_command(source: Path, catalogs: Path, megabytes: float, rounds: int) -> None:
    """Measure `coverage` and `check` beside `msgfmt --statistics` on large catalogs."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        root = Path(made) / "book"
        click.echo(check_speed.compare(root, source, catalogs, megabytes, rounds))


@main.command("plant-faults")
@click.option("--catalogs", type=folder, required=True, help="A folder of catalogs (.po).")
@click.option("--name", required=True, help="The file is called planted-NAME.jsonl.gz.")
@click.option("--per-kind", type=click.IntRange(1), default=25, show_default=True,
              help="How many faults of each kind to plant in each language.")  # fmt: skip
@click.option("--seed", type=int, default=faults.SEED, show_default=True)
@click.option("--texts/--digests", default=False, show_default=True,
              help="Keep the texts, or only what tells them among the catalogs'.")  # fmt: skip
def plant_faults(catalogs: Path, name: str, per_kind: int, seed: int, *, texts: bool) -> None:
    """Plant faults into translations, and keep them in a file; the same seed gives the same."""
    found = list(faults.messages(catalogs, check_quality.catalogs(catalogs)))
    planted = faults.plant(found, per_kind, seed)
    path = faults.DATA / f"planted-{name}.jsonl.gz"
    digest = faults.write(path, planted, texts=texts)
    count = sum(len(message.faults) for message in planted)
    click.echo(
        f"{path}: {count} faults in {len(planted)} of {len(found)} messages, sha256 {digest}"
    )


@main.command("check-quality")
@click.option("--catalogs", type=folder, help="A folder of other catalogs, besides our own.")
@click.option("--leaflets/--no-leaflets", default=True, show_default=True,
              help="Also measure this project's own catalogs.")  # fmt: skip
@click.option("--language", "tags", multiple=True, help="Only this language; may be repeated.")
@click.option("--kind", "kinds", multiple=True,
              help="Only this kind or group of faults; may be repeated.")  # fmt: skip
@click.option("--show-missed", type=click.IntRange(0), default=0, show_default=True,
              help="How many faults to print that are not found, of the seen half.")  # fmt: skip
@click.option("--processes", type=click.IntRange(1), default=2, show_default=True)
@click.option("--alarms/--no-alarms", default=True, show_default=True,
              help="Also check the catalogs as they are.")  # fmt: skip
@click.option("--sample", type=click.IntRange(0), default=0, show_default=True,
              help="Write so many alarms for readers to judge, and nothing else.")  # fmt: skip
@click.option("--severity", type=click.Choice([one.value for one in Severity]), default="error",
              show_default=True, help="The alarms that are sampled.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True,
              help="Another number draws another sample.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Where the sample is written.")
@click.option("--judgements", "judged", is_flag=True,
              help="Only print the precision of the samples that were judged.")  # fmt: skip
@click.option("--mutations", type=file, help="Only say which changes of this table are found.")
def check_quality_command(
    catalogs: Path | None, tags: tuple[str, ...], kinds: tuple[str, ...], show_missed: int,
    processes: int, sample: int, severity: str, seed: int, out: Path | None,
    mutations: Path | None, *, leaflets: bool, alarms: bool, judged: bool,
) -> None:  # fmt: skip
    """Count the planted faults that the checks find, and their alarms on texts as they are."""
    if judged or mutations:
        told = (
            check_quality.mutations(mutations) if mutations else judgements.precision(faults.DATA)
        )
        click.echo("\n".join(told))
        return
    if sample and not (out and out.name.startswith("sample-")):
        raise click.UsageError("--sample needs --out sample-NAME.jsonl")
    own = [check_quality.LEAFLETS, check_quality.DOSES] if leaflets else []
    roots = [*own, *([catalogs] if catalogs else [])]
    if sample and out:
        _, counted, _ = check_quality.measure(roots, tags, ["none"], processes)
        written = judgements.sample(counted, Severity(severity), sample, out, seed)
        click.echo(f"{out}: {written} alarms; which checks: {judgements.key_of(out)}")
        return
    outcomes, counted, told = check_quality.measure(roots, tags, kinds, processes, alarms=alarms)
    for line in (*told, "", *check_quality.report(outcomes, counted)):
        click.echo(line)
    for line in check_quality.missed(outcomes, show_missed):
        click.echo(line)


@main.command("glossary-alarms")
@click.option("--catalogs", type=folder, default=Path("locale"), show_default=True,
              help="The folder with the catalogs.")  # fmt: skip
@click.option("--glossary", type=file, default=Path("glossary/terms.csv"), show_default=True,
              help="The terms, as in a project's glossary.")  # fmt: skip
def glossary_alarms_command(catalogs: Path, glossary: Path) -> None:
    """Count the alarms of the glossary's check on translations that professionals have made."""
    found = list(glossary_alarms.measure(sorted(catalogs.rglob("*.po")), glossary))
    click.echo(glossary_alarms.table(found))
    for one in found:
        if one.words:
            words = ", ".join(f"{term} {count}" for term, count in one.words)
            click.echo(f"{one.tag}: {words}")


@main.command("exchange-scale")
@click.option("--leaflets", default="100,1000", show_default=True, help="How many leaflets.")
@click.option("--languages", type=click.IntRange(1, 40), default=20, show_default=True,
              help="How many languages.")  # fmt: skip
@click.option("--sections", type=click.IntRange(1), default=2, show_default=True,
              help="How many sections a leaflet has.")  # fmt: skip
@click.option("--format", "form", default="xliff", show_default=True, help="Which format.")
def exchange_scale_command(leaflets: str, languages: int, sections: int, form: str) -> None:
    """Measure memory and time of export and import, with few leaflets and with many."""
    sizes = [int(size) for size in leaflets.split(",")]
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        for line in exchange_scale.measure(Path(made), sizes, languages, sections, form):
            click.echo(line)


@main.command("check-growth")
@click.option("--languages", default="fr,hi,zh,ar,am", show_default=True, help="Their tags.")
def check_growth_command(languages: str) -> None:
    """Find checks whose time grows faster than the length of a text."""
    lines = list(check_growth.measure(languages.split(",")))
    click.echo("\n".join([*report.machine(1), *(lines or ["no check grows faster than its text"])]))


@main.command("memory-growth")
@click.option("--texts", default="10000,1000000", show_default=True, help="How many texts.")
def memory_growth_command(texts: str) -> None:
    """Measure how long the translation memory takes to answer, small and large."""
    with tempfile.TemporaryDirectory(prefix="ankl-benchmark-") as made:
        for line in memory_growth.measure(Path(made), map(int, texts.split(","))):
            click.echo(line)


if __name__ == "__main__":
    sys.exit(main())
