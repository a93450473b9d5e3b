import { element } from './element.ts';

/** Offers a text, or bytes, as a file to be saved. */
export function saveFile(name: string, type: string, contents: string | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([contents], { type }));
  element('a', { href: url, download: name }).click();
  // The browser has the file by then; the address would keep it in memory for as long as the page lives.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
