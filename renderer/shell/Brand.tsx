import { Group, Text } from '@mantine/core';
import { text } from '../text/en.ts';

/** The product's sign, a trunk with two branches, and its name. */
export function Brand() {
  return (
    <Group gap={10} wrap="nowrap">
      <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
        <rect width="28" height="28" rx="7" fill="var(--mantine-color-line-7)" />
        <g fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round">
          <path d="M9 8v12M9 19c0-6 10-2 10-8.5" />
        </g>
        <g fill="#fff">
          <circle cx="9" cy="7.5" r="2.6" />
          <circle cx="9" cy="20.5" r="2.6" />
          <circle cx="19" cy="9.5" r="2.6" />
        </g>
      </svg>
      <Text span fw={700} size="lg">
        {text.shell.product}
      </Text>
    </Group>
  );
}
