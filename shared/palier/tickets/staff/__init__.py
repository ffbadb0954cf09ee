"""What the agency's people see of tickets and do to them: list, page, forms, actions. No storage, no HTTP."""
