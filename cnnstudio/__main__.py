"""Start CNN Studio: ``python -m cnnstudio [--tour DIR] [PICTURE | SCENE.json]``."""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more gains nothing here; before NumPy


def main() -> int:
    """Open the main window and stay until it is closed."""
    from cnnstudio.gui.app import run  # noqa: PLC0415  NumPy, wherever it comes from, after this

    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())
