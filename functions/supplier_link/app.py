"""What a supplier sees behind his link. GET only; this function cannot write, so that mail scanners change nothing.

Trigger: API Gateway. Callers: whoever holds a live link. Reads the link and its ticket: two requests a page.
"""

from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.web.access import Access
from palier.web.failures import fail
from palier.web.site import Site
from palier.web.supplier import views

table = Table()
table.warm()
site = Site("supplier_link", table=table, clock=SystemClock(), failure=fail, files_origin=views.FILES.origin)
app = site.app

site.route("GET", "/i/{token}", Access.LINK)(views.show)
site.route("GET", "/i/{token}/fichiers/{name}", Access.LINK)(views.show_file)
