"""What sayso costs: reading beside the bare language pipeline, memory, start-up, and the pages of a large ledger."""
