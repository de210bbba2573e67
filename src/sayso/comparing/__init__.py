"""Comparing the ledger with people's data: files of ACLED and UCDP GED, matched with its incidents one to one.

Neither side is called right: what both have, what only one has and where they differ is shown beside each other.
"""
