import type { FidelitySection } from './section.ts';

/** Reads lines of the form `subject | difference`; `#` begins a remark. Throws, with the line, if one has another form. */
export function readDifferences(text: string): [subject: string, difference: string][] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [subject, difference, ...rest] = line.split(' | ');
      if (!subject || !difference || rest.length > 0)
        throw new Error(`differences.txt: expected "subject | difference", found "${line}"`);
      return [subject, difference];
    });
}

/** What differs by design. */
export function designSection(differences: readonly (readonly [string, string])[]): FidelitySection {
  return {
    heading: 'By design',
    sentences: [
      'The program is upstream’s own, unchanged and compiled to WebAssembly. The machine around it is a different one.',
    ],
    tables: [{ caption: 'Differences by design', head: ['Subject', 'Difference'], rows: differences }],
  };
}
