"""The views behind a supplier's link: no session, the link is the key. GET never changes anything (AUT-025)."""
