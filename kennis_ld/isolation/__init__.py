"""Strangers' queries in processes of their own: the worker, its sandbox, the pool, admission control."""
