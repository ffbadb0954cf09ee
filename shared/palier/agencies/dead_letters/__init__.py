"""Work that failed too often and waits in a dead-letter queue until somebody looks at it."""
