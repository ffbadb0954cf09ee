"""Messages in and out: the outbox, links, rendering and sending, and what arrives by mail."""
