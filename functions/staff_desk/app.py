"""What the agency's people look at: lists, tickets, forms, files. GET only; this function cannot write.

Trigger: API Gateway. Callers: staff sessions. Reads the table (session, then one query a page) and makes short-lived
addresses of files. On failure the page says so; nothing has changed.
"""

from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.web.access import Access
from palier.web.failures import fail
from palier.web.site import Site
from palier.web.staff import lists, portfolio, requests, tickets

table = Table()
table.warm()
site = Site("staff_desk", table=table, clock=SystemClock(), failure=fail, files_origin=tickets.FILES.origin)
app = site.app

TICKET = "/gestion/tickets/{number}"
RECORD = "/gestion/portefeuille/{category}/{record}"

site.route("GET", "/gestion", Access.STAFF)(lists.show_home)
site.route("GET", "/gestion/{module}/tickets", Access.STAFF)(lists.list_tickets)
site.route("GET", "/gestion/{module}/tickets/nouveau", Access.STAFF)(tickets.show_new)
site.route("GET", "/gestion/{module}/demandes", Access.STAFF)(requests.list_requests)
site.route("GET", "/gestion/demandes/{number}", Access.STAFF, also=requests.wanted)(requests.show_request)
site.route("GET", TICKET, Access.STAFF)(tickets.show_ticket)
site.route("GET", f"{TICKET}/valider", Access.STAFF, also=tickets.head)(tickets.show_validation)
site.route("GET", f"{TICKET}/resume.pdf", Access.STAFF)(tickets.show_summary)
site.route("GET", f"{TICKET}/fichiers/{{name}}", Access.STAFF)(tickets.show_file)
site.route("GET", f"{TICKET}/{{action}}", Access.STAFF, also=tickets.head)(tickets.show_action)
site.route("GET", f"{TICKET}/{{action}}/{{target}}", Access.STAFF, also=tickets.head)(tickets.show_action)
site.route("GET", "/gestion/portefeuille", Access.STAFF)(portfolio.show_portfolio)
site.route("GET", "/gestion/portefeuille/{category}", Access.STAFF)(portfolio.list_records)
site.route("GET", RECORD, Access.STAFF)(portfolio.show_record)
site.route("GET", f"{RECORD}/mot-de-passe", Access.STAFF)(portfolio.ask_password)
