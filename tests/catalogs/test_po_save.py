"""Saving catalogs: whole or not at all, never over someone else's work."""

from __future__ import annotations

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.po import disk
from ankl_i18n.errors import CatalogError
from patience import PATIENCE

TEXT = """\
msgid ""
msgstr ""
"PO-Revision-Date: 2024-01-01 10:00+0000\\n"
"Last-Translator: A\\n"
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "one"
msgstr "eins"

msgid "two"
msgstr "zwei"

msgid "three"
msgstr ""
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "de.po"
    file.write_text(TEXT)
    return file


def entry(catalog: po.Catalog, msgid: str) -> po.Entry:
    return next(e for e in catalog.entries if e.msgid == msgid)


def edited(path: Path) -> po.Catalog:
    """Return a catalog with a new translation, not saved yet."""
    catalog = po.read(path)
    entry(catalog, "one").msgstr = "Eins"
    return catalog


def set_msgstr(path: Path, msgid: str, msgstr: str) -> None:
    """Change the file as a translator's editor would meanwhile."""
    catalog = po.read(path)
    entry(catalog, msgid).msgstr = msgstr
    path.write_bytes(po.write(catalog))


def files(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_unchanged_catalogs_leave_the_file_alone(path: Path) -> None:
    before = path.stat()
    assert po.save(po.read(path), path) is False
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino


def test_changes_are_saved_and_the_catalog_can_be_saved_again(path: Path) -> None:
    catalog = po.read(path)
    one = entry(catalog, "one")
    one.msgstr = "Eins"
    catalog.entries.insert(0, po.Entry(msgid="zero", msgstr="null"))
    assert po.save(catalog, path) is True
    assert po.save(catalog, path) is False
    one.msgstr = "EINS"
    assert po.save(catalog, path) is True
    assert entry(po.read(path), "one").msgstr == "EINS"
    assert [e.msgid for e in po.read(path).entries] == ["zero", "one", "two", "three"]
    assert files(path.parent) == ["de.po"]


def test_new_catalogs_make_their_folders(tmp_path: Path) -> None:
    path = tmp_path / "locale" / "de" / "LC_MESSAGES" / "ankl.po"
    catalog = po.new(str(path), {"Content-Type": "text/plain; charset=UTF-8"})
    catalog.entries.append(po.Entry(msgid="a", msgstr="b"))
    old = os.umask(0o027)
    try:
        assert po.save(catalog, path) is True
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert po.read(path).entries[0].msgstr == "b"
    assert po.save(catalog, path) is False


def test_mode_and_owner_are_kept(path: Path) -> None:
    path.chmod(0o604)
    if os.geteuid() == 0:
        os.chown(path, 12, 34)
    before = path.stat()
    catalog = edited(path)
    po.save(catalog, path)
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


# -- someone else writes too ---------------------------------------------------------------


def test_changes_to_different_messages_are_merged(path: Path) -> None:
    catalog = po.read(path)
    set_msgstr(path, "two", "Zwei")
    entry(catalog, "one").msgstr = "Eins"
    assert po.save(catalog, path) is True
    saved = {e.msgid: e.msgstr for e in po.read(path).entries}
    assert saved == {"one": "Eins", "two": "Zwei", "three": ""}
    assert {e.msgid: e.msgstr for e in catalog.entries} == saved
    assert po.save(catalog, path) is False


def test_the_same_change_on_both_sides_is_fine(path: Path) -> None:
    catalog = po.read(path)
    set_msgstr(path, "three", "drei")
    entry(catalog, "three").msgstr = "drei"
    assert po.save(catalog, path) is False


def test_changed_differently_is_a_conflict_and_loses_nothing(path: Path) -> None:
    catalog = po.read(path)
    set_msgstr(path, "three", "drei")
    set_msgstr(path, "two", "ZWEI")
    theirs = path.read_bytes()
    entry(catalog, "three").msgstr = "Drei"
    entry(catalog, "two").msgstr = "Zwei"
    with pytest.raises(CatalogError) as failure:
        po.save(catalog, path)
    assert [p.kind for p in failure.value.problems] == ["po-conflict", "po-conflict"]
    assert "in the file: ZWEI; here: Zwei" in failure.value.problems[0].context
    assert "in the file: drei; here: Drei" in failure.value.problems[1].context
    assert path.read_bytes() == theirs
    assert entry(catalog, "three").msgstr == "Drei"
    assert files(path.parent) == ["de.po"]


def test_deleting_what_someone_translated_is_a_conflict(path: Path) -> None:
    catalog = po.read(path)
    set_msgstr(path, "three", "drei")
    catalog.entries.pop()
    with pytest.raises(CatalogError, match="someone else changed"):
        po.save(catalog, path)
    assert entry(po.read(path), "three").msgstr == "drei"


def test_additions_and_deletions_of_both_sides_are_kept(path: Path) -> None:
    catalog = po.read(path)
    theirs = po.read(path)
    theirs.entries[1:2] = [po.Entry(msgid="their", msgstr="ihr")]
    path.write_bytes(po.write(theirs))
    catalog.entries[0:1] = [po.Entry(msgid="our", msgstr="unser")]
    assert po.save(catalog, path) is True
    assert [e.msgid for e in po.read(path).entries] == ["their", "our", "three"]


def test_header_fields_are_merged_and_the_later_date_holds(path: Path) -> None:
    catalog = po.read(path)
    theirs = po.read(path)
    theirs.headers["Last-Translator"] = "B"
    theirs.headers["PO-Revision-Date"] = "2024-03-01 10:00+0000"
    path.write_bytes(po.write(theirs))
    catalog.headers["PO-Revision-Date"] = "2024-02-01 10:00+0000"
    catalog.headers["X-Generator"] = "ankl"
    assert po.save(catalog, path) is True
    assert dict(po.read(path).headers) == {
        "PO-Revision-Date": "2024-03-01 10:00+0000",
        "Last-Translator": "B",
        "Language": "de",
        "Content-Type": "text/plain; charset=UTF-8",
        "X-Generator": "ankl",
    }


def test_a_header_field_set_differently_is_a_conflict(path: Path) -> None:
    catalog = po.read(path)
    theirs = po.read(path)
    theirs.headers["Last-Translator"] = "B"
    path.write_bytes(po.write(theirs))
    catalog.headers["Last-Translator"] = "C"
    with pytest.raises(CatalogError, match="header's Last-Translator"):
        po.save(catalog, path)


def test_a_file_broken_meanwhile_is_not_overwritten(path: Path) -> None:
    catalog = po.read(path)
    path.write_text(TEXT + '\nmsgid "four\n')
    broken = path.read_bytes()
    entry(catalog, "one").msgstr = "Eins"
    with pytest.raises(CatalogError, match="closing quote"):
        po.save(catalog, path)
    assert path.read_bytes() == broken


def test_a_new_catalog_never_silently_replaces_a_file(path: Path) -> None:
    catalog = po.new(str(path), {"Language": "de"})
    catalog.entries.append(po.Entry(msgid="one", msgstr="EINS"))
    with pytest.raises(CatalogError, match="someone else changed"):
        po.save(catalog, path)
    replacement = po.new(str(path), {"Language": "de"}, replaces=path.read_bytes())
    replacement.entries.append(po.Entry(msgid="one", msgstr="EINS"))
    assert po.save(replacement, path) is True
    assert [e.msgstr for e in po.read(path).entries] == ["EINS"]


def test_a_catalog_read_elsewhere_only_adds_to_a_file(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.po"
    other.write_text(TEXT.replace('msgid "two"', 'msgid "four"'))
    with pytest.raises(CatalogError, match="someone else changed"):
        changed = po.read(other)
        entry(changed, "one").msgstr = "Eins"
        po.save(changed, path)
    assert po.save(po.read(other), path) is True
    assert sorted(e.msgid for e in po.read(path).entries) == ["four", "one", "three", "two"]


# -- links ---------------------------------------------------------------------------------


def test_links_are_written_through_but_not_out_of_the_root(path: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    inside, outside = root / "inside.po", root / "outside.po"
    (root / "real.po").write_text(TEXT)
    inside.symlink_to("real.po")
    outside.symlink_to(path)
    catalog = po.read(inside)
    entry(catalog, "one").msgstr = "Eins"
    assert po.save(catalog, inside, root=root) is True
    assert inside.is_symlink()
    assert "Eins" in (root / "real.po").read_text()
    catalog = po.read(outside)
    entry(catalog, "one").msgstr = "Eins"
    with pytest.raises(CatalogError, match="leads out of"):
        po.save(catalog, outside, root=root)
    assert path.read_text() == TEXT
    assert po.save(catalog, outside) is True


@pytest.mark.parametrize("kind", ["loop", "folder", "fifo"])
def test_what_is_no_file_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    if kind == "loop":
        path.symlink_to(path)
    elif kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(CatalogError):
        po.save(po.new("x.po", {"Language": "de"}), path)


# -- the disk ------------------------------------------------------------------------------


def failing(number: int) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("target", "number", "said"),
    [
        ("os.fsync", errno.ENOSPC, "the disk is full"),
        ("pathlib.Path.open", errno.EROFS, "the file system is read-only"),
        ("pathlib.Path.open", errno.EACCES, "permission is denied"),
        ("ankl_i18n.catalogs.po.disk._exchange", errno.EIO, "Input/output error"),
    ],
)
def test_a_failing_disk_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, target: str, number: int, said: str
) -> None:
    catalog = edited(path)
    read_bytes = Path.read_bytes
    with monkeypatch.context() as patch:
        if target == "pathlib.Path.open":  # reading goes on, writing does not
            patch.setattr(Path, "read_bytes", lambda p: Path(os.fspath(p)) and _read(p))
        patch.setattr(target, failing(number))
        with pytest.raises(CatalogError, match=said):
            po.save(catalog, path)
    assert read_bytes(path) == TEXT.encode()
    assert files(path.parent) == ["de.po"]
    assert po.save(catalog, path) is True


def test_a_system_that_cannot_exchange_files_replaces_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = edited(path)
    monkeypatch.setattr(disk, "_exchange", lambda *_: False)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing(errno.EIO))
        with pytest.raises(CatalogError, match="Input/output error"):
            po.save(catalog, path)
    assert path.read_text() == TEXT
    assert po.save(catalog, path) is True
    assert entry(po.read(path), "one").msgstr == "Eins"
    assert files(path.parent) == ["de.po"]


def test_what_someone_saves_at_the_last_moment_is_merged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = edited(path)
    exchange = disk._exchange

    def late(one: Path, other: Path) -> bool:
        monkeypatch.setattr(disk, "_exchange", exchange)
        set_msgstr(path, "two", "ZWEI")
        return exchange(one, other)

    monkeypatch.setattr(disk, "_exchange", late)
    assert po.save(catalog, path) is True
    assert [e.msgstr for e in po.read(path).entries] == ["Eins", "ZWEI", ""]
    assert files(path.parent) == ["de.po"]


def test_a_file_that_is_open_for_writing_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = edited(path)
    with path.open("r+") as file:
        monkeypatch.setattr(disk, "PATIENCE", 0.2)
        with pytest.raises(CatalogError, match="another program is writing"):
            po.save(catalog, path)
        monkeypatch.setattr(disk, "PATIENCE", PATIENCE)
        # It is closed while it is waited for.
        monkeypatch.setattr(disk.time, "sleep", lambda _: file.close())
        assert po.save(catalog, path) is True
        assert file.closed


def test_a_file_that_someone_opens_at_the_last_moment_stays_theirs(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = edited(path)
    monkeypatch.setattr(disk, "PATIENCE", 0.2)
    exchange, theirs = disk._exchange, []

    def late(one: Path, other: Path) -> bool:
        theirs.extend([] if theirs else [path.open("r+")])
        return exchange(one, other)

    monkeypatch.setattr(disk, "_exchange", late)
    with pytest.raises(CatalogError, match="another program is writing"):
        po.save(catalog, path)
    with theirs[0] as file:
        file.write(TEXT.replace("\n", "\n# theirs\n", 1))
    assert "# theirs" in path.read_text()
    assert files(path.parent) == ["de.po"]


def test_a_folder_that_a_stopped_run_keeps_locked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = edited(path)
    monkeypatch.setattr(disk, "LOCKED", 0.2)
    with disk.locked(path.parent), pytest.raises(CatalogError, match="keeps its folder locked"):
        po.save(catalog, path)
    assert po.save(catalog, path) is True


def test_a_file_that_someone_emptied_is_left_alone(path: Path) -> None:
    catalog = edited(path)
    path.write_bytes(b"")
    with pytest.raises(CatalogError, match="emptied"):
        po.save(catalog, path)
    assert path.read_bytes() == b""


def test_files_that_killed_runs_left_are_removed(path: Path) -> None:
    (path.parent / disk.TEMPORARY.format("0123")).write_text("half a cata")
    catalog = edited(path)
    assert po.save(catalog, path) is True
    assert files(path.parent) == ["de.po"]


def _read(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.read(handle, 1_000_000)
    finally:
        os.close(handle)


LIMITED = """\
import resource, sys
from pathlib import Path
from ankl_i18n.catalogs import po
from ankl_i18n.errors import CatalogError

path = Path(sys.argv[1])
catalog = po.read(path)
catalog.entries[0].msgstr = "x" * 100_000
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    po.save(catalog, path)
except CatalogError as failure:
    print(failure)
"""


def test_a_write_that_stops_half_way_leaves_the_old_file(path: Path) -> None:
    assert resource.RLIMIT_FSIZE is not None
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, path], capture_output=True, text=True, check=True
    )
    assert "the file would be too large" in ran.stdout
    assert path.read_text() == TEXT
    assert files(path.parent) == ["de.po"]


KILLED = """\
import os, sys
from pathlib import Path
from ankl_i18n.catalogs import po

path = Path(sys.argv[1])
catalog = po.read(path)
catalog.entries[0].msgstr = "Eins"
os.fsync = lambda handle: os._exit(9)
po.save(catalog, path)
"""


def test_a_killed_program_leaves_the_old_file(path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert ran.returncode == 9
    assert path.read_text() == TEXT


def test_what_would_not_read_back_is_not_saved(path: Path) -> None:
    catalog = po.read(path)
    entry(catalog, "one").msgstr = "ei\0ns"
    with pytest.raises(CatalogError, match="NUL"):
        po.save(catalog, path)
    catalog = po.read(path)
    entry(catalog, "one").tcomment = 'note\rmsgid "two"'
    with pytest.raises(CatalogError):
        po.save(catalog, path)
    catalog = po.read(path)
    catalog.entries.append(po.Entry(msgid="one", msgstr="uno"))
    with pytest.raises(CatalogError, match="the same message is already in line"):
        po.save(catalog, path)
    assert path.read_text() == TEXT


def test_what_the_disk_garbles_is_not_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = edited(path)
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda p: real(p)[: 50 if p.suffix == ".tmp" else None])
    with pytest.raises(CatalogError, match="cannot be read back"):
        po.save(catalog, path)
    monkeypatch.undo()
    assert path.read_text() == TEXT
    assert files(path.parent) == ["de.po"]


def test_two_programs_at_once_lose_nothing(path: Path) -> None:
    path.write_text(TEXT + "".join(f'\nmsgid "{n}"\nmsgstr ""\n' for n in range(40)))
    run = (
        "import sys; from pathlib import Path; from ankl_i18n.catalogs import po\n"
        "for n in range(int(sys.argv[2]), 40, 2):\n"
        "    path = Path(sys.argv[1]); catalog = po.read(path)\n"
        "    next(e for e in catalog.entries if e.msgid == str(n)).msgstr = 'x'\n"
        "    po.save(catalog, path)\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", run, path, str(n)]) for n in (0, 1)]
    assert [process.wait() for process in running] == [0, 0]
    assert sum(e.msgstr == "x" for e in po.read(path).entries) == 40
