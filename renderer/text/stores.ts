export const stores = {
  title: 'Stores',
} as const;
