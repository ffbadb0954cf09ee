"""What this project asks of its own template and code, beyond what the public tools know."""
