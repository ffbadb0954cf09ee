"""What the agency's people do: create, validate, act on tickets. POST only.

Trigger: API Gateway. Callers: staff sessions, with the one-time token of the form. Each form is one transaction; a form
sent twice acts once; on failure nothing has changed.
"""

from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.web.access import Access
from palier.web.failures import fail
from palier.web.site import Site
from palier.web.staff import commands, portfolio, requests, tickets

table = Table()
table.warm()
site = Site("staff_actions", table=table, clock=SystemClock(), failure=fail, files_origin=tickets.FILES.origin)
app = site.app

TICKET = "/gestion/tickets/{number}"
RECORD = "/gestion/portefeuille/{category}/{record}"

site.route("POST", "/gestion/{module}/tickets/nouveau", Access.STAFF)(commands.create)
site.route("POST", "/gestion/demandes/{number}", Access.STAFF, also=requests.wanted)(requests.send_answer)
site.route("POST", f"{TICKET}/valider", Access.STAFF, also=tickets.head)(commands.validate)
site.route("POST", f"{TICKET}/lu", Access.STAFF, also=tickets.head)(commands.read_mark)
site.route("POST", f"{TICKET}/resume", Access.STAFF, also=tickets.head)(commands.make_summary)
site.route("POST", f"{TICKET}/{{action}}", Access.STAFF, also=tickets.head)(commands.do_action)
site.route("POST", f"{TICKET}/{{action}}/{{target}}", Access.STAFF, also=tickets.head)(commands.do_action)
site.route("POST", "/gestion/fichiers", Access.STAFF, body="application/json")(commands.upload)
site.route("POST", f"{RECORD}/mot-de-passe", Access.STAFF)(portfolio.show_password)
site.route("POST", f"{RECORD}/mot-de-passe/valider", Access.STAFF)(portfolio.confirm_password)
site.route("POST", f"{RECORD}/espace", Access.STAFF)(portfolio.enter_space)
