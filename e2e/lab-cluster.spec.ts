import { openLab, openPanel, says } from './lab-panel.ts';
import { test } from './test.ts';

test('a cluster redirects, loses a primary by a button, promotes its replica, and has every key', async ({
  page,
  terminal,
}) => {
  await openLab(page, 'cluster');
  const clock = await openPanel(page, 'Clock and rewind');
  const faults = await openPanel(page, 'Faults');
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await terminal.type('SET bike:1 Deimos', 'SET foo bar');
  await terminal.shows('(error) MOVED 12182 10.0.0.3:6379');
  await terminal.type('exit');
  await terminal.shows(/^\$$/m);
  await terminal.type('redis-cli -c -h 10.0.0.1');
  await terminal.shows(/\n10\.0\.0\.1:6379>$/);
  await terminal.type('SET foo bar');
  await terminal.shows(/-> Redirected to slot \[12182\] located at 10\.0\.0\.3:6379\nOK\n/);
  await terminal.type('exit');
  await terminal.shows(/\$$/);

  await faults.getByLabel('Node', { exact: true }).selectOption('redis-3');
  await faults.getByRole('button', { name: 'Kill', exact: true }).click();
  await says(faults, 'Done: kill redis-3.');
  await clock.getByLabel('Seconds of the machine’s time').fill('30');
  await clock.getByRole('button', { name: 'Let them pass' }).click();
  await says(clock, '30 s have passed.');

  await terminal.type('redis-cli -h 10.0.0.1 CLUSTER INFO | head -1');
  await terminal.shows('cluster_state:ok');
  await terminal.type('redis-cli -c -h 10.0.0.1 GET foo');
  await terminal.shows('"bar"');
  await terminal.selectTab('redis-6');
  await terminal.type('ROLE');
  await terminal.shows('1) "master"');
});
