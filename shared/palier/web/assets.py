"""Style sheets, scripts, drawings: every file of ``static/``, under an address that changes with its content.

All of it is read once, at start. A name that is not in the folder, or an older fingerprint, is not there: nothing of
the request ever becomes a path. Compression is the API's. Knows no table and no session.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from chalice.app import Chalice, Response

from palier.web.answers import Json, Raw, to_response

STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class Asset(msgspec.Struct, frozen=True):
    """One file, ready to be sent."""

    fingerprint: str
    content: str
    media_type: str


def read_assets(folder: Path = STATIC) -> Mapping[str, Asset]:
    """Return the files of the folder by their names (``palier.css``, ``vendor/chart.js``)."""
    files = (file for file in sorted(folder.rglob("*")) if file.suffix in TYPES and file.is_file())
    return {file.relative_to(folder).as_posix(): _read(file) for file in files}


def _read(file: Path) -> Asset:
    content = file.read_bytes()
    return Asset(hashlib.sha256(content).hexdigest()[:12], content.decode(), TYPES[file.suffix])


def respond(assets: Mapping[str, Asset], fingerprint: str, name: str) -> Response:
    """Answer with one file, to be kept for ever, or with 404, to be forgotten at once."""
    found = assets.get(name)
    if found is None or found.fingerprint != fingerprint:
        return to_response(Json({"code": "NOT_FOUND", "status": 404}, 404, problem=True), "")
    return to_response(Raw(found.content, found.media_type, FOR_EVER), "")


def assets_app(assets: Mapping[str, Asset]) -> Chalice:
    """Return the application that serves them."""
    app = Chalice(app_name="assets", configure_logs=False)

    @app.route("/assets/{fingerprint}/{name}", methods=["GET"])
    def show(fingerprint: str, name: str) -> Response:
        return respond(assets, fingerprint, name)

    @app.route("/assets/{fingerprint}/vendor/{name}", methods=["GET"])
    def show_vendor(fingerprint: str, name: str) -> Response:
        return respond(assets, fingerprint, f"vendor/{name}")

    return app
