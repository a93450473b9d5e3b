import type { CommandArgument } from './engine-reply.ts';

/**
 * The arguments as a line, the way `redis-cli` prints its help: `key [EX seconds | PX milliseconds]`. Optional is in
 * brackets, repeated ends in an ellipsis, a choice that must be made is in angle brackets.
 */
export function renderSyntax(args: readonly CommandArgument[]): string {
  return args.map((argument) => renderArgument(argument, args.length > 1)).join(' ');
}

function renderArgument(argument: CommandArgument, amongOthers: boolean): string {
  const flags = new Set(argument.flags);
  const inner = renderInner(argument);
  const { token } = argument;
  const isChoice = argument.type === 'oneof';
  const repeated = flags.has('multiple');
  const bracketed = flags.has('optional') && !repeated && token === undefined;
  const name = isChoice && (amongOthers || repeated) && !bracketed ? `<${inner}>` : inner;
  const withToken = token === undefined ? name : name === '' ? quote(token) : `${quote(token)} ${name}`;
  const again = flags.has('multiple_token') ? withToken : name;
  const whole = repeated ? `${withToken} [${again} ...]` : withToken;
  return flags.has('optional') ? `[${whole}]` : whole;
}

function renderInner({ type, name, token, arguments: parts = [] }: CommandArgument): string {
  // SENTINEL SIMULATE-FAILURE's words are in their names only.
  if (type === 'pure-token') return token === undefined ? name : '';
  // Inside of a choice the bars separate well enough.
  if (type === 'oneof') return parts.map((part) => renderArgument(part, false)).join(' | ');
  return type === 'block' ? renderSyntax(parts) : name;
}

/** MIGRATE has a token that is the empty string. */
function quote(token: string): string {
  return token === '' ? '""' : token;
}

const TYPES: Readonly<Record<CommandArgument['type'], string>> = {
  string: 'text',
  integer: 'whole number',
  double: 'number',
  key: 'key',
  pattern: 'glob pattern',
  'unix-time': 'Unix time',
  'pure-token': 'option',
  oneof: 'one of these',
  block: 'these together',
};

/** An argument for a reader who hears the list instead of seeing the line. */
export interface ArgumentItem {
  /** As typed: `EX seconds`. Empty for a choice without a word of its own. */
  typed: string;
  /** `whole number, optional, since 6.2.0`. */
  kind: string;
  parts: readonly ArgumentItem[];
}

/** The arguments as nested items, in order. `commandSince` keeps `since` off what is as old as the command. */
export function listArguments(args: readonly CommandArgument[], commandSince?: string): ArgumentItem[] {
  return args.map((argument) => {
    const { type, token, name, flags = [], since, deprecated_since: deprecated, arguments: parts = [] } = argument;
    const isWordless = type === 'oneof' || type === 'block' || (type === 'pure-token' && token !== undefined);
    const ownName = isWordless ? undefined : name;
    const typed = [token === undefined ? undefined : quote(token), ownName].filter((word) => word !== undefined);
    const kind = [
      TYPES[type],
      flags.includes('optional') ? 'optional' : undefined,
      flags.includes('multiple') ? 'may be repeated' : undefined,
      since !== undefined && since !== commandSince ? `since ${since}` : undefined,
      deprecated === undefined ? undefined : `deprecated since ${deprecated}`,
    ];
    return {
      typed: typed.join(' '),
      kind: kind.filter((word) => word !== undefined).join(', '),
      parts: listArguments(parts, since ?? commandSince),
    };
  });
}
