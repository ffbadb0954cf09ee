"""What `make` calls: checks, locks, deployment. Small programs of the standard library and the locked packages."""
