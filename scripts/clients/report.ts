/** What vitest's JSON reporter says of a file. */
export interface VitestFile {
  name: string;
  assertionResults: { status: string; title: string }[];
}

/** One client library, as its tests went. */
export interface ClientReport {
  client: string;
  version: string;
  passed: number;
  failed: number;
  skipped: number;
  /** Names of the tests that passed. */
  tests: string[];
}

/**
 * One report for each file of tests, by the client's name.
 *
 * @param versions by client; one without a version is `not here`
 */
export function clientReports(
  files: readonly VitestFile[],
  versions: Readonly<Record<string, string | undefined>>,
  clientOf: (file: string) => string,
): ClientReport[] {
  return files
    .map(({ name, assertionResults }) => {
      const client = clientOf(name);
      const passed = assertionResults.filter(({ status }) => status === 'passed');
      const failed = assertionResults.filter(({ status }) => status === 'failed').length;
      return {
        client,
        version: versions[client] ?? 'not here',
        passed: passed.length,
        failed,
        skipped: assertionResults.length - passed.length - failed,
        tests: passed.map(({ title }) => title),
      };
    })
    .sort((a, b) => (a.client < b.client ? -1 : 1));
}
