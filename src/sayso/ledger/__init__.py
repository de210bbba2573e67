"""The ledger: reports, their accounts and the rows made of them, in one SQL database (SQLite by default)."""
