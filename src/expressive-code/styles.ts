/**
 * Styles of transcripts, their bar and their replies, nested by Expressive Code under `.expressive-code`. The colours
 * are custom properties per theme; each keeps 4.5:1 on the ground of a code block (tested by axe on every lesson).
 */
export const transcriptStyles = `
  --redis-command: hsl(171 55% 62%);
  --redis-key: hsl(207 85% 78%);
  --redis-string: hsl(88 42% 70%);
  --redis-number: hsl(38 85% 70%);
  --redis-note: hsl(197 9% 66%);
  --redis-error: hsl(8 85% 74%);
  :root[data-theme='light'] & {
    --redis-command: hsl(178 84% 19%);
    --redis-key: hsl(214 75% 36%);
    --redis-string: hsl(95 65% 22%);
    --redis-number: hsl(28 90% 28%);
    --redis-note: hsl(199 8% 36%);
    --redis-error: hsl(5 75% 38%);
  }
  .redis-prompt { color: var(--redis-note); user-select: none; -webkit-user-select: none }
  .redis-command { color: var(--redis-command); font-weight: 600 }
  .redis-option { color: var(--redis-command) }
  .redis-key { color: var(--redis-key) }
  .redis-string { color: var(--redis-string) }
  .redis-number { color: var(--redis-number) }
  .redis-note { color: var(--redis-note) }
  .redis-remark { color: var(--redis-note); font-style: italic }
  .redis-error { color: var(--redis-error) }

  .redis-bar {
    display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem;
    padding: 0.35rem 0.6rem;
    border: 1px solid var(--ec-brdCol, currentColor); border-block-start: none;
    font-family: var(--__sl-font); font-size: 0.875rem; line-height: 1.4;
    @media (scripting: none) { display: none }
    @media print { display: none }
  }
  .redis-bar button {
    min-height: 2rem; padding: 0.15rem 0.9rem;
    border: 1px solid var(--redis-command); border-radius: 0.35rem;
    background: transparent; color: var(--redis-command);
    font: inherit; font-weight: 600; cursor: pointer;
    @media (pointer: coarse) { min-height: 2.75rem }
    &:hover { background: color-mix(in srgb, var(--redis-command) 14%, transparent) }
    &[aria-disabled='true'] { cursor: progress; opacity: 0.7 }
  }
  .redis-bar button.redis-quiet { border-color: transparent; font-weight: 400 }
  .redis-status { color: var(--redis-note); flex: 1 1 12rem; min-width: 0 }
  .redis-result {
    margin: 0; padding: 0.75rem 1rem;
    border: 1px solid var(--ec-brdCol, currentColor); border-block-start: none;
    font-family: var(--__sl-font-mono); font-size: var(--sl-text-code); line-height: 1.5;
  }
  .redis-typed { color: var(--redis-note) }
  .redis-step + .redis-step { margin-block-start: 0.35rem }
  .redis-line { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; min-height: 1lh }
  .redis-differs { border-inline-start: 3px solid var(--redis-number); padding-inline-start: 0.6rem }
  .redis-mark { font-family: var(--__sl-font); font-size: 0.8125rem; font-weight: 600; color: var(--redis-number) }
`;
