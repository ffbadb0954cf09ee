"""``/fichiers``: a place in the store for a file, by script or without."""

import re

from palier.web.answers import Answer
from palier.web.client.common import FILES
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.uploads import add_file_page, give_place

_FORMS = re.compile(r"/demandes/nouvelle|/interventions/[0-9]{1,9}")


def ask_place(visit: Visit) -> Answer:
    """Give the script a signed form."""
    return give_place(visit.request, FILES, visit.caller.agency)


def add_file(visit: Visit) -> Answer:
    """Show the page that sends a file without JavaScript."""
    view = add_file_page(visit.request, FILES, visit.caller.agency, may_go_back=_FORMS)
    return page("notices/add_file.html", shell=shell_for(visit, current=""), page=view)
