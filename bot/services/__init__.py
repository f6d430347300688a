"""The use cases: one verb a function, a module a feature. Each takes a `Turn` and returns a view."""
