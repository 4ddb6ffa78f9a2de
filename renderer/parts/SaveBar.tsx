import { Button, Group, Text } from '@mantine/core';
import { text } from '../text/en.ts';

interface SaveBarProps {
  readonly dirty: boolean;
  readonly saving: boolean;
  readonly onDiscard: () => void;
}

/** Save and Discard, at the foot of a form that fills a window. */
export function SaveBar({ dirty, saving, onDiscard }: SaveBarProps) {
  return (
    <Group justify="flex-end" className="save-bar">
      <Text size="sm" c="dimmed" flex={1} role="status">
        {dirty ? text.common.unsaved : ''}
      </Text>
      <Button variant="default" disabled={!dirty || saving} onClick={onDiscard}>
        {text.common.discard}
      </Button>
      <Button type="submit" disabled={!dirty} loading={saving}>
        {text.common.save}
      </Button>
    </Group>
  );
}
