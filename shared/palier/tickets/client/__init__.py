"""What a client sees of tickets: which (``sight``), what of their story (``story``), how it is shown (``page``)."""
