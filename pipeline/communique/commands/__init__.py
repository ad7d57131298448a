"""The commands of `communique`, a module each: they parse, call and print; nothing else."""
