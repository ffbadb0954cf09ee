"""HTTP in, pages out: the Chalice application factory, forms, sessions at the door, templates. Knows no rule."""
