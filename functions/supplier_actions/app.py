"""How a supplier answers behind his link. POST only.

Trigger: API Gateway. Callers: whoever holds a live link, with the one-time token of the form. Each answer is one
transaction; sent twice, it acts once; when the ticket moved on, the page shows where it stands.
"""

import functools

from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.tickets.supplier.answers import READERS
from palier.web.access import Access
from palier.web.failures import fail
from palier.web.site import Site
from palier.web.supplier import views

table = Table()
table.warm()
site = Site("supplier_actions", table=table, clock=SystemClock(), failure=fail, files_origin=views.FILES.origin)
app = site.app

for path in READERS:
    answer = functools.update_wrapper(functools.partial(views.answer, path=path), views.answer)
    site.route("POST", f"/i/{{token}}/{path}", Access.LINK)(answer)
site.route("POST", "/i/{token}/fichiers", Access.LINK, body="application/json")(views.upload)
