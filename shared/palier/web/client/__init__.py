"""The client's views: a :class:`Visit` in, an answer out. The rules are in ``requests`` and ``tickets/client``."""
