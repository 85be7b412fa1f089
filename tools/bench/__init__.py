"""How fast, how soon, how big: figures on this machine. `python -m tools.bench`"""
