"""Gets the packages that a Python back end needs, and starts its server with them.

Runs on any Python from 3.10 on and needs nothing besides. What is installed stays below `target/backends`, in a
folder named by what is pinned, so that another version gets another folder. Knows nothing of the back ends.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OLDEST = (3, 10)
PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"


def launch(folder: Path, product: str) -> None:
    """Becomes `serve.py` of that folder, run with the packages that its `requirements.txt` pins."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"Python {found} is too old: 3.10 or newer is needed (Debian: apt-get install -y python3 python3-venv)")
    python = _environment(folder / "requirements.txt", product)
    arguments = [str(python), "-B", str(folder / "serve.py"), *sys.argv[1:]]
    # The same process goes on, so that its end, its standard input and its signals are those of the server.
    os.execv(python, arguments)


def _environment(requirements: Path, product: str) -> Path:
    pinned = requirements.read_text()
    version = next(line.partition("==")[2] for line in pinned.splitlines() if line.startswith(f"{product}=="))
    # What was compiled for one Python does not serve another.
    named = hashlib.sha256(f"{pinned}{sys.version}".encode()).hexdigest()[:8]
    folder = ROOT / "target" / "backends" / f"{product}-{version}-{named}"
    if not folder.exists():
        _install(folder, requirements, f"{product} {version}")
    return folder / PYTHON


def _install(folder: Path, requirements: Path, shown: str) -> None:
    print(f"==> Install {shown} (about 1 min the first time)", file=sys.stderr, flush=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Made aside and put in its place when whole: nobody finds half of it, and two at a time do not disturb each other.
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))
    try:
        _run([sys.executable, "-m", "venv", str(made)], "apt-get install -y python3-venv")
        _run([str(made / PYTHON), "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check",
              "--requirement", str(requirements)], f"pip install --requirement {requirements.name}")
        made.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _run(command: list, cure: str) -> None:
    # Standard output is kept for the one line that says where the server is.
    if subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL).returncode:
        sys.exit(f"`{' '.join(command)}` failed; on Debian this may help: {cure}")
