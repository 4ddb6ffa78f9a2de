import { Button, Group, List, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import type { TransmissionDetail } from '../../../shared/views.ts';
import { goTo } from '../../actions/goTo.ts';
import { useClient } from '../../api/client.ts';
import { describeResult, outcomeTones } from '../../parts/describeResult.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { formatBytes } from '../../parts/formatBytes.ts';
import { formatDuration } from '../../parts/formatTime.ts';
import { LogLines } from '../../parts/LogLines.tsx';
import { Section } from '../../parts/Section.tsx';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { PacketList } from './PacketList.tsx';
import { ProtocolSection } from './ProtocolSection.tsx';

/** One transmission: how it went, what it moved, and its log. */
export function TransmissionPage({ transmissionId }: { readonly transmissionId: string }) {
  const client = useClient();
  const read = useCallback(() => client.call('history.show', { transmissionId }), [client, transmissionId]);
  const { value, error, loading } = useReading('history', read);
  const words = text.history;
  return (
    <Stack>
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
          onClick={() => goTo('history')}
        >
          {words.detailBack}
        </Button>
      </Group>
      {error === undefined ? null : <ErrorNote error={error} />}
      {value !== undefined ? (
        <Detail detail={value} />
      ) : loading ? (
        <Loader aria-label={text.common.loading} role="status" />
      ) : error === undefined ? (
        <Text>{words.detailGone}</Text>
      ) : null}
    </Stack>
  );
}

function Detail({ detail }: { readonly detail: TransmissionDetail }) {
  const words = text.history;
  const { result } = detail;
  return (
    <Stack>
      <Paper p="lg">
        <Stack gap="md">
          <Group gap="sm">
            <StateBadge tone={outcomeTones[detail.outcome]}>{text.runs.outcomes[detail.outcome]}</StateBadge>
            <Title order={2}>{describeResult(detail)}</Title>
          </Group>
          {result?.error === undefined ? null : <ErrorNote error={result.error} />}
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            <Fact label={words.started}>
              <Time ms={detail.startedMs} />
            </Fact>
            <Fact label={words.ended}>
              {detail.endedMs === undefined ? '–' : <Time ms={detail.endedMs} />}
            </Fact>
            <Fact label={words.took}>
              {detail.endedMs === undefined ? '–' : formatDuration(detail.endedMs - detail.startedMs)}
            </Fact>
            <Fact label={words.mode}>{text.runs.modes[detail.mode]}</Fact>
            {result === undefined ? null : (
              <>
                <Fact label={words.sent}>
                  {words.amount(result.sent.packets, formatBytes(result.sent.bytes))}
                </Fact>
                <Fact label={words.received}>
                  {words.amount(result.received.packets, formatBytes(result.received.bytes))}
                </Fact>
                <Fact label={words.receipts}>
                  {words.receiptsValue(result.receipts.sent, result.receipts.received)}
                </Fact>
              </>
            )}
          </SimpleGrid>
          <Text size="xs" c="dimmed">
            {words.id}: {detail.transmissionId}
          </Text>
        </Stack>
      </Paper>
      {result === undefined || result.attention.length === 0 ? null : (
        <Section title={words.attention}>
          <List>
            {result.attention.map((item) => (
              <List.Item key={item.text}>{item.text}</List.Item>
            ))}
          </List>
        </Section>
      )}
      <Section title={words.packets}>
        <PacketList packets={detail.packets} />
      </Section>
      <Section title={text.runs.log}>
        {detail.notes.length === 0 ? (
          <Text c="dimmed">{text.runs.logEmpty}</Text>
        ) : (
          <LogLines notes={detail.notes} />
        )}
      </Section>
      <ProtocolSection lines={detail.protocol ?? []} />
    </Stack>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="div">{children}</Text>
    </div>
  );
}
