"""One sample of every page, in every state worth looking at."""

from tests.browser.preview.samples.clients import CLIENTS
from tests.browser.preview.samples.shells import Preview as Preview
from tests.browser.preview.samples.staff import STAFF_PAGES
from tests.browser.preview.samples.staff_forms import FORM_PAGES
from tests.browser.preview.samples.suppliers import SUPPLIERS
from tests.browser.preview.samples.ticket import TICKETS
from tests.browser.preview.samples.visitors import VISITORS

PAGES: tuple[Preview, ...] = (*VISITORS, *CLIENTS, *SUPPLIERS, *STAFF_PAGES, *FORM_PAGES, *TICKETS)
