"""Palier: the web side of a French property-management agency.

One package per domain, so that a folder's name is a thing the agency knows. Who may import whom is in
``infra/decisions/0002-import-rules.md`` and enforced by import-linter.
"""
