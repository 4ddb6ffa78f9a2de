import { Group, Text } from '@mantine/core';
import { text } from '../text/en.ts';

/** The product's sign, a trunk with two branches, and its name. */
export function Brand() {
  return (
    <Group gap={10} wrap="nowrap">
      <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
        <rect width="28" height="28" rx="7" fill="var(--mantine-color-line-7)" />
        <g fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round">
          <path d="M9 21.5V6.5M9 16.5c6 0 4.500-6 10-6M9 21c5 0 5-3.500 10-3.500" />
        </g>
        <g fill="#fff">
          <circle cx="9" cy="6.500" r="2.400" />
          <circle cx="19.500" cy="10.500" r="2.400" />
          <circle cx="19.500" cy="17.500" r="2.400" />
        </g>
      </svg>
      <Text span fw={700} size="lg">
        {text.shell.product}
      </Text>
    </Group>
  );
}
