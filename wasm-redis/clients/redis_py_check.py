"""What redis-py does with a server: single commands, pipelines, Pub/Sub, scripts, streams, blocking calls.

Usage: redis_py_check.py PORT. Prints the client's version; fails at the first difference."""
import sys
import threading

import redis

port = int(sys.argv[1])


def connect(**options):
    return redis.Redis(host="127.0.0.1", port=port, decode_responses=True, **options)


client = connect()

assert client.set("bike:1", "Deimos", ex=100) is True
assert client.get("bike:1") == "Deimos"
assert client.hset("h", mapping={"a": 1, "b": 2}) == 2
assert client.hgetall("h") == {"a": "1", "b": "2"}
assert client.zadd("z", {"a": 1.5, "b": 2}) == 2
assert client.zrange("z", 0, -1, withscores=True) == [("a", 1.5), ("b", 2.0)]
try:
    client.incr("bike:1")
    raise AssertionError("a name was incremented")
except redis.ResponseError as error:
    assert str(error) == "value is not an integer or out of range"
assert redis.Redis(port=port).set("binary", bytes(range(256))) and redis.Redis(port=port).get("binary") == bytes(range(256))

pipeline = client.pipeline(transaction=False)
for _ in range(2000):
    pipeline.incr("n")
assert pipeline.execute() == list(range(1, 2001))
assert client.pipeline(transaction=True).set("a", 1).incr("a").execute() == [True, 2]
assert client.transaction(lambda pipe: (pipe.multi(), pipe.set("watched", 1)), "watched") == [True]

subscriber = client.pubsub()
subscriber.subscribe("news")
assert subscriber.get_message(timeout=None)["type"] == "subscribe"
assert client.publish("news", "hi") == 1
assert subscriber.get_message(timeout=None)["data"] == "hi"

script = client.register_script("return redis.call('INCRBY', KEYS[1], ARGV[1])")
assert script(keys=["counter"], args=[5]) == 5

popped = []
thread = threading.Thread(target=lambda: popped.append(connect().blpop("list", 0)))
thread.start()
client.rpush("list", "x")
thread.join()
assert popped == [("list", "x")]
assert client.xadd("stream", {"field": "value"}, id="1-1") == "1-1"
assert client.xread({"stream": 0}, block=0) == [["stream", [("1-1", {"field": "value"})]]]
with client.lock("lock", timeout=10):
    assert client.exists("lock") == 1
assert client.exists("lock") == 0
assert client.info("server")["redis_version"] == "7.0.15"

print(redis.__version__)
