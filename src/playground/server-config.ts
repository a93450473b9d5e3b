/**
 * `redis.conf` as Redis reads and rewrites it: one directive a line, its name in any case, remarks after `#`. What is not
 * understood here stays as it is, so that whatever CONFIG REWRITE has written is kept.
 */

/** The configuration that a new playground begins with. */
export const FIRST_CONFIG = `# The playground's server. Change it in the options, by CONFIG SET and CONFIG REWRITE, or in a terminal.
port 6379
dir /data
logfile redis.log
maxmemory 256mb
maxmemory-policy noeviction
appendonly yes
appendfsync everysec
save 3600 1 300 100 60 10000
databases 16
enable-debug-command yes
`;

/** The value of a directive, quotes removed. Of several lines the last counts; `save` adds up. Undefined if there is none. */
export function readDirective(config: string, name: string): string | undefined {
  const values = config
    .split('\n')
    .filter((line) => directiveOf(line) === name)
    .map((line) => unquote(line.trim().slice(name.length).trim()));
  return name === 'save' && values.length > 0 ? values.filter((value) => value !== '').join(' ') : values.at(-1);
}

/** The configuration with a directive set, in the place of its first line if it had one. */
export function writeDirective(config: string, name: string, value: string): string {
  const line = `${name} ${value === '' ? '""' : value}`;
  const lines = config.split('\n');
  const first = lines.findIndex((old) => directiveOf(old) === name);
  if (first < 0) return `${config.replace(/\n*$/, '\n')}${line}\n`;
  lines[first] = line;
  return lines.filter((old, at) => at <= first || directiveOf(old) !== name).join('\n');
}

function directiveOf(line: string): string | undefined {
  return /^\s*([a-z][\w-]*)/i.exec(line)?.[1]?.toLowerCase();
}

function unquote(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value;
}
