import { expect, test } from 'vitest';
import { readMachineDescription } from './machine-description.ts';

test('a page without a machine has a single server', () => {
  expect(readMachineDescription(undefined)).toEqual({ topology: 'single', server: [], clients: {} });
});

test('a page names a preset, or describes more', () => {
  expect(readMachineDescription('sentinel').topology).toBe('sentinel');
  expect(readMachineDescription({ server: ['--hz', 10], clients: { alice: ['-3'] } })).toEqual({
    topology: 'single',
    server: ['--hz', '10'],
    clients: { alice: ['-3'] },
  });
});

function refusal(value: unknown): string {
  try {
    readMachineDescription(value);
  } catch (error) {
    return String(error);
  }
  throw new Error('it was not refused');
}

test('a page lists its nodes, with the defaults of a topology', () => {
  const nodes = [{ name: 'shop' }, { name: 'copy', replicaOf: 'shop' }];
  const { topology, clients } = readMachineDescription({ nodes, clients: { app: ['-c'] } });
  expect(topology).toMatchObject({
    nodes: [
      { name: 'shop', host: '10.0.0.1' },
      { name: 'copy', port: 6379 },
    ],
  });
  expect(clients).toEqual({ app: ['-c'] });
});

test('what is wrong with a node is said as the topology says it', () => {
  expect(refusal({ nodes: [{ name: 'copy', replicaOf: 'shop' }] })).toBe(
    'Error: copy: expected the name of another server: there is none, found shop, under `machine:` in the frontmatter',
  );
});

test('preset and nodes exclude each other, and only a single server has further options', () => {
  expect(refusal({ preset: 'cluster', nodes: [{ name: 'a' }] })).toMatch(/expected either `preset:` or `nodes:`/);
  expect(refusal({ preset: 'cluster', server: ['--hz', '10'] })).toMatch(/`server:` with the preset single only/);
});

test('a description of another form is refused', () => {
  expect([refusal('tripple'), refusal({ sever: [] }), refusal({ server: 'x' }), refusal({ clients: { a: [{}] } })])
    .toMatchInlineSnapshot(`
      [
        "MachineDescriptionError: expected a preset, one of single, replication, sentinel, cluster, benchmark, files, found \`"tripple"\` under \`machine:\` in the frontmatter",
        "MachineDescriptionError: expected \`machine:\` with the name of a preset (single, replication, sentinel, cluster, benchmark, files), or with \`preset:\` or \`nodes:\`, and what belongs to it: \`server: [--option, value]\` with the preset single, \`clients: { alice: ['-3'] }\`, found \`{"sever":[]}\` under \`machine:\` in the frontmatter",
        "MachineDescriptionError: expected a list of words, found \`"x"\` under \`machine:\` in the frontmatter",
        "MachineDescriptionError: expected a list of words, found \`[{}]\` under \`machine:\` in the frontmatter",
      ]
    `);
});
