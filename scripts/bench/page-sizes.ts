import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureFiles, type Size } from '../../wasm-redis/bench/sizes.ts';
import { ROOT } from '../build-engine/places.ts';
import { ON_DEMAND_LIMITS } from '../sizes/limits.ts';
import { scriptsOf } from '../sizes/page-scripts.ts';

/** The built site. */
export const SITE = join(ROOT, 'dist');

/** The JavaScript of every page of the built site, as it is loaded and with the terminal open; nothing without a site. */
export async function measurePages(): Promise<Size[]> {
  if (!existsSync(SITE)) return [];
  const text = (path: string): string => readFileSync(join(SITE, path), 'utf8');
  const files = (paths: ReadonlySet<string>): string[] => [...paths].map((path) => join(SITE, path));
  const sizes = globSync('**/*.html', { cwd: SITE })
    .sort()
    .flatMap((page) => {
      const { withPage, everything } = scriptsOf(text(page), text, process.env['BASE'], ON_DEMAND_LIMITS);
      return [
        measureFiles(`${page}, scripts`, files(withPage)),
        measureFiles(`${page}, with terminal`, files(everything)),
      ];
    });
  return Promise.all(sizes);
}
