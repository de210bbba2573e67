"""Report to account: one file a layer, composed in account.py. Reading is pure: no ledger, no network, no clock."""
