"""How fast the pipeline is beside other tools, and how its cost grows: `python -m benchmarks --help`."""
