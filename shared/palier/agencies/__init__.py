"""The tenant: who the agency is, which host is its own, every setting with its default (section 40)."""
