"""The program as its users install it: the wheel, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]


def run(*command: str | Path, **options: object) -> str:
    """Run a command; return all that it printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def wheel(folder: Path) -> Path:
    """Build the wheel into a folder."""
    isolated = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    run(*PIP, "wheel", *isolated, "--wheel-dir", folder, ROOT)
    (made,) = folder.glob("*.whl")
    return made


def installed(folder: Path) -> Path:
    """Install the wheel into an empty environment in a folder; return its programs.

    The libraries are those that the tests run with: nothing is fetched.
    """
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env")
    python = folder / "env" / "bin" / "python"
    run(*PIP, "--python", python, "install", "--no-deps", "--no-index", wheel(folder / "wheel"))
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    # A plain path: the editable install that stands there is not looked into.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    found = run(python, "-c", "import ankl_i18n; print(ankl_i18n.__file__)").strip()
    assert Path(found).is_relative_to(site), found
    return python.parent


def environment(programs: Path) -> dict[str, str]:
    """Return an environment in which these programs come first."""
    known = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    return known | {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin"}
