"""What co-owners, landlords and renters do: send a request, chase it, write about an intervention, send files.

Trigger: API Gateway. Callers: client sessions; every POST carries the one-time token of its form. Each form is one
transaction; sent twice, it acts once; on failure nothing has changed and what was typed comes back.
``GET /fichiers/ajouter`` changes nothing; it stands here because only this function may sign uploads.
"""

from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.web.access import Access
from palier.web.client import files, interventions, requests
from palier.web.client.common import FILES
from palier.web.failures import fail
from palier.web.site import Site
from palier.web.uploads import JSON

table = Table()
table.warm()
site = Site("client_actions", table=table, clock=SystemClock(), failure=fail, files_origin=FILES.origin)
app = site.app

site.route("POST", "/demandes", Access.CLIENT)(requests.send)
site.route("POST", "/demandes/{number}/relance", Access.CLIENT, also=requests.both)(requests.chase)
site.route("POST", "/interventions/{number}/message", Access.CLIENT)(interventions.write)
site.route("POST", "/fichiers", Access.CLIENT, body=JSON)(files.ask_place)
site.route("GET", "/fichiers/ajouter", Access.CLIENT)(files.add_file)
