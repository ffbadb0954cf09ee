"""A mail that arrived becomes a pre-ticket, or a message of the ticket it answers (EML)."""
