import type { AstroIntegration } from 'astro';
import { spawn, type ChildProcess } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Editors write a file several times in a row; the check waits for the last. */
const PAUSE_MS = 200;

/** Runs `lessons:check` in `npm run dev` on each lesson that is saved, and prints what it says. */
export function lessonWatch(): AstroIntegration {
  return {
    name: 'lesson-watch',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        const root = server.config.root;
        const script = fileURLToPath(new URL('../../scripts/check-lessons.ts', import.meta.url));
        let timer: NodeJS.Timeout | undefined;
        let running: ChildProcess | undefined;
        server.watcher.on('change', (path) => {
          if (!/\/content\/docs\/lessons\/[^/]+\.mdx$/.test(path)) return;
          clearTimeout(timer);
          timer = setTimeout(() => {
            // What was saved since makes its answer worthless.
            running?.kill();
            const check = spawn(process.execPath, [script, relative(root, path)], { cwd: root });
            running = check;
            let printed = '';
            check.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
            check.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
            check.on('error', (error) => logger.error(error.message));
            check.on('close', (code, signal) => {
              if (signal !== null) return;
              if (code === 0) logger.info(printed.trim());
              else logger.error(`\n${printed.trim()}`);
            });
          }, PAUSE_MS);
        });
        server.httpServer?.on('close', () => {
          clearTimeout(timer);
          running?.kill();
        });
      },
    },
  };
}
