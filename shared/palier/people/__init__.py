"""Identities, accounts, roles, credentials, sessions, links between parties. Knows no page and no ticket."""
