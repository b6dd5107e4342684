"""The translation tools that `make test-interop` installs, each asked to make some edits."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".interop"
MINUTES = 10


@dataclass(frozen=True)
class Edit:
    """Words of a translation, or of the source where there is none, and what they become.

    `name` is the beginning of the unit's id.
    """

    name: str
    source: str
    old: str
    new: str


@dataclass(frozen=True)
class Unit:
    """A text of an OmegaT project; `where` it stands, if its translation is only for there."""

    source: str
    target: str
    where: tuple[tuple[str, str], ...]


def run(*arguments: object) -> str:
    done = subprocess.run(
        [str(one) for one in arguments], capture_output=True, text=True, timeout=60 * MINUTES
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def okapi(path: Path, back: Path, tag: str, edits: list[Edit]) -> None:
    folder = INSTALLED / "okapi"
    changes = _changes(back, edits)
    made = run("java", "-cp", f"{folder}:{folder}/*", "Edit", path, back, tag, changes)
    assert int(made) == len(edits)


def toolkit(path: Path, back: Path, tag: str, edits: list[Edit]) -> None:
    python = INSTALLED / "toolkit" / "bin" / "python"
    made = run(python, HERE / "toolkit" / "edit.py", path, back, _changes(back, edits))
    assert int(made) == len(edits)


def office(path: Path, back: Path, tag: str, edits: list[Edit]) -> None:
    made = run("/usr/bin/python3", HERE / "office" / "edit.py", path, back, _changes(back, edits))
    assert int(made) == len(edits)


def _changes(back: Path, edits: list[Edit]) -> Path:
    path = back.with_suffix(".edits")
    lines = [line for one in edits for line in (one.name, one.old, one.new)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# --- OmegaT: a project in a folder, without its window ------------------------------------------


def omegat(path: Path, back: Path, tag: str, edits: list[Edit]) -> None:
    """Translate a file in an OmegaT project.

    OmegaT keeps what its user has typed in omegat/project_save.tmx, with its own short names for
    tags. It writes itself what it has read (NAME-omegat.tmx), and all sources as a memory; the
    edits are made in these and saved as the user's.
    """
    home = omegat_project(back.parent / "omegat-project", path, tag)
    read = _units(home / f"{home.name}-omegat.tmx")
    every = back.parent / "sources.tmx"
    _omegat(
        home, "console-createpseudotranslatetmx", f"--pseudotranslatetmx={every}",
        "--pseudotranslatetype=equal",
    )  # fmt: skip
    # A text that comes twice has an alternative for the second, which says where it stands.
    typed: list[Unit] = []
    for edit in edits:
        known = [*typed, *read, *_units(every)]
        unit = next(
            one
            for one in known
            if _plain(one.source) == _plain(edit.source) and edit.old in one.target
        )
        if unit in typed:
            typed.remove(unit)
        typed.append(replace(unit, target=unit.target.replace(edit.old, edit.new)))
    _save(home / "omegat" / "project_save.tmx", typed, tag)
    _omegat(home, "console-translate")
    (home / "target" / path.name).rename(back)


def omegat_project(home: Path, path: Path, tag: str) -> Path:
    """Put a file into a new project, and let OmegaT read and write it once."""
    for name in ("source", "target", "omegat", "glossary", "tm", "dictionary"):
        (home / name).mkdir(parents=True)
    settings = (HERE / "omegat" / "omegat.project").read_text(encoding="utf-8")
    (home / "omegat.project").write_text(settings.replace("@language@", tag), encoding="utf-8")
    (home / "source" / path.name).write_bytes(path.read_bytes())
    _omegat(home, "console-translate")
    return home


def _omegat(home: Path, mode: str, *options: str) -> None:
    run(
        "java", "-Djava.awt.headless=true", "-cp", f"{INSTALLED / 'omegat'}/*",
        "org.omegat.Main", home, f"--mode={mode}", f"--config-dir={home.parent / 'config'}",
        *options,
    )  # fmt: skip


def _units(path: Path) -> list[Unit]:
    found = []
    for unit in ET.parse(path).iter("tu"):
        texts = [segment.text or "" for segment in unit.iter("seg")]
        where = tuple((one.get("type", ""), one.text or "") for one in unit.iter("prop"))
        found += [Unit(*texts, where)] if len(texts) == 2 else []
    return found


def _plain(text: str) -> str:
    """Return the letters of a text without tags and markup."""
    for sign in ("<t0>", "</t0>", "<t1>", "</t1>", "<p0/>", "<p1/>", "<t2>", "</t2>"):
        text = text.replace(sign, "")
    for code in ("**", "[", "](#desk)", "](#a)", "{time}", "{n}", "`code`", "`"):
        text = text.replace(code, "")
    return " ".join(text.split())


def _save(path: Path, typed: list[Unit], tag: str) -> None:
    root = ET.Element("tmx", version="1.1")
    ET.SubElement(
        root, "header", creationtool="OmegaT", creationtoolversion="5.8.0", datatype="plaintext",
        segtype="paragraph", adminlang="EN-US", srclang="en", **{"o-tmf": "OmegaT TMX"},
    )  # fmt: skip
    body = ET.SubElement(root, "body")
    for one in typed:
        unit = ET.SubElement(body, "tu")
        for kind, text in one.where:
            ET.SubElement(unit, "prop", type=kind).text = text
        for lang, text in (("en", one.source), (tag, one.target)):
            ET.SubElement(ET.SubElement(unit, "tuv", lang=lang), "seg").text = text
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


TOOLS = {"okapi": okapi, "omegat": omegat, "toolkit": toolkit, "office": office}
