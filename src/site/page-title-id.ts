/** The anchor of a page's h1, to which Starlight's skip link and table of contents point. */
export const PAGE_TITLE_ID = '_top';
