const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * A time in UTC, as date(1) writes it.
 *
 * @param ms since the Unix epoch
 * @param format with `%` and a letter; what has no meaning here stays as it is
 */
export function formatDate(ms: number, format = '%a %b %e %H:%M:%S %Z %Y'): string {
  const date = new Date(Math.floor(ms));
  const two = (value: number): string => String(value).padStart(2, '0');
  const fields: Readonly<Record<string, string>> = {
    a: DAYS[date.getUTCDay()]?.slice(0, 3) ?? '',
    A: DAYS[date.getUTCDay()] ?? '',
    b: MONTHS[date.getUTCMonth()]?.slice(0, 3) ?? '',
    B: MONTHS[date.getUTCMonth()] ?? '',
    d: two(date.getUTCDate()),
    e: String(date.getUTCDate()).padStart(2),
    F: date.toISOString().slice(0, 10),
    H: two(date.getUTCHours()),
    j: String(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000) + 1).padStart(3, '0'),
    m: two(date.getUTCMonth() + 1),
    M: two(date.getUTCMinutes()),
    n: '\n',
    N: String(Math.round((ms % 1000) * 1_000_000)).padStart(9, '0'),
    s: String(Math.floor(ms / 1000)),
    S: two(date.getUTCSeconds()),
    T: date.toISOString().slice(11, 19),
    u: String(date.getUTCDay() || 7),
    y: two(date.getUTCFullYear() % 100),
    Y: String(date.getUTCFullYear()),
    z: '+0000',
    Z: 'UTC',
    '%': '%',
  };
  const milliseconds = String(Math.floor(ms % 1000)).padStart(3, '0');
  return format.replaceAll('%3N', milliseconds).replace(/%(.)/g, (whole, letter: string) => fields[letter] ?? whole);
}
