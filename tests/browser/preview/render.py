"""Write every preview page into a folder, with the static files beside it, for a browser to open.

python -m tests.browser.preview.render FOLDER
"""

import shutil
import sys
from pathlib import Path

from palier.web.render import STATIC, environment
from tests.browser.preview.samples import PAGES, Preview


def render(preview: Preview) -> str:
    """Return the HTML of one preview."""
    return environment().get_template(preview.template).render(shell=preview.shell, page=preview.page)


def write_all(folder: Path) -> list[Path]:
    """Write the pages, their addresses of static files made relative to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    return [_write(folder, preview) for preview in PAGES]


def _write(folder: Path, preview: Preview) -> Path:
    path = folder / f"{preview.name}.html"
    path.write_text(render(preview), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(*write_all(Path(sys.argv[1])), sep="\n")  # noqa: T201 - a command
