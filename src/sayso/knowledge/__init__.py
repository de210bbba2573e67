"""What sayso knows before it reads: a gazetteer of places and a base of actors, both reviewable data."""
