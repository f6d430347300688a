"""The roster of an agency as a file: from CSV or XLSX to entries, or to all that is wrong with it."""
