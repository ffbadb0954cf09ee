"""The only door to AWS: table, transactions, files, queues, schedules, mail. Knows no domain and no rule."""
