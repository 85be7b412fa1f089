"""Kill -9 at random moments while teachers write, and see that nothing is lost. `python -m tools.torture`"""
