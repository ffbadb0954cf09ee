"""Makes the README's pictures: plays the journey up to the appointment, and photographs what three people see.

PYTHONPATH=.:shared python -m tests.browser.journey.pictures
"""

import re
import sys
import tempfile
from email.utils import format_datetime
from pathlib import Path

from playwright.sync_api import Browser

from infra.local.settings import REPOSITORY
from infra.local.testing import start_local_cloud
from tests.browser.journey import conftest
from tests.browser.journey import people as who
from tests.browser.journey.agency import Agency, make_agency
from tests.browser.journey.manager import Manager
from tests.browser.journey.requester import Requester
from tests.browser.journey.supplier import Supplier
from tests.browser.journey.viewer import Viewer, in_days
from tests.browser.preview.stage import chromium

PICTURES = REPOSITORY / "infra" / "pictures"
LARGEST = 200_000
SUBJECT = "Infiltration plafond salle de bain"
