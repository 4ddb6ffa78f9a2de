import { Box, Button, Group, Paper, SimpleGrid, Stack, Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconBuilding, IconBuildingStore, IconSchool, type TablerIcon } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import { goTo } from '../../actions/goTo.ts';
import { startPractice } from '../../actions/practice.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';
import classes from './RoleChoice.module.css';

interface RoleChoiceProps {
  readonly onChoose: (role: 'central' | 'store') => void;
}

export function RoleChoice({ onChoose }: RoleChoiceProps) {
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <Choice
          icon={IconBuilding}
          title={text.firstRun.centralTitle}
          body={text.firstRun.centralBody}
          onClick={() => onChoose('central')}
        />
        <Choice
          icon={IconBuildingStore}
          title={text.firstRun.storeTitle}
          body={text.firstRun.storeBody}
          onClick={() => onChoose('store')}
        />
      </SimpleGrid>
      <PracticeOffer />
    </Stack>
  );
}

interface ChoiceProps {
  readonly icon: TablerIcon;
  readonly title: string;
  readonly body: string;
  readonly onClick: () => void;
}

function Choice({ icon: Icon, title, body, onClick }: ChoiceProps) {
  return (
    <UnstyledButton className={classes['choice'] ?? ''} onClick={onClick}>
      <ThemeIcon size={44} radius="md" variant="light" aria-hidden>
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      <Text span fw={650} size="lg" display="block" mt="sm">
        {title}
      </Text>
      <Text span c="dimmed" size="sm" display="block" mt={4}>
        {body}
      </Text>
    </UnstyledButton>
  );
}

/** A whole office to play with, for a person who has no FTP site at hand. */
function PracticeOffer() {
  const client = useClient();
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<ErrorReport>();
  const start = async () => {
    setStarting(true);
    setFailure(undefined);
    // The windows appear by themselves when the engine says that the site is set up.
    goTo('transmit');
    setFailure(await startPractice(client));
    setStarting(false);
  };
  return (
    <Paper p="md">
      <Group justify="space-between" gap="md">
        <Group gap="md" flex={1} miw={280} wrap="nowrap" align="flex-start">
          <ThemeIcon size={36} radius="md" variant="light" color="orange" aria-hidden>
            <IconSchool size={22} stroke={1.6} />
          </ThemeIcon>
          <Box>
            <Text fw={600}>{text.firstRun.practiceLead}</Text>
            <Text c="dimmed" size="sm" role="status">
              {starting ? text.firstRun.practiceStarting : text.firstRun.practiceBody}
            </Text>
          </Box>
        </Group>
        <Button variant="default" loading={starting} onClick={() => void start()}>
          {text.firstRun.practiceTitle}
        </Button>
      </Group>
      {failure === undefined ? null : (
        <Box mt="sm">
          <ErrorNote error={failure} />
        </Box>
      )}
    </Paper>
  );
}
