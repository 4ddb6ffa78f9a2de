/** What every table says. */
export const table = {
  sorted: { asc: 'sorted, smallest first', desc: 'sorted, largest first' },
  pages: 'Pages',
  first: 'First page',
  previous: 'Previous page',
  next: 'Next page',
  last: 'Last page',
  range: (from: string, through: string, total: string) => `${from} to ${through} of ${total}`,
} as const;
