"""What each page shows, as plain values already written for people.

Knows no domain, no request, no storage.
"""
