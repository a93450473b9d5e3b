import { type Template, one } from './template.ts';

const CONFIGURABLE = [
  'hash-max-listpack-entries',
  'hash-max-listpack-value',
  'list-max-listpack-size',
  'list-compress-depth',
  'set-max-intset-entries',
  'zset-max-listpack-entries',
  'zset-max-listpack-value',
  'stream-node-max-entries',
  'stream-node-max-bytes',
  'hll-sparse-max-bytes',
  'active-expire-effort',
] as const;
const NAMED = [
  'notify-keyspace-events',
  'maxmemory-samples',
  'lua-time-limit',
  'sanitize-dump-payload',
  'acl-pubsub-default',
  'lazyfree-lazy-user-del',
  'rdbcompression',
  'timeout',
  'no-such',
  'port',
  'databases',
] as const;
const SETTINGS: readonly (readonly string[])[] = [
  ['notify-keyspace-events', 'KEA'],
  ['notify-keyspace-events', 'Ex$'],
  ['notify-keyspace-events', ''],
  ['notify-keyspace-events', 'q'],
  ['maxmemory-samples', '0'],
  ['timeout', '-1'],
  ['databases', '3'],
  ['no-such', '1'],
  ['lazyfree-lazy-user-del', 'yes'],
  ['lazyfree-lazy-user-del', 'maybe'],
  ['sanitize-dump-payload', 'yes'],
  ['sanitize-dump-payload', 'clients'],
  ['list-max-listpack-size', '-2', 'list-compress-depth', '1'],
  ['list-compress-depth', '1', 'list-compress-depth', '2'],
  ['list-max-listpack-size', '-3'],
  ['active-expire-effort', '11'],
  ['rdbcompression', 'no'],
];

/** Every parameter that a sequence may change: it is set back before the next. */
export const CHANGED_PARAMETERS: readonly string[] = [...CONFIGURABLE, ...NAMED.slice(0, 8)];

/** CONFIG. */
export const SETTING_TEMPLATES: Readonly<Record<string, Template>> = {
  'config|get': ({ dice }) => [
    ['CONFIG', 'GET', dice.one(['*', 'max*', '*-entries', 'lua-*', ...CONFIGURABLE, ...NAMED])],
  ],
  'config|set': ({ dice }) => [
    [
      'CONFIG',
      'SET',
      ...(dice.chance(0.6)
        ? [dice.one(CONFIGURABLE), dice.one(['1', '2', '4', '16', '64', '128', '512', 'x'])]
        : dice.one(SETTINGS)),
    ],
  ],
  'config|rewrite': one(['CONFIG', 'REWRITE']),
};
