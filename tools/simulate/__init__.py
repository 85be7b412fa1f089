"""Three school years in a minute or two: ``python -m tools.simulate``.

Use cases and storage only: the clock jumps from one due moment to the next, outbox rows are counted, nothing
is sent. One meeting per school and period, with its référente and its contact; the weekly digest of the
whole team; restarts (a new engine, nothing in memory) and outages at random. What must come is reckoned
beside, from the rules and the outages alone; every reminder and every digest must be there once.
"""
