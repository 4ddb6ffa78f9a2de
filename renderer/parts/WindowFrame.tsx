import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { text } from '../text/en.ts';

interface WindowFrameProps {
  readonly title: string;
  /** One sentence: what this window is for. */
  readonly description?: ReactNode;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  /** `wide` for tables. */
  readonly width?: 'text' | 'wide';
  readonly children: ReactNode;
}

/** Every window's frame. On opening, the title takes the focus, so that a keyboard and a reader start there. */
export function WindowFrame({ title, description, actions, width = 'text', children }: WindowFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = text.shell.pageTitle(title);
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <Stack gap="lg" maw={width === 'text' ? 860 : 1400}>
      <Group justify="space-between" align="flex-start">
        <Box flex={1} miw={260}>
          <Title order={1} ref={heading} tabIndex={-1} className="quiet-focus">
            {title}
          </Title>
          {description === undefined ? null : <Text c="dimmed">{description}</Text>}
        </Box>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
