"""A made-up archive of any size: real accounts cut to one event each, with other words, dates, places and sides."""
