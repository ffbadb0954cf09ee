"""Tickets: from a request to a closed service order.

Start with ``model`` (what it is) and ``table`` (what may happen).
"""
