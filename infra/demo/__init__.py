"""The demonstration agency: fictional files under ``data/``, loaded through the product's own doors (``load.py``)."""
