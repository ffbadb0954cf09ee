"""What the back office sends and takes back (PUB): batches of records in, a report per line out.

``rules`` decides, ``commands`` loads and writes, ``api`` is the wire format. It knows nothing of pages.
"""
