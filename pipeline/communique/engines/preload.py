"""Imported by the server from which processes are forked, once, before the first."""

from communique.engines.child import preload

preload()
