"""CommonMark with tables, as far as it takes to know which words a reader sees and where they stand.

No other parser says where in the file a word behind an entity or a link stands.
Specification: https://spec.commonmark.org/0.31.2/
"""
