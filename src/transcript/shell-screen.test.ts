import { describe, expect, test } from 'vitest';
import { startTopology } from '../../wasm-redis/lab/start-topology.ts';
import { TOPOLOGIES } from '../../wasm-redis/lab/presets.ts';
import { startMachine } from '../../wasm-redis/tests/rig.ts';
import { parseTranscript } from './parse.ts';
import { Player, type PlayedStep } from './play.ts';

/** Plays a transcript on the machine of a preset. */
async function play(source: string, preset: keyof typeof TOPOLOGIES = 'single'): Promise<PlayedStep[]> {
  const lab = await startTopology(startMachine(), TOPOLOGIES[preset]);
  return new Player(lab).play(parseTranscript(source));
}

/** The steps that did not print what stands there. */
async function differences(source: string, preset?: keyof typeof TOPOLOGIES): Promise<unknown[]> {
  const played = await play(source, preset);
  return played.filter(({ outcome }) => outcome !== 'same').map(({ step, reply, failure }) => [step, reply, failure]);
}

describe('the shell of a transcript', () => {
  test('prints what its line prints, also of several commands, loops and substitutions', async () => {
    expect(
      await differences(`$ for i in 1 2 3; do redis-cli SET k:$i $i; done | uniq -c
      3 OK
$ redis-cli --scan --pattern 'k:*' | sort | head -1 && echo "found $?"
k:1
found 0`),
    ).toEqual([]);
  });

  test('waits for time that a transcript lets pass', async () => {
    expect(
      await differences(`$ sleep 2; echo done
# wait 1s
$
# wait 1s
$
done
> PING
PONG`),
    ).toEqual([]);
  });

  test('jobs go on while clients block and while time passes, at the right times', async () => {
    expect(
      await differences(`$ while sleep 1; do redis-cli RPUSH q x > /dev/null; done &
[1] ...
> BLPOP q 0
1) "q"
2) "x"
(1.00s)
> LLEN q
(integer) 0
# wait 5s
> LLEN q
(integer) 5
$ kill %1`),
    ).toEqual([]);
  });

  test('takes a here-document and a loop over several lines', async () => {
    expect(
      await differences(`$ cat > small.conf <<END
$ port 6390
$ maxmemory 1mb
$ END
$ wc -l small.conf
2 small.conf
$ for name in a b; do
$   echo $name
$ done
a
b`),
    ).toEqual([]);
  });

  test('says at once that a quote has no end', async () => {
    expect(
      await differences(`$ echo "open\nbash: unexpected EOF while looking for matching \`"'\n$ echo $?\n2`),
    ).toEqual([]);
  });

  test('knows nodes by name, and orders faults', async () => {
    const [primary, copy] = TOPOLOGIES.replication.nodes;
    expect(
      await differences(
        `$ on ${copy?.name ?? ''} redis-cli ROLE | head -1
slave
$ fault kill ${primary?.name ?? ''}
$ redis-cli -h ${primary?.host ?? ''} PING
Could not connect to Redis at ${primary?.host ?? ''}:6379: Connection refused
$ fault melt ${primary?.name ?? ''}; echo $?
fault: expected a fault: ...
1
$ on nobody ls
on: nobody: no node of that name, and no address`,
        'replication',
      ),
    ).toEqual([]);
  });

  test('shows the faults that are to come, and takes one back', async () => {
    expect(
      await differences(
        `$ fault kill redis-2 after 3s
$ fault stop redis-3 after 5s
$ fault | grep 'Due in'
Due in 3s: kill redis-2
Due in 5s: stop redis-3
$ fault cancel kill redis-2
$ fault | grep 'Due in'
Due in 5s: stop redis-3
$ fault cancel kill redis-2
fault: expected a fault that is still to come, found \`kill redis-2\`. Scheduled: \`stop redis-3\`.
# fault: cancel stop redis-3
$ fault | grep 'Due in' || echo nothing
nothing`,
        'replication',
      ),
    ).toEqual([]);
  });

  test('a line that takes no time and never ends is a failure, and Ctrl-C ends it', async () => {
    const [step] = await play('$ while true; do :; done\n$ echo after');
    expect(step?.failure?.found).toBe('it never returns');
    expect(await differences('$ while true; do :; done\n$ ^C\n$ echo $?\n130')).toEqual([]);
  });
});
