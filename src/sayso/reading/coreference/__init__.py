"""Which mentions of events are of one event, in one report and across reports: a small model over pairs of mentions."""
