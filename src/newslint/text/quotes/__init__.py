"""The structure of quotations: which mark opens, which closes, which is an apostrophe or a prime.

Every mark is read in the light of its neighbours and of the marks around it: each possible reading of
a paragraph (this opens, that is an apostrophe, this closes the wrong pair …) has a cost, and the
cheapest one wins. What it could only read at the price of a fault becomes a `Fault`.

Only marks are visited (`marks.py`). Each has a shape, by the characters on both sides of it. A paragraph in which every
mark can be but one thing by its shape is paired off at once, and the same row of shapes only once (`analysis.py`). Of any other one
(`doubts.py`) the marks are reduced to a short string of what each costs as what (`costs.py`, `pairs.py`), so that the same
arrangement of marks is searched once (`readings.py`). Linear in the number of marks.
"""
