import { Html } from '../html.ts';

const icon = (path: string): Html =>
  new Html(
    `<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`,
  );

export const icons = {
  search: icon('<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>'),
  bag: icon('<path d="M5 8h14l1 12H4z"/><path d="M8.5 10V7a3.5 3.5 0 0 1 7 0v3"/>'),
  compare: icon('<path d="M8 4v16M16 4v16M4 8l4-4 4 4M12 16l4 4 4-4"/>'),
  person: icon(
    '<circle cx="12" cy="8" r="3.7"/><path d="M4.5 20c.8-4 3.6-6 7.5-6s6.700 2 7.500 6"/>',
  ),
  plus: icon('<path d="M12 5v14M5 12h14"/>'),
  truck: icon(
    '<path d="M2.500 6.500h11v10h-11zM13.500 10h4l3 3v3.500h-7z"/><circle cx="6.500" cy="17.500" r="1.800"/><circle cx="17" cy="17.500" r="1.800"/>',
  ),
  gift: icon(
    '<path d="M4 11h16v9H4zM3 7.500h18V11H3zM12 7.500V20M12 7.500C9 7.500 7.500 6 8 4.500s3.500-1 4 3c.500-4 3.500-4.500 4-3s-1 3-4 3z"/>',
  ),
  leaf: icon(
    '<path d="M5 19C4 10 9 4.500 20 4.500c0 10-5 15-13 12.500"/><path d="M5 19c2-5 5-8 9-10"/>',
  ),
} as const;

/** The shop's mark: a persimmon with one leaf. */
export const mark = new Html(
  '<svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true"><defs><radialGradient id="mk" cx=".36" cy=".34" r=".8"><stop offset="0" stop-color="#f49a63"/><stop offset=".6" stop-color="#d4552a"/><stop offset="1" stop-color="#a83d1a"/></radialGradient></defs><ellipse cx="16" cy="19" rx="12" ry="10.600" fill="url(#mk)"/><path d="M16 10c-4.500-3.600-8-2-9 .4 3 1.800 5.500 2 9-.4z" fill="#7c9a63"/><path d="M16 10c1-5 4.500-7 9-6.600-.400 4.600-4 7.400-9 6.600z" fill="#4f7346"/></svg>',
);
