/** The pages in the header, in this order; `key` is also what is typed behind `g` to go there. */
export const NAV = [
  { name: 'Inbox', path: '/', key: 'i' },
  { name: 'Destinations', path: '/destinations', key: 'd' },
  { name: 'Rules', path: '/rules', key: 'r' },
  { name: 'Problems', path: '/problems', key: 'p' },
  { name: 'Set up', path: '/setup', key: 's' },
] as const;
export type NavName = (typeof NAV)[number]['name'];
