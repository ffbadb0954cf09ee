"""Python runs this first in every local function: `time.time()` then tells the local cloud's moved time.

Only `time.time()` moves. Requests are signed with `datetime`, which stays real, so that expiry of
signatures, presigned addresses and TLS keep working. On AWS this file does not exist.
"""

import os
import time

_real_time = time.time
_file = os.environ.get("LOCAL_CLOCK_FILE", "")
_seen: tuple[int, int] | None = None
_offset = 0.0


def _moved_time() -> float:
    global _seen, _offset  # noqa: PLW0603 - one clock per process, as the one it replaces
    try:
        status = os.stat(_file)  # noqa: PTH116 - pathlib is not worth importing here
        if (status.st_mtime_ns, status.st_ino) != _seen:
            with open(_file, encoding="ascii") as file:  # noqa: PTH123 - likewise
                _offset = float(file.read())
            _seen = (status.st_mtime_ns, status.st_ino)
    except FileNotFoundError:
        _seen, _offset = None, 0.0
    return _real_time() + _offset


if _file:
    time.time = _moved_time
