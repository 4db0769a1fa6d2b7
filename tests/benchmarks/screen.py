"""Where a window can be opened: Qt's offscreen platform, or an X server nobody looks at."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

PLATFORMS = ("offscreen", "xcb")
NO_XVFB = "Xvfb is not installed, so nothing was measured on xcb (apt-get install xvfb)"


def can_show(platform: str) -> bool:
    """Whether a platform can be had on this computer."""
    return platform != "xcb" or shutil.which("Xvfb") is not None


@contextmanager
def screen(platform: str) -> Iterator[dict[str, str]]:
    """Give the environment in which a program shows its windows on a platform."""
    environment = {**os.environ, "QT_QPA_PLATFORM": platform}
    if platform != "xcb":
        yield environment
        return
    reads, writes = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writes),
        "-screen",
        "0",
        "1600x1000x24",
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL)
    os.close(writes)
    try:
        with os.fdopen(reads) as told:
            display = told.readline().strip()
        yield {**environment, "DISPLAY": f":{display}"}
    finally:
        server.terminate()
        server.wait()
