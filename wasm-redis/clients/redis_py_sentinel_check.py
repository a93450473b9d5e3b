"""redis-py in Sentinel mode: finds the primary and the replica, and goes on with the new primary.

Usage: redis_py_sentinel_check.py NAME PORT... Prints "written", waits for a line on standard input, which says that the
primary is gone and the replica has taken its place, and prints the client's version; fails at the first difference."""
import sys

import redis
from redis.sentinel import MasterNotFoundError, Sentinel

name, *ports = sys.argv[1:]
sentinel = Sentinel([("127.0.0.1", int(port)) for port in ports])
primary = sentinel.master_for(name, decode_responses=True)
replica = sentinel.slave_for(name, decode_responses=True)
before = sentinel.discover_master(name)
assert len(sentinel.discover_slaves(name)) == 1

assert primary.set("bike:1", "Deimos") is True
assert primary.wait(1, 0) == 1
assert replica.get("bike:1") == "Deimos"
try:
    replica.set("bike:1", "Phobos")
    raise AssertionError("a replica was written to")
except redis.ReadOnlyError:
    pass

print("written", flush=True)
sys.stdin.readline()

while True:
    try:
        assert primary.set("bike:2", "Phobos") is True
        break
    except (redis.ConnectionError, redis.ReadOnlyError, MasterNotFoundError):
        pass  # the connection to the old primary breaks, and the Sentinels have to agree first
assert primary.get("bike:1") == "Deimos"
assert sentinel.discover_master(name) != before

print(redis.__version__)
