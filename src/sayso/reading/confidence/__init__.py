"""How far a claim may be trusted to be what the report says: a likelihood for each, and what is refused for it."""
