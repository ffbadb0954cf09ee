"""What a supplier sees behind his link and how he answers (SLF). No storage, no HTTP."""
