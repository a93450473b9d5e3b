import { openLab, openPanel, says } from './lab-panel.ts';
import { test } from './test.ts';

test('a primary is killed by a button: the Sentinels agree on another, and the old one comes back as its replica', async ({
  page,
  terminal,
}) => {
  await openLab(page, 'sentinel');
  const clock = await openPanel(page, 'Clock and rewind');
  const faults = await openPanel(page, 'Faults');
  const pass = async (seconds: string): Promise<void> => {
    await clock.getByLabel('Seconds of the machine’s time').fill(seconds);
    await clock.getByRole('button', { name: 'Let them pass' }).click();
    await says(clock, `${seconds} s have passed.`);
  };
  await terminal.selectTab('sentinel-1');
  await terminal.shows(/^10\.0\.0\.11:26379>/m);
  await terminal.type('SENTINEL get-master-addr-by-name mymaster');
  await terminal.shows('1) "10.0.0.1"');
  await terminal.type('SUBSCRIBE +switch-master');
  await terminal.shows('3) (integer) 1');
  await terminal.selectTab('redis-1');
  await terminal.shows(/^10\.0\.0\.1:6379>/m);
  await terminal.type('SET bike:1 Deimos', 'WAIT 2 1000');
  await terminal.shows('(integer) 2');

  await faults.getByLabel('Node', { exact: true }).selectOption('redis-1');
  await faults.getByRole('button', { name: 'Kill', exact: true }).click();
  await says(faults, 'Done: kill redis-1.');
  await pass('20');
  await terminal.selectTab('sentinel-1');
  const switched = /"\+switch-master"\n3\) "mymaster 10\.0\.0\.1 6379 10\.0\.0\.([23]) 6379"/;
  await terminal.shows(switched);
  const [, promoted = ''] = switched.exec(await terminal.text()) ?? [];
  await terminal.selectTab(`redis-${promoted}`);
  await terminal.type('ROLE', 'GET bike:1');
  await terminal.shows(/1\) "master"\n[^]*"Deimos"/);
  await terminal.selectTab(promoted === '2' ? 'redis-3' : 'redis-2');
  await terminal.type('ROLE');
  await terminal.shows(new RegExp(`1\\) "slave"\\n2\\) "10\\.0\\.0\\.${promoted}"\\n[^]*"connected"`));

  await faults.getByRole('button', { name: 'Take back: redis-1 is not running' }).click();
  await says(faults, 'Done: restart redis-1.');
  await pass('15');
  await terminal.selectTab('redis-1');
  // redis-cli finds its connection gone, and connects anew for the next command.
  await terminal.type('ROLE');
  await terminal.shows('not connected>');
  await terminal.type('ROLE');
  await terminal.shows(new RegExp(`1\\) "slave"\\n2\\) "10\\.0\\.0\\.${promoted}"\\n[^]*"connected"`));
});
