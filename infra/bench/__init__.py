"""``make bench``: what Palier costs in time, memory, requests and money, held against its bars and its peers.

Not a test: nothing here is run by pytest, and a missed bar is a line to read, not a red build. The parts that only
compute (statistics, tables, units, prices) are pure and are tested; the others start processes and ask them.
"""
