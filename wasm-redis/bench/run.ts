/** `npm run bench`: our server against a native one, side by side on this machine. */
import { parseOptions } from './options.ts';
import { measureRow, type Measurement } from './measure.ts';
import { NativeServer } from './native-server.ts';
import { type Path, type PathName } from './path.ts';
import { BenchmarkPath } from './benchmark-path.ts';
import { SocketPath } from './socket-path.ts';
import { TcpPath } from './tcp-path.ts';
import { formatCount, formatTable } from './table.ts';

const START: Readonly<Record<PathName, () => Promise<Path>>> = {
  socket: () => SocketPath.start(),
  benchmark: () => BenchmarkPath.start(),
  tcp: () => TcpPath.start(),
};

const options = parseOptions(process.argv.slice(2));
const native = await NativeServer.start();
const paths = new Map<PathName, Path>();
const measurements: Measurement[] = [];
try {
  for (const name of options.paths) paths.set(name, await START[name]());
  for (const row of options.rows) {
    for (const pipeline of options.pipelines) {
      process.stderr.write(`${row.name}, pipeline ${pipeline}\n`);
      measurements.push(...(await measureRow(row, pipeline, native, paths, options.effort)));
    }
  }
} finally {
  await Promise.all([native, ...paths.values()].map((path) => path.stop()));
}
if (options.json) console.log(JSON.stringify(measurements));
else {
  console.log(
    formatTable(
      ['commands/s', 'pipeline', 'path', 'wasm', 'native', 'ratio'],
      measurements.map(({ name, pipeline, path, wasm, native, ratio }) => [
        name,
        String(pipeline),
        path,
        formatCount(wasm),
        formatCount(native),
        ratio.toFixed(2),
      ]),
    ),
  );
}
