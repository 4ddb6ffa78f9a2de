import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { StateTone } from './stateTone.ts';

const looks = {
  good: { color: 'green', Icon: IconCircleCheck },
  busy: { color: 'blue', Icon: IconClock },
  warn: { color: 'orange', Icon: IconAlertTriangle },
  bad: { color: 'red', Icon: IconCircleX },
  idle: { color: 'gray', Icon: IconCircleDashed },
  info: { color: 'line', Icon: IconInfoCircle },
} as const;

interface StateBadgeProps {
  readonly tone: StateTone;
  /** The state in a word or two. */
  readonly children: string;
  /** Why, on hover. */
  readonly title?: string | undefined;
}

/** A state: colour, sign and word say the same. */
export function StateBadge({ tone, children, title }: StateBadgeProps) {
  const { color, Icon } = looks[tone];
  return (
    <Badge color={color} title={title} miw="max-content" leftSection={<Icon size={14} aria-hidden />}>
      {children}
    </Badge>
  );
}
