import { Box, Button, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { PresentState } from '../../../shared/contract/calls.ts';
import { goTo } from '../../actions/goTo.ts';
import type { StateTone } from '../../parts/stateTone.ts';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { RunButtons } from './RunButtons.tsx';
import { RunProgress } from './RunProgress.tsx';
import { lacksServer, siteSentence } from './siteSentence.ts';

const looks = {
  good: { color: 'green', Icon: IconCircleCheck },
  busy: { color: 'blue', Icon: IconArrowsExchange },
  warn: { color: 'orange', Icon: IconAlertTriangle },
  bad: { color: 'red', Icon: IconCircleX },
  idle: { color: 'gray', Icon: IconCircleDashed },
  info: { color: 'line', Icon: IconInfoCircle },
} as const satisfies Record<StateTone, unknown>;

/** How this site stands, and the button that everything here is about. */
export function SiteCard({ site }: { readonly site: PresentState }) {
  const active = useApp((app) => app.run.active);
  const connected = useApp((app) => app.connection === 'connected');
  const { tone, title, more } = siteSentence(site, active);
  const { color, Icon } = looks[tone];
  return (
    <Paper component="section" aria-label={text.transmit.stateLabel} p="xl">
      <Stack gap="lg">
        <Group wrap="nowrap" align="center">
          <ThemeIcon size={48} radius="xl" variant="light" color={color} aria-hidden>
            <Icon size={28} stroke={1.7} />
          </ThemeIcon>
          <Box role="status">
            <Title order={2} fz="xl">
              {title}
            </Title>
            {more === '' && connected ? null : (
              <Text c="dimmed">{connected ? more : text.transmit.notConnected}</Text>
            )}
          </Box>
        </Group>
        {active !== undefined ? (
          <RunProgress run={active} />
        ) : lacksServer(site.settings) ? (
          <Group>
            <Button size="lg" onClick={() => goTo('setup', 'ftp')}>
              {text.transmit.openFtp}
            </Button>
          </Group>
        ) : (
          <RunButtons disabled={!connected} />
        )}
      </Stack>
    </Paper>
  );
}
