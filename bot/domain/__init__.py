"""The rules: pure functions of values, with the time always handed in."""
