export const transmit = {
  title: 'Transmit',
} as const;
