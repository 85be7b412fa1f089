"""Updates nobody would send, and what must hold all the same. `python -m tools.fuzz`"""
