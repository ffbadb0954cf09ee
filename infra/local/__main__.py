"""`python -m infra.local`: what `make run` starts. PORT, SMTP_PORT and DATA_DIR choose where."""

from __future__ import annotations

import os
import sys
import threading

from infra.local.settings import SettingsError, settings_from


def main() -> int:
    try:
        return _run()
    except KeyboardInterrupt:  # before there was anything to stop
        return 130


def _run() -> int:
    try:
        settings = settings_from(os.environ)
    except SettingsError as error:
        return _refuse(error)
    if "--until-stdin-closes" in sys.argv[1:]:
        threading.Thread(target=_stop_with_parent, daemon=True).start()
    _say("Starting the local cloud…")
    from infra.local import launcher
    from infra.local.deploy import DeployError
    from infra.local.ports import PortError

    try:
        launcher.run(settings, _say)
    except (launcher.DataDirError, DeployError, PortError) as error:
        return _refuse(error)
    _say("Stopped.")
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _refuse(error: Exception) -> int:
    print(f"The local cloud cannot start: {error}", file=sys.stderr, flush=True)
    return 1


def _stop_with_parent() -> None:
    """A test run that dies leaves no cloud behind."""
    import signal

    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # MiniStack's threads never end; nothing is left to save
