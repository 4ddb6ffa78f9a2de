import { Box, Button, Group, Paper, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useId, useRef } from 'react';
import { LogLines } from '../../parts/LogLines.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import classes from './LogPanel.module.css';

/** As many lines as can be drawn anew several times a second; the whole log is in History. */
const shownLines = 300;
const none = [] as const;

/** The log of the run under way, or of the one that just ended. */
export function LogPanel() {
  const id = useId();
  const [open, panel] = useDisclosure(false);
  const notes = useApp((app) => app.run.active?.notes ?? app.run.ended?.run.notes ?? none);
  return (
    <Box>
      <Button
        variant="subtle"
        onClick={panel.toggle}
        aria-expanded={open}
        aria-controls={id}
        leftSection={
          open ? <IconChevronDown size={18} aria-hidden /> : <IconChevronRight size={18} aria-hidden />
        }
      >
        {open ? text.transmit.hideLog : text.transmit.showLog}
      </Button>
      <Box id={id} hidden={!open}>
        {open ? <Lines notes={notes} /> : null}
      </Box>
    </Box>
  );
}

function Lines({ notes }: { readonly notes: Parameters<typeof LogLines>[0]['notes'] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is the reason to move on.
  useEffect(() => {
    const box = scroller.current;
    if (box !== null && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [notes]);
  // Somebody who scrolled back to read is left alone.
  const noteEnd = () => {
    const box = scroller.current;
    if (box !== null) atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
  };
  const earlier = Math.max(0, notes.length - shownLines);
  return (
    <Paper mt="xs" p="md">
      <Group justify="space-between" mb="xs">
        <Title order={3}>{text.transmit.logTitle}</Title>
        {earlier === 0 ? null : (
          <Text size="sm" c="dimmed">
            {text.transmit.logEarlier(earlier)}
          </Text>
        )}
      </Group>
      <div
        ref={scroller}
        onScroll={noteEnd}
        role="log"
        aria-label={text.transmit.logTitle}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls only what can have the focus.
        tabIndex={0}
        className={classes['scroller']}
      >
        {notes.length === 0 ? (
          <Text c="dimmed" size="sm">
            {text.transmit.logEmpty}
          </Text>
        ) : (
          <LogLines notes={notes.slice(-shownLines)} />
        )}
      </div>
    </Paper>
  );
}
