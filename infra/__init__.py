"""Everything around the product: how it is run locally, checked and deployed."""
