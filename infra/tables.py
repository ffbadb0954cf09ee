"""Writes the tables that readers hold against the catalogue: ``python -m infra.tables``."""

from pathlib import Path

from palier.tickets.table_markdown import as_markdown

TICKETS = Path(__file__).parents[1] / "shared/palier/tickets/table.md"

if __name__ == "__main__":
    TICKETS.write_text(as_markdown(), encoding="utf-8")
    print(f"written: {TICKETS.name}")
