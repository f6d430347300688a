"""Pure rules: no input, no output, time always handed in."""
