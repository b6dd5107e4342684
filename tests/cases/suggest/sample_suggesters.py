"""Plug-ins for tests: one that works as one should, and others that do harm as far as they can."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from ankl_i18n.exchange.suggest import Suggestion


def brackets(request):
    """Give each text back in brackets that no English has, so that nobody takes it for done."""
    for text in request.texts:
        sources = text.sources * text.forms
        targets = tuple(f"⟨{source}⟩" for source in sources[-text.forms :])
        yield Suggestion(text.id, targets, f"brackets for {request.target}")


def asked(request):
    """Say what it was given, as the suggestion."""
    for text in request.texts:
        known = "; ".join(f"{term} = {word}" for term, word in (text.terms or {}).items())
        said = f"{text.sources[0]} ({known}) ({text.section}) ({len(text.notes)})"
        yield Suggestion(text.id, (said,) * text.forms, "asked")


def writes(request):
    """Read, write and remove where a test says that the project is: a plug-in is never told."""
    notes = [note.removeprefix("Note: ") for text in request.texts for note in text.notes]
    for place in (Path(note) for note in notes if note.startswith("/")):
        for change in (read_all, write_into, remove_all):
            try:
                done = change(place)
            except OSError:
                continue
            yield Suggestion(request.texts[0].id, (f"{change.__name__} {place}: {done}",))
    yield Suggestion(request.texts[-1].id, ("nothing could be done",))


def read_all(place):
    return [path.read_bytes()[:10] for path in place.rglob("*.po")] or len(list(place.iterdir()))


def write_into(place):
    (place / "harm").write_text("harm")
    return "written"


def remove_all(place):
    for path in place.rglob("*.po"):
        path.unlink()
    place.rmdir()


def knows(request):
    """Say in an error what it can see of where it runs: arguments, environment, folder."""
    here = Path.cwd()
    raise RuntimeError(" ".join(map(str, [*sys.argv, *os.environ.items(), here, *here.iterdir()])))


def hangs(request):
    yield from brackets(request)
    time.sleep(3600)


def spins(request):
    while True:
        pass


def floods(request):
    while True:
        yield Suggestion(request.texts[0].id, ("x" * 1_000_000,))


def chatters(request):
    for _ in range(2000):
        sys.stdout.write("garbage " * 1000)
        os.write(1, b"{}\n" * 100)
        os.write(2, b"\x1b[31mred\n" * 100)
    yield from brackets(request)


def garbage(request):
    """Find the way that the answer goes, and write nonsense there."""
    for number in range(3, 20):
        try:
            os.write(number, b'not json\n{"id": 1}\n[]\n"x"\n' + b"[" * 5000 + b"\n\xff\xfe\n")
        except OSError:
            continue
    yield from brackets(request)


def crashes(request):
    yield next(iter(brackets(request)))
    raise RuntimeError("the model\x1b[31m is not there")


def dies(request):
    yield next(iter(brackets(request)))
    os._exit(3)


def is_none(request):
    return None


def is_odd(request):
    first = request.texts[0].id
    yield Suggestion("0" * 16, ("for nobody",))
    yield Suggestion(first, ())
    yield Suggestion(first, ("",))
    yield Suggestion(first, ("x" * 100_000,))
    yield Suggestion(first, ("one", "two", "three", "four", "five", "six", "seven"))


def breaks(request):
    """Lose markup, change numbers, and add a script."""
    for text in request.texts:
        plain = text.sources[0].replace("**", "").replace("[", "").replace("{time}", "")
        yield Suggestion(text.id, (f"<script>alert(1)</script> {plain}",) * text.forms)


def newlines(request):
    for text in request.texts:
        yield Suggestion(
            text.id, (f"⟨{text.sources[0]}⟩",) * text.forms, 'a"\n#, c-format\nmsgid "x"\n' * 20
        )


def connects(request):
    """Tell whether anything can be reached."""
    notes = (note for text in request.texts for note in text.notes)
    port = next(note.split()[-1] for note in notes if "port " in note)
    reached = []
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_INET, kind) as one:
                one.settimeout(2)
                one.connect(("127.0.0.1", int(port)))
                one.send(b"harm")
                reached.append(str(kind))
        except OSError:
            continue
    yield Suggestion(request.texts[0].id, (f"⟨reached: {reached}⟩",))


def forks(request):
    """Leave a process behind that outlives this one."""
    subprocess.Popen(
        [sys.executable, "-c", "import os, time; os.setsid(); time.sleep(600)", "left-behind"],
        start_new_session=True,
    )
    yield from brackets(request)


def eats(request):
    hoard = []
    while True:
        hoard.append(b"x" * 100_000_000)
