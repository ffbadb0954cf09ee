"""What co-owners, landlords and renters look at: home, requests, follow-up of interventions, files. GET only.

Trigger: API Gateway. Callers: client sessions. Reads the table (session, then one query a page) and makes short-lived
addresses of files; cannot write. On failure the page says so; nothing has changed.
"""

from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.web.access import Access
from palier.web.client import home, interventions, requests
from palier.web.client.common import FILES
from palier.web.failures import fail
from palier.web.site import Site

table = Table()
table.warm()
site = Site("client_portal", table=table, clock=SystemClock(), failure=fail, files_origin=FILES.origin)
app = site.app

REQUEST, INTERVENTION = "/demandes/{number}", "/interventions/{number}"

site.route("GET", "/", Access.ANY_SESSION)(home.show_home)
site.route("GET", "/demandes", Access.CLIENT)(requests.list_requests)
site.route("GET", "/demandes/nouvelle", Access.CLIENT)(requests.show_form)
site.route("GET", REQUEST, Access.CLIENT, also=requests.both)(requests.show_request)
site.route("GET", f"{REQUEST}/fichiers/{{name}}", Access.CLIENT, also=requests.both)(requests.show_file)
site.route("GET", "/interventions", Access.CLIENT)(interventions.list_interventions)
site.route("GET", INTERVENTION, Access.CLIENT)(interventions.show)
site.route("GET", f"{INTERVENTION}/fichiers/{{name}}", Access.CLIENT)(interventions.show_file)
