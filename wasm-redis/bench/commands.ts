import { BenchmarkPath } from './benchmark-path.ts';
import { measureRow, type Measurement } from './measure.ts';
import { startNativeServer } from './native-server.ts';
import { type BenchOptions } from './options.ts';
import { type Path, type PathName } from './path.ts';
import { SocketPath } from './socket-path.ts';
import { startTcpPath } from './tcp-path.ts';

const START: Readonly<Record<PathName, () => Promise<Path>>> = {
  socket: () => SocketPath.start(),
  benchmark: () => BenchmarkPath.start(),
  tcp: startTcpPath,
};

/** Measures the selected rows on the selected paths. @param onRow told what comes next */
export async function measureCommands(options: BenchOptions, onRow: (name: string) => void): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const native = await startNativeServer();
  const paths = new Map<PathName, Path>();
  try {
    for (const name of options.paths) paths.set(name, await START[name]());
    for (const row of options.rows) {
      for (const pipeline of options.pipelines) {
        onRow(`${row.name}, pipeline ${pipeline}`);
        measurements.push(...(await measureRow(row, pipeline, native, paths, options.effort)));
      }
    }
  } finally {
    await Promise.all([native, ...paths.values()].map((path) => path.stop()));
  }
  return measurements;
}
