import { counted, listed } from './words.ts';

export const stores = {
  title: 'Stores',
  description: 'How every store stands, by what came from it and what lies on the server for it.',
  emptyTitle: 'No store is known yet',
  emptyBody:
    'A store appears here when it transmits for the first time: install Branchline there, choose "Store", and give it the same FTP Configuration.',
  emptyAction: 'Open Central Office Setup',
  summary: (total: number, parts: readonly string[]) => `${counted(total, 'store')}: ${listed(parts)}.`,
  summaryParts: {
    failing: (count: string) => `${count} failing`,
    late: (count: string) => `${count} late`,
    never: (count: string) => `${count} never heard of`,
    ok: (count: string) => `${count} OK`,
  },
  states: { ok: 'OK', late: 'Late', failing: 'Failing', never: 'Never' },
  filterLabel: 'Show stores by state',
  all: 'All',
  searchLabel: 'Search',
  searchPlaceholder: 'Number or name',
  nothingFound: 'No store matches.',
  showAll: 'Show all',
  tableLabel: 'Stores',
  columns: {
    store: 'Store',
    state: 'State',
    lastIn: 'Last in',
    lastOut: 'Last out',
    waiting: 'Waiting',
    gaps: 'Gaps',
    space: 'Space on the server',
    version: 'Version',
    editions: 'Sets',
  },
  editionStates: {
    current: 'up to date',
    older: 'older edition',
    none: 'not there',
    'not-told': 'not told yet',
  },
  editionsCurrent: (count: number) => (count === 1 ? 'Up to date' : `All ${count} up to date`),
  editionsBehind: (behind: number, all: number) => `${behind} of ${all} not up to date`,
  noEditions: 'none',
  never: 'never',
  unknown: 'unknown',
  space: (used: string, allowance: string, percent: number) => `${used} of ${allowance} (${percent} %)`,
  spaceLabel: (store: string) => `Space that ${store} uses`,
  spaceFull: 'Over the allowance',
  open: (store: string) => `Open ${store}`,
  detailWaiting: (count: number) =>
    count === 0 ? 'No packet waits for it.' : `${counted(count, 'packet waits', 'packets wait')} for it.`,
  detailGaps: (count: number) =>
    count === 0
      ? 'Nothing is missing in what it sent.'
      : `${counted(count, 'packet')} missing in what it sent; asked for again.`,
  openQueue: 'Open its queue',
  resend: 'Send again…',
} as const;
