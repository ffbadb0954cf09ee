"""Requests of clients (REQ): those that ask for an intervention become tickets, the others stay here."""
