import { expect, test } from 'vitest';
import { archivesOf, revisionsOf, sourceEntries } from './debian-source.ts';

const DEB822 = `Types: deb
# a remark
URIs: http://debian.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://debian.example/debian-security
Suites: bookworm-security
Components: main

Types: deb
URIs: https://download.example.com/linux/debian
Suites: bookworm
Components: stable
`;

const ONE_LINE = `# deb http://old.debian.org/debian bookworm main
deb [arch=amd64] http://mirror.example/debian trixie main contrib
deb-src http://mirror.example/debian trixie main
deb http://security.debian.org/debian-security trixie-security main
deb https://packages.example.com/node nodistro main
`;

test('the Debian archives of both formats are found, those of others are not', () => {
  expect(archivesOf(DEB822)).toEqual([
    { uri: 'http://debian.example/debian', kind: 'main' },
    { uri: 'http://debian.example/debian-security', kind: 'security' },
  ]);
  expect(archivesOf(ONE_LINE)).toEqual([
    { uri: 'http://mirror.example/debian', kind: 'main' },
    { uri: 'http://security.debian.org/debian-security', kind: 'security' },
  ]);
});

test('the entries for sources name the suite of the release, whatever suite the machine runs', () => {
  expect(sourceEntries(archivesOf(ONE_LINE), 'bookworm', '/keys.gpg')).toBe(
    `deb-src [signed-by=/keys.gpg] http://mirror.example/debian bookworm main
deb-src [signed-by=/keys.gpg] http://mirror.example/debian bookworm-updates main
deb-src [signed-by=/keys.gpg] http://security.debian.org/debian-security bookworm-security main
`,
  );
});

test('only revisions of the wanted version are taken', () => {
  const offered = ['5:7.0.15-1~deb12u5', '5:8.0.6-1', '5:7.0.15-1~deb12u10', '5:7.0.150-1', '5:7.0.15-1~deb12u5'];
  const showsrc = offered.map((version) => `Package: redis\nVersion: ${version}\nFormat: 3.0\n`).join('\n');
  expect(revisionsOf(showsrc, '7.0.15')).toEqual(['5:7.0.15-1~deb12u5', '5:7.0.15-1~deb12u10']);
});
