"""Documents that the product makes itself: for now the summary of a ticket (OUT-001)."""
