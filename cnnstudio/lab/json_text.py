"""JSON of files that anything may have happened to: what it says, or a sentence."""

import json
from math import isfinite
from typing import Any

from cnnstudio.lab.quote import quote

_LONGEST_WHOLE = 40  # digits; Python itself refuses some thousands, in words for programmers


class NotJson(ValueError):  # noqa: N818 - it is what a file is
    """The text is no JSON at all."""


def read_json(text: bytes | str) -> Any:
    """Return what a text in JSON says.

    Args:
        text: of a file; bytes are UTF-8, with or without a mark at the beginning

    Raises:
        NotJson: with a sentence that begins small, if it is none or nested too deep.
        ValueError: likewise, if there is a number in it that no bench can hold.
    """
    try:
        read = text if isinstance(text, str) else text.decode("utf-8-sig")
        return json.loads(read, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
    except json.JSONDecodeError as reason:
        raise NotJson(f"line {reason.lineno} is not JSON") from None
    except (UnicodeDecodeError, RecursionError):
        raise NotJson("it is not a text in JSON") from None


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_WHOLE:
        raise ValueError(f"{quote(digits)} is too long for a number")
    return int(digits)


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(f"{quote(text)} is no number the bench can hold")
    return value
