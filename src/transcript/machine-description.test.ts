import { expect, test } from 'vitest';
import { readMachineDescription } from './machine-description.ts';

test('a page without a machine has a single server', () => {
  expect(readMachineDescription(undefined)).toEqual({ preset: 'single', server: [], clients: {} });
});

test('a page names a preset, or describes more', () => {
  expect(readMachineDescription('single').preset).toBe('single');
  expect(readMachineDescription({ server: ['--hz', 10], clients: { alice: ['-3'] } })).toEqual({
    preset: 'single',
    server: ['--hz', '10'],
    clients: { alice: ['-3'] },
  });
});

test('a description of another form is refused', () => {
  const refusal = (value: unknown) => {
    try {
      readMachineDescription(value);
    } catch (error) {
      return String(error);
    }
    throw new Error('it was not refused');
  };
  expect([refusal('tripple'), refusal({ sever: [] }), refusal({ server: 'x' }), refusal({ clients: { a: [{}] } })])
    .toMatchInlineSnapshot(`
    [
      "MachineDescriptionError: expected a preset, one of single, found \`"tripple"\` under \`machine:\` in the frontmatter",
      "MachineDescriptionError: expected \`machine: single\`, or \`machine:\` with \`preset: single\`, \`server: [--option, value]\` and \`clients: { alice: ['-3'] }\`, found \`{"sever":[]}\` under \`machine:\` in the frontmatter",
      "MachineDescriptionError: expected a list of words, found \`"x"\` under \`machine:\` in the frontmatter",
      "MachineDescriptionError: expected a list of words, found \`[{}]\` under \`machine:\` in the frontmatter",
    ]
  `);
});
