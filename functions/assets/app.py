"""Style sheets, scripts, drawings. GET only; no data at all.

Trigger: API Gateway. Callers: anybody. Reads its own package and nothing else; an unknown address is a 404.
"""

from palier.web.assets import assets_app, read_assets

app = assets_app(read_assets())
