import { Button, Group, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconDownload } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import type { ImportReport } from '../../../shared/importReport.ts';
import { goTo } from '../../actions/goTo.ts';
import { saveRejected } from '../../actions/imports.ts';
import { useClient } from '../../api/client.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { formatBytes } from '../../parts/formatBytes.ts';
import { formatDuration } from '../../parts/formatTime.ts';
import { Section } from '../../parts/Section.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { useApp } from '../../state/appStore.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { ActiveImports } from './ActiveImports.tsx';
import { DifferenceSection } from './DifferenceSection.tsx';
import { IssueTable } from './IssueTable.tsx';
import { outcomeOf, toneOf } from './importTones.ts';

/** One import: under way, or its report. */
export function ImportPage({ runId }: { readonly runId: string }) {
  const client = useClient();
  const isActive = useApp((app) => app.imports[runId] !== undefined);
  const read = useCallback(() => client.call('imports.show', { runId }), [client, runId]);
  const { value, error, loading } = useReading('imports', read);
  const words = text.imports;
  return (
    <Stack>
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => goTo('imports')}
        >
          {words.back}
        </Button>
      </Group>
      {error === undefined ? null : <ErrorNote error={error} />}
      {isActive ? <ActiveImports /> : null}
      {value !== undefined ? (
        isActive ? null : (
          <Report report={value} />
        )
      ) : loading || isActive ? (
        <Loader aria-label={text.common.loading} role="status" />
      ) : error === undefined ? (
        <Text>{words.gone}</Text>
      ) : null}
    </Stack>
  );
}

function Report({ report }: { readonly report: ImportReport }) {
  const client = useClient();
  const words = text.imports;
  const verdict =
    report.mode === 'rollback' && report.outcome === 'published'
      ? words.verdictRolledBack(report.source)
      : words.verdicts[report.outcome](report.source);
  return (
    <Stack>
      <Paper p="lg">
        <Stack gap="md">
          <Group gap="sm">
            <StateBadge tone={toneOf(report)}>{outcomeOf(report)}</StateBadge>
            <Title order={2}>{verdict}</Title>
          </Group>
          {report.error === undefined ? null : <ErrorNote error={report.error} />}
          <Facts report={report} />
          <Text size="xs" c="dimmed">
            {report.runId}
          </Text>
        </Stack>
      </Paper>
      {report.difference === undefined ? null : <DifferenceSection difference={report.difference} />}
      {report.rejectedFile ? (
        <Section
          title={words.rejectedTitle}
          description={report.outcome === 'published' ? words.rejectedBody : words.rejectedBodyRefused}
        >
          <Group>
            <Button
              variant="light"
              leftSection={<IconDownload size={18} aria-hidden />}
              onClick={() => void saveRejected(client, report.runId)}
            >
              {words.rejectedSave(report.counts.rejected)}
            </Button>
          </Group>
        </Section>
      ) : null}
      {report.mode === 'rollback' ? null : (
        <Section title={words.issues}>
          <IssueTable issues={report.issues} more={report.moreIssues} />
        </Section>
      )}
    </Stack>
  );
}

function Facts({ report }: { readonly report: ImportReport }) {
  const { facts, format, delimiters } = text.imports;
  const { counts, files } = report;
  const [file] = files;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      <Fact label={facts.channel}>{report.channel}</Fact>
      <Fact label={facts.set}>{`${report.dataset}, ${report.set}`}</Fact>
      <Fact label={facts.origin}>{report.origin}</Fact>
      <Fact label={facts.begun}>
        <Time ms={report.startedMs} />
      </Fact>
      {report.endedMs === undefined ? null : (
        <Fact label={facts.took}>{formatDuration(report.endedMs - report.startedMs)}</Fact>
      )}
      <Fact label={facts.rows}>{text.common.count(counts.rows)}</Fact>
      <Fact label={facts.taken}>{text.common.count(counts.accepted)}</Fact>
      <Fact label={facts.rejected}>{text.common.count(counts.rejected)}</Fact>
      <Fact label={facts.notes}>{text.common.count(counts.warnings + counts.notices)}</Fact>
      {report.previousRows === undefined ? null : (
        <Fact label={facts.before}>{text.common.count(report.previousRows)}</Fact>
      )}
      {report.sizeBytes === 0 ? null : <Fact label={facts.size}>{formatBytes(report.sizeBytes)}</Fact>}
      {file === undefined ? null : (
        <Fact label={facts.format}>
          {format(file.encoding, delimiters[file.delimiter] ?? file.delimiter)}
        </Fact>
      )}
    </SimpleGrid>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div" className="figures">
        {children}
      </Text>
    </div>
  );
}
