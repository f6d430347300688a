"""Question banks as tables, one question a row: what XLSX and CSV have in common.

`columns` says which columns there are, `table` finds them in a file, `reading` makes questions of rows and `writing` rows of questions.
"""
