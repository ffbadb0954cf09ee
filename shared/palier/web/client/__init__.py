"""The client's views: a :class:`Visit` in, an answer out. They read and render; rules are in ``requests`` and ``tickets``."""
