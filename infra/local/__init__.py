"""The local cloud: the real template on one machine, without Docker and without an account.

Nothing of the product knows that it is here. `python -m infra.local` starts it, `testing.py` starts it for tests.
"""
