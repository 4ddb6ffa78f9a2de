/** How sites are called when they are spoken of. */
export const sites = {
  addressee: (name: string) =>
    name === 'central' ? 'Central office' : name === 'all' ? 'All stores' : `Store ${name}`,
  /** The same within a sentence. */
  within: (name: string) =>
    name === 'central' ? 'the central office' : name === 'all' ? 'all stores' : `store ${name}`,
} as const;
