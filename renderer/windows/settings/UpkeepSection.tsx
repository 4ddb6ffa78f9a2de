import { Alert, Button, Checkbox, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconFileText, IconStethoscope } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';
import { CheckSteps } from '../ftp/CheckSteps.tsx';
import { type UpkeepWork, useUpkeep } from './useUpkeep.ts';

/** "Check everything" and "Write diagnostics…": for a person who wants to know, and for whoever helps. */
export function UpkeepSection() {
  const { work, check, write, stop } = useUpkeep();
  const [withNames, setWithNames] = useState(false);
  const running = work?.running === true;
  return (
    <Section title={text.upkeep.title} description={text.upkeep.description}>
      <Stack gap="xs" align="flex-start">
        <Button
          variant="default"
          leftSection={<IconStethoscope size={18} aria-hidden />}
          disabled={running}
          onClick={() => void check()}
        >
          {text.upkeep.checkEverything}
        </Button>
        <Text size="sm" c="dimmed">
          {text.upkeep.checkTruth}
        </Text>
      </Stack>
      <Stack gap="xs" align="flex-start">
        <Button
          variant="default"
          leftSection={<IconFileText size={18} aria-hidden />}
          disabled={running}
          onClick={() => void write(withNames)}
        >
          {text.upkeep.writeDiagnostics}
        </Button>
        <Checkbox
          label={text.upkeep.withNames}
          checked={withNames}
          onChange={(event) => setWithNames(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {text.upkeep.diagnosticsTruth}
        </Text>
      </Stack>
      {work === undefined ? null : <Findings work={work} onStop={stop} />}
    </Section>
  );
}

function Findings({ work, onStop }: { readonly work: UpkeepWork; readonly onStop: () => void }) {
  const { kind, running, steps, report, error } = work;
  if (kind === 'diagnostics' && !running && error === undefined) return null;
  return (
    <Stack gap="sm">
      {running ? (
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Loader size="xs" aria-hidden />
            <Text size="sm" fw={600} role="status">
              {kind === 'check' ? text.upkeep.checking : text.upkeep.writing}
            </Text>
          </Group>
          <Button size="compact-sm" variant="default" onClick={onStop}>
            {text.ftp.stop}
          </Button>
        </Group>
      ) : null}
      {error === undefined ? null : <ErrorNote error={error} />}
      {report === undefined ? null : (
        <Alert
          role="alert"
          color={report.ok ? 'green' : report.error?.class === 'cancelled' ? 'gray' : 'red'}
          icon={report.ok ? <IconCircleCheck aria-hidden /> : <IconCircleX aria-hidden />}
          title={
            report.ok
              ? text.upkeep.good
              : report.error?.class === 'cancelled'
                ? text.upkeep.stopped
                : text.upkeep.bad
          }
          data-verdict={report.ok ? 'good' : 'bad'}
        >
          <Text size="sm">{report.verdict}</Text>
        </Alert>
      )}
      <CheckSteps steps={steps} />
    </Stack>
  );
}
