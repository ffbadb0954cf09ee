"""What mails and SMS say.

One layout for all; a key is a few blocks. Knows no ticket: it gets a ``MailView``.
"""
