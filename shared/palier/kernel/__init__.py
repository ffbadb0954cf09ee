"""What every domain may use: ids, instants and local dates, money, contacts, errors. Knows no domain."""
