"""Scorers for the public test sets and for our own annotated accounts."""
