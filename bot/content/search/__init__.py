"""Full-text search over cards and what is asked about them; imported at the first search, since the stemmer is slow to load."""
