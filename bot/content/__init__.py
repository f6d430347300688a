"""Modules and paths: from YAML files to an immutable catalogue."""
