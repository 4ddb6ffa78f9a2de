import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconInfoCircle,
} from '@tabler/icons-react';

/** What a state means for the person: colour, sign and word say the same. */
export type StateTone = 'good' | 'busy' | 'warn' | 'bad' | 'idle' | 'info';

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

export function StateBadge({ tone, children, title }: StateBadgeProps) {
  const { color, Icon } = looks[tone];
  return (
    <Badge color={color} title={title} leftSection={<Icon size={14} aria-hidden />}>
      {children}
    </Badge>
  );
}
