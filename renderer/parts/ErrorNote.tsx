import { Alert, Group, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ErrorReport } from '../../shared/errors.ts';
import { text } from '../text/en.ts';

interface ErrorNoteProps {
  /** What happened, and what to do next. */
  readonly error: ErrorReport;
  /** What was being done, as a heading. */
  readonly title?: string;
  readonly action?: ReactNode;
}

/** An error as a person needs it: what happened, why, what to do. The code stands small, for support. */
export function ErrorNote({ error, title, action }: ErrorNoteProps) {
  const passing = error.class === 'retry' || error.class === 'busy' || error.class === 'cancelled';
  return (
    <Alert
      role="alert"
      color={passing ? 'orange' : 'red'}
      icon={<IconAlertCircle aria-hidden />}
      title={title ?? text.errors.classes[error.class]}
    >
      <Text size="sm">{error.message}</Text>
      {error.advice === '' ? null : (
        <Text size="sm" mt={4}>
          <b>{text.errors.whatToDo}</b> {error.advice}
        </Text>
      )}
      <Group justify="space-between" mt="xs" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {text.errors.code(error.code)}
        </Text>
        {action}
      </Group>
    </Alert>
  );
}
