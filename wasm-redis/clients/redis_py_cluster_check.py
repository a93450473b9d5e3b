"""redis-py in cluster mode: every key finds its node, pipelines are divided, a slot that moves is followed.

Usage: redis_py_cluster_check.py PORT. Prints the client's version; fails at the first difference."""
import sys

import redis
from redis.cluster import RedisCluster
from redis.exceptions import RedisClusterException

cluster = RedisCluster(host="127.0.0.1", port=int(sys.argv[1]), decode_responses=True)
assert len(cluster.get_primaries()) == 3

names = [f"key:{at}" for at in range(300)]
assert all(cluster.set(name, name) for name in names)
assert [cluster.get(name) for name in names] == names
assert cluster.dbsize(target_nodes=RedisCluster.PRIMARIES) == 300

pipeline = cluster.pipeline()
for name in names:
    pipeline.append(name, "!")
assert pipeline.execute() == [len(name) + 1 for name in names]

assert cluster.mset_nonatomic({"{tag}a": 1, "{tag}b": 2}) == [True]
assert cluster.mget("{tag}a", "{tag}b") == ["1", "2"]
try:
    cluster.mget("key:1", "key:2")
    raise AssertionError("keys of two slots were read at once")
except RedisClusterException as error:
    assert "slot" in str(error)

slot = cluster.keyslot("{tag}a")
source = cluster.get_node_from_key("{tag}a")
target = next(node for node in cluster.get_primaries() if node != source)
ids = {node.name: cluster.cluster_myid(node) for node in (source, target)}
cluster.execute_command("CLUSTER SETSLOT", slot, "IMPORTING", ids[source.name], target_nodes=target)
cluster.execute_command("CLUSTER SETSLOT", slot, "MIGRATING", ids[target.name], target_nodes=source)
cluster.execute_command(
    "MIGRATE", target.host, target.port, "", 0, 5000, "KEYS", "{tag}a", "{tag}b", target_nodes=source
)
for node in (target, source):
    cluster.execute_command("CLUSTER SETSLOT", slot, "NODE", ids[target.name], target_nodes=node)
assert cluster.get("{tag}a") == "1"
assert cluster.get_node_from_key("{tag}a") == target

print(redis.__version__)
