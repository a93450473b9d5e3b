import type { SegmentEnd } from '../../../wasm-redis/machine.ts';
import { element } from '../../dom/element.ts';
import { hexDump } from '../topology/hex-dump.ts';
import { timeOfDay } from './row-list.ts';
import type { NamedRow } from './wire-filter.ts';

/** Everything that there is to say about one row, and its bytes. */
export class RowDetails {
  readonly root = element('div', { class: 'wp-details' });

  constructor() {
    this.show(undefined, 0, (text) => text);
  }

  /** @param nameAll gives a text its names of nodes */
  show(named: NamedRow | undefined, epochMs: number, nameAll: (text: string) => string): void {
    if (!named) {
      const hint =
        'Choose a line, with the pointer or the arrow keys, to see its fields and bytes. Escape lets the list follow again.';
      this.root.replaceChildren(element('p', {}, hint));
      return;
    }
    const { row, from, to, summary } = named;
    const about = [
      ['Time', timeOfDay(epochMs, row.uptimeMs)],
      ['From', `${from} (${addressWords(row.from)})`],
      ['To', `${to} (${addressWords(row.to)})`],
      ['Connection', `${row.connection}, from byte ${row.offset} of this direction`],
      ...row.details.map(([name, value]) => [nameAll(name), nameAll(value)] as const),
    ] as const;
    const fields = about.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
    this.root.replaceChildren(
      element('h4', {}, `${row.kind}: ${summary}`),
      element('dl', {}, ...fields),
      ...(row.bytes.length > 0 ? this.#bytes(named) : []),
    );
  }

  #bytes({ row }: NamedRow): HTMLElement[] {
    const { bytes, byteCount, offset } = row;
    const all = byteCount.toLocaleString('en');
    const words =
      bytes.length < byteCount ? `The first ${bytes.length.toLocaleString('en')} of ${all} bytes` : `${all} bytes`;
    const dump = element(
      'pre',
      { class: 'lp-text', tabindex: '0', role: 'region', 'aria-label': 'Bytes' },
      hexDump(bytes, offset),
    );
    return [element('p', {}, `${words}, as hexadecimal digits and as text:`), dump];
  }
}

function addressWords({ address, port }: SegmentEnd): string {
  return port === 0 ? address : `${address}:${port}`;
}
