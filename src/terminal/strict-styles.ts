/**
 * Lets xterm style itself under a Content-Security-Policy that forbids `<style>` elements.
 *
 * While `open` runs (it must be synchronous), the elements that xterm believes to be style elements are inert templates
 * whose text goes to constructed style sheets instead, which the policy allows: they cannot come from markup. xterm offers no
 * option for it; its `documentOverride` does not reach every place.
 *
 * Returns what takes the sheets out of the document again.
 */
export function withConstructedStyles(open: () => void): () => void {
  const sheets: CSSStyleSheet[] = [];
  const createElement = document.createElement.bind(document);
  const createWithoutStyle = (name: string, options?: ElementCreationOptions): HTMLElement => {
    if (name.toLowerCase() !== 'style') return createElement(name, options);
    const sheet = new CSSStyleSheet();
    sheets.push(sheet);
    document.adoptedStyleSheets.push(sheet);
    const standIn = createElement('template');
    Object.defineProperty(standIn, 'textContent', {
      get: () => '',
      set: (css: string) => sheet.replaceSync(css),
    });
    return standIn;
  };
  Object.defineProperty(document, 'createElement', { value: createWithoutStyle, configurable: true });
  try {
    open();
  } finally {
    // What was shadowed is the prototype's method.
    Reflect.deleteProperty(document, 'createElement');
  }
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
  };
}

/** Adds a style sheet to the document once, from a file's text. */
export function adoptStyles(css: string): void {
  if (adopted.has(css)) return;
  adopted.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

const adopted = new Set<string>();
