import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { inlineParts } from './inline-parts.ts';
import { HEADER_ONLY, policy } from './policy.ts';

/**
 * Gives every finished page a Content-Security-Policy in a meta element, with the hashes of its own inline scripts, and
 * writes `_headers` (the format of several static hosts, and of `scripts/serve.ts`) with one policy for all pages.
 */
export function contentSecurityPolicy(): AstroIntegration {
  let base = '/';
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const all = { scripts: new Set<string>(), styles: new Set<string>() };
        let pages = 0;
        for await (const page of glob('**/*.html', { cwd: folder })) {
          const html = await readFile(folder + page, 'utf8');
          const parts = inlineParts(html, page);
          for (const script of parts.scripts) all.scripts.add(script);
          for (const style of parts.styles) all.styles.add(style);
          await writeFile(folder + page, withPolicy(html, policy(parts)));
          pages++;
        }
        await writeFile(`${folder}_headers`, headersFile(base, `${policy(all)}; ${HEADER_ONLY}`));
        logger.info(
          `${String(pages)} pages, ${String(all.scripts.size)} inline scripts, ${String(all.styles.size)} style elements`,
        );
      },
    },
  };
}

/** The policy stands before everything that it is to govern, after the character set, which must come within 1024 bytes. */
function withPolicy(html: string, text: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${text}">`;
  const placed = html.replace(/<meta charset="[^"]*"\s*\/?>/i, (charset) => charset + meta);
  if (placed === html) throw new Error('expected a page to declare its character set, so that a policy can follow it');
  return placed;
}

function headersFile(base: string, text: string): string {
  return `${base}*
  Content-Security-Policy: ${text}
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
  Referrer-Policy: same-origin
  X-Content-Type-Options: nosniff

${base}_astro/*
  Cache-Control: public, max-age=31536000, immutable

${base}sw.js
  Cache-Control: no-cache
`;
}
