#!/usr/bin/env python3
"""Set CNN Studio up and start it, or run its tests, with nothing but Python to begin with.

    python3 run.py [FILE | --tour DIR]                    what follows goes to the app
    python3 run.py test [ARGUMENTS]                        what follows goes to pytest

The first run makes .venv and installs what is needed; later ones only look whether it is there.
"""

import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def old_python_sentence(version: "tuple[int, int]") -> str:
    """Say why this Python will not do, or nothing if it will."""
    if version >= (3, 11):
        return ""
    return (
        f"CNN Studio needs Python 3.11 or newer and this is Python {version[0]}.{version[1]}: "
        "start run.py with a newer one, which python.org has for every system."
    )


# Here, not in main(): an old Python reads this far, but trips over the annotations below.
if old_python_sentence(sys.version_info[:2]):
    sys.exit(old_python_sentence(sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "cnnstudio-stamp"
UNFINISHED = "unfinished"
PYTHON_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

SIDE_BY_SIDE = ("-n", "logical", "--maxprocesses", "4", "--dist", "loadfile")  # for pytest
FONT_TO_HAVE_IF_POSSIBLE = "fonts-inter"
QT_PACKAGES = (
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "fonts-dejavu-core",
    FONT_TO_HAVE_IF_POSSIBLE,
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
)


def no_display_sentence(platform: str, environment: Mapping[str, str], arguments: list[str]) -> str:
    """Say that no window can open here, or nothing if one can or none is asked for."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    windowless = ("--tour", "--help", "--version", "-h")
    if not platform.startswith("linux") or any(environment.get(name) for name in displays):
        return ""
    if any(argument.split("=")[0] in windowless for argument in arguments):
        return ""
    return (
        "CNN Studio found no display to open its window on; python3 run.py --tour DIR "
        "renders every workspace in each theme to PNG without one."
    )


def say(line: str) -> None:
    """Tell what is going on, at once."""
    print(line, flush=True)


def run_quietly(*command: str) -> tuple[bool, str]:
    """Run a command in the checkout and return whether it succeeded and what it wrote."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode == 0, done.stdout


# --- what Qt needs from the system -------------------------------------------------------------


def missing_packages(wanted: tuple[str, ...], dpkg_report: str) -> list[str]:
    """Name the wanted packages that dpkg does not report as installed.

    Debian 13 and Ubuntu 24.04 call some libraries NAMEt64; either name will do.
    """
    lines = [line.split() for line in dpkg_report.splitlines()]
    installed = {words[0] for words in lines if words[1:] == ["installed"]}
    return [name for name in wanted if not installed & {name, name + "t64"}]


def can_make_venv() -> bool:
    """Return whether this Python has all of its venv module; Debian keeps a part of it apart."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def missing_here(*, to_make_venv: bool) -> list[str]:
    """Name the Debian or Ubuntu packages this machine lacks; none on any other system."""
    if not sys.platform.startswith("linux"):
        return []
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        return []
    names = [name + end for name in QT_PACKAGES for end in ("", "t64")]
    report = run_quietly("dpkg-query", "-W", r"-f=${Package} ${db:Status-Status}\n", *names)[1]
    missing = missing_packages(QT_PACKAGES, report)
    return ["python3-venv", *missing] if to_make_venv and not can_make_venv() else missing


def install_packages(packages: list[str]) -> None:
    """Install those of these packages that exist here, if we are allowed to."""
    as_root: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return
        say("Some system packages are missing; sudo may ask for your password ...")
        if subprocess.run(["sudo", "true"], check=False).returncode != 0:
            return
        as_root = ["sudo"]
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    install = [*apt_get, "-o", "DPkg::Lock::Timeout=60", "install", "--no-install-recommends"]
    say("Installing system packages with apt-get ...")
    run_quietly(*apt_get, "update")
    if not run_quietly(*install, "--simulate", *packages)[0]:
        # One name that this release does not have would keep out all the others.
        packages = [name for name in packages if run_quietly(*install, "--simulate", name)[0]]
    if packages:
        run_quietly(*install, *packages)


def packages_sentence(missing: list[str]) -> str:
    """Say how to install what is missing, or nothing if only the optional font is."""
    needed = " ".join(name for name in missing if name != FONT_TO_HAVE_IF_POSSIBLE)
    if not needed:
        return ""
    return (
        "System packages are missing, which this installs: sudo apt-get update && "
        f"sudo apt-get install -y --no-install-recommends {needed}"
    )


# --- .venv -------------------------------------------------------------------------------------


def venv_python(venv: Path, system: str) -> Path:
    """Return where a virtual environment keeps its Python; `system` is as in os.name."""
    return venv / "Scripts" / "python.exe" if system == "nt" else venv / "bin" / "python"


def fingerprint(pyproject: bytes, python_version: str, place: str) -> str:
    """Return a text that changes whenever the installation has to be brought up to date."""
    parts = (pyproject, python_version.encode(), place.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed(stamp: str, wanted: str, extra: str) -> bool:
    """Return whether a stamp tells of the wanted installation, the extra (if any) included."""
    mark, *extras = stamp.split() or [""]
    return mark == wanted and (not extra or extra in extras)


def version_of(python: Path) -> str:
    """Return the version of a Python that runs and has pip, such as "3.11", else nothing."""
    code = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    try:
        works, version = run_quietly(str(python), "-I", "-c", code)
    except OSError:
        return ""
    return version.strip() if works else ""


def no_network_sentence(pip_output: str) -> str:
    """Say what to do if pip could not reach the packages, or nothing if it failed otherwise."""
    signs = ("connection broken by", "Max retries exceeded", "ReadTimeoutError", "IncompleteRead")
    if "CERTIFICATE_VERIFY_FAILED" in pip_output:
        return (
            "The packages could not be fetched because pip does not trust this network's "
            "certificate: set PIP_CERT to the certificate file your network's keeper gives out."
        )
    if any(sign in pip_output for sign in signs):
        return "The packages could not be fetched: connect to the internet and run this again."
    return ""


def make_venv() -> None:
    """Make .venv anew, marked as unfinished until all is installed."""
    say("Making .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    STAMP.write_text(UNFINISHED)
    # The Python behind a venv, in case run.py was started from the one just removed.
    base = getattr(sys, "_base_executable", sys.executable)
    made, output = run_quietly(base, "-m", "venv", str(VENV))
    if not made and not can_make_venv():
        sys.exit(
            "Python here lacks its venv module: install python3-venv "
            f"(or python{PYTHON_VERSION}-venv) as the line above does, then run this again."
        )
    if not made:
        sys.exit(f"{output}\nPython could not make {VENV}; what it said is above.")


def install(python: Path, extra: str, wanted: str, stamp: str) -> None:
    """Install the checkout, editable, with an extra; end with the reason if that fails."""
    if is_installed(stamp, wanted, ""):
        say("Installing what the tests need (once) ...")
    else:
        say("Installing CNN Studio and what it needs (about a minute, once) ...")
    STAMP.write_text(UNFINISHED)
    os.environ.setdefault("PIP_RETRIES", "3")  # pip's own 5 take a minute and a half offline
    pip = (str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input")
    installed, output = run_quietly(*pip, "--editable", f".[{extra}]" if extra else ".")
    if installed:
        STAMP.write_text(f"{wanted} {extra}")
        return
    STAMP.write_text(stamp)  # pip fetches everything before it changes anything
    said = f"{output}\nCNN Studio could not be installed; what pip said is above."
    sys.exit(no_network_sentence(output) or said)


def ready_python(extra: str) -> Path:
    """Return the Python of .venv, with the app and the extra (if any) installed."""
    python = venv_python(VENV, os.name)
    stamp = STAMP.read_text() if STAMP.exists() else ""
    wanted = fingerprint((ROOT / "pyproject.toml").read_bytes(), PYTHON_VERSION, str(ROOT))
    usable = stamp != UNFINISHED and version_of(python) == PYTHON_VERSION
    ready = usable and is_installed(stamp, wanted, extra)
    missing = missing_here(to_make_venv=not usable)
    if missing and not ready:
        install_packages(missing)
        missing = missing_here(to_make_venv=not usable)
    if packages_sentence(missing):
        say(packages_sentence(missing))
    if not usable:
        make_venv()
        stamp = UNFINISHED
    if not ready:
        install(python, extra, wanted, stamp)
    return python


def command_for(python: str, arguments: list[str]) -> list[str]:
    """Return what to run: pytest after the word "test", a process for each core; else the app."""
    if arguments[:1] == ["test"]:
        return [python, "-m", "pytest", *SIDE_BY_SIDE, *arguments[1:]]
    # -P: a random.py beside a pupil's pictures is not taken for Python's own.
    return [python, "-P", "-m", "cnnstudio", *arguments]


def main(arguments: list[str]) -> None:
    """Set up what is missing, then become the app or the tests."""
    testing = arguments[:1] == ["test"]
    sentence = "" if testing else no_display_sentence(sys.platform, os.environ, arguments)
    if sentence:
        sys.exit(sentence)
    try:
        python = ready_python("test" if testing else "")
    except KeyboardInterrupt:
        sys.exit("\nStopped; run it again to finish setting up.")
    except OSError as error:
        sys.exit(f"CNN Studio could not be set up in {ROOT}: {error}")
    if testing:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.chdir(ROOT)
    command = command_for(str(python), arguments)
    if os.name == "nt":  # execv there returns to the prompt at once
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
