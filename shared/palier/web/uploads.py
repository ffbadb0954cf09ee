"""Files that people send with a form: the place asked for by the script, the page without JavaScript, the attaching.

Used by clients (``/fichiers``), staff (``/gestion/fichiers``) and suppliers (``/i/{token}/fichiers``): each function's
``app.py`` checks who asks, then calls one of the functions here with the agency that the caller belongs to.
Nothing is stored about an upload until a form with its id comes back: the id itself says where the file is.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode

import msgspec

from palier.aws.files import Files, UploadMissingError, upload_of_key
from palier.documents.sniff import (
    LARGEST,
    MOST_FILES,
    BadNameError,
    FileRefusedError,
    check_content,
    check_promise,
    once_each,
    safe_name,
)
from palier.kernel.errors import InvalidInputError, PalierError
from palier.kernel.ids import AgencyId, UploadId
from palier.tickets.model import Attachment
from palier.web.answers import Json
from palier.web.request import Request
from palier.web.views.common import Link
from palier.web.views.forms import UploadedFile, UploadField
from palier.web.views.notices import AddFilePage

FIELD = "upload"
JSON = "application/json"
ACCEPT = "image/*,.heic,.heif,.pdf,.txt,.eml,.docx,.xlsx,.odt,.ods"
LIMITS = "Photo, PDF, texte, e-mail (.eml) ou document Word, Excel ou OpenDocument, 15 Mo au plus."
SENTENCES = {
    "WRONG_TYPE": "Ce fichier n’est pas d’un type accepté, ou son contenu ne correspond pas à son nom.",
    "TOO_LARGE": "Ce fichier est vide ou trop lourd\u00a0: 15 Mo au plus.",
    "BAD_NAME": "Donnez à ce fichier un nom qui se termine par son type, par exemple « photo.jpg ».",
    "UPLOAD_MISSING": "Ce fichier n’est pas arrivé ou n’est plus disponible\u00a0: ajoutez-le à nouveau.",
    "TOO_MANY_FILES": f"Vous pouvez joindre {MOST_FILES} fichiers au plus.",
}
_MEGABYTE = 1024 * 1024


class _Promise(msgspec.Struct, frozen=True):
    """What the script says of the file that it wants to send."""

    name: str
    type: str
    size: int


def give_place(request: Request, files: Files, agency: AgencyId) -> Json:
    """Answer the script's ``{name, type, size}`` with a signed form ``{id, url, fields}``, or with a problem."""
    try:
        promise = msgspec.json.decode(request.raw_body, type=_Promise)
        name, media_type = check_promise(promise.name, promise.type, promise.size)
    except msgspec.DecodeError:
        return _problem("INVALID_INPUT", "La demande ne peut pas être lue.")
    except FileRefusedError as refused:
        return _problem(refused.code, sentence(refused))
    return Json(files.presign_upload(agency, name, media_type, promise.size))


def attach(files: Files, agency: AgencyId, ids: Iterable[str], *, field: str = FIELD) -> tuple[Attachment, ...]:
    """Check and keep the files of a form, each once; do it last, when nothing else is wrong with the form.

    Raises :class:`InvalidInputError` with a sentence for ``field`` that names the file.
    """
    try:
        return tuple(_attach_one(files, agency, UploadId(one), field) for one in once_each(ids))
    except FileRefusedError as refused:
        raise InvalidInputError({field: sentence(refused)}) from refused


def _attach_one(files: Files, agency: AgencyId, upload: UploadId, field: str) -> Attachment:
    try:
        seen = files.inspect(agency, upload)
        name = safe_name(seen.name)
        media_type = check_content(name, seen.media_type, seen.size, seen.head)
        key = files.keep(agency, upload, seen, name, media_type)
    except (FileRefusedError, UploadMissingError) as refused:
        raise InvalidInputError({field: f"{shown_name(upload)}\u00a0: {sentence(refused)}"}) from refused
    return Attachment(key, name, media_type, seen.size)


def sentence(refused: PalierError) -> str:
    """Return what to tell people about a refused file."""
    return SENTENCES.get(refused.code, SENTENCES["WRONG_TYPE"])


def upload_field(url: str, ids: Iterable[str], *, fallback: str = "", back: str = "", label: str = "") -> UploadField:
    """Return the field of a form, with the files already sent (they survive a form that comes back with errors).

    ``fallback`` is the page without JavaScript, ``back`` the form's own address, one that :func:`add_file_page` knows.
    """
    done = tuple(UploadedFile(one, shown_name(one)) for one in dict.fromkeys(ids))
    query = urlencode({"pour": back, "fichiers": ",".join(quote(one, safe="/") for one in dict.fromkeys(ids))})
    field = UploadField(
        url=url,
        name=FIELD,
        accept=ACCEPT,
        max_files=MOST_FILES,
        max_megabytes=LARGEST // _MEGABYTE,
        fallback_url=f"{fallback}?{query}" if fallback else "",
        done=done,
    )
    return msgspec.structs.replace(field, label=label) if label else field


def ids_of(request: Request) -> tuple[str, ...]:
    """Return the uploads that a form holds: those it posts, or those that the page without JavaScript hands back."""
    return request.fields(FIELD) or _listed(request.query.get("fichiers", ""))


def add_file_page(request: Request, files: Files, agency: AgencyId, *, may_go_back: re.Pattern[str]) -> AddFilePage:
    """Return the page that sends one file without JavaScript; the store leads back to it once the file arrived.

    ``pour`` is the form that the file is for: an address of ours that fits ``may_go_back``, or else the home page.
    """
    back, ids = _back(request, may_go_back), list(_listed(request.query.get("fichiers", "")))
    page = AddFilePage(post_url="", fields=(), limits=LIMITS, back=Link("", ""), accept=ACCEPT)
    if "key" in request.query:
        page = _after_arrival(page, request, files, agency, ids)
    here = f"{'https' if request.secure else 'http'}://{request.host}{request.path}"
    form = files.presign_form(agency, f"{here}?{_query(back, ids)}", LARGEST)
    return msgspec.structs.replace(
        page,
        post_url=form.url,
        fields=tuple(form.fields.items()),
        back=Link("Revenir au formulaire", f"{back}?{_query('', ids)}" if ids else back),
    )


def _after_arrival(page: AddFilePage, request: Request, files: Files, agency: AgencyId, ids: list[str]) -> AddFilePage:
    replace = msgspec.structs.replace
    try:
        upload = upload_of_key(agency, request.query["key"])
        seen = files.inspect(agency, upload)
        check_content(safe_name(seen.name), seen.media_type, seen.size, seen.head)
    except (FileRefusedError, UploadMissingError) as refused:
        return replace(page, state="refused", message=sentence(refused))
    ids.append(upload)
    return replace(page, state="added", message=f"{shown_name(upload)} est ajouté.")


def shown_name(upload: str) -> str:
    """Return the name of the file in an upload id, fit for a page."""
    try:
        return safe_name(upload.partition("/")[2])
    except BadNameError:
        return "Fichier"


def _back(request: Request, may_go_back: re.Pattern[str]) -> str:
    wanted = request.query.get("pour", "")
    return wanted if may_go_back.fullmatch(wanted) else "/"


def _listed(text: str) -> tuple[str, ...]:
    """Read the ids that :func:`upload_field` put in an address, commas between, each quoted once more."""
    pairs = parse_qsl("&".join(f"id={one}" for one in text.split(",") if one), max_num_fields=MOST_FILES + 1)
    return tuple(dict.fromkeys(value for _, value in pairs))


def _query(back: str, ids: Iterable[str]) -> str:
    listed = ",".join(quote(one, safe="/") for one in ids)
    return urlencode({**({"pour": back} if back else {}), "fichiers": listed})


def _problem(code: str, detail: str) -> Json:
    value = {"type": "about:blank", "title": "Fichier refusé", "status": 400, "code": code, "detail": detail}
    return Json(value, 400, problem=True)
