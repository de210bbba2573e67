"""Training, by hand: what the shipped models learned from, and the commands that made them; no part of run time."""
