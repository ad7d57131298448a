"""Runs past one machine: inputs cut into shards, each done by a worker somewhere and written as files of its own.

`listing` finds the inputs and `cutting` makes shards of them; `shard` does one; `ledger` knows which are done; `run`
goes through a whole run; `on_ray` alone knows of Ray.
"""
