"""Runs: inputs to a folder of outputs, with everything that a run must survive."""
