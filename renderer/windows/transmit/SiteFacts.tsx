import { Anchor, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import type { PresentState } from '../../../shared/contract/calls.ts';
import { describeResult, outcomeTones } from '../../parts/describeResult.ts';
import { formatBytes } from '../../parts/formatBytes.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { formatPlace } from '../../state/place.ts';
import { useNow } from '../../state/useNow.ts';
import { text } from '../../text/en.ts';

/** Last and next transmission, and what waits: three facts side by side. */
export function SiteFacts({ site }: { readonly site: PresentState }) {
  useNow(30_000);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Fact title={text.transmit.last}>
        <LastFact site={site} />
      </Fact>
      <Fact title={text.transmit.next}>
        <NextFact site={site} />
      </Fact>
      <Fact title={text.transmit.inQueue}>
        <WaitingFact status={site.status} />
      </Fact>
    </SimpleGrid>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} p="md">
      <Title order={3} id={id} mb={6}>
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function LastFact({ site }: { readonly site: PresentState }) {
  const last = site.status.lastTransmission;
  if (last === undefined) return <Text c="dimmed">{text.transmit.lastNone}</Text>;
  return (
    <>
      <Text component="div">
        <StateBadge tone={outcomeTones[last.outcome]}>{text.runs.outcomes[last.outcome]}</StateBadge>{' '}
        <Time ms={last.endedMs ?? last.startedMs} as="ago" />
      </Text>
      <Text size="sm" c="dimmed" mt={4} lineClamp={3}>
        {describeResult(last)}
      </Text>
      <Anchor href={formatPlace({ window: 'history', within: ['run', last.transmissionId] })} size="sm">
        {text.transmit.openHistory}
      </Anchor>
    </>
  );
}

function NextFact({ site }: { readonly site: PresentState }) {
  return (
    <>
      {site.nextRunMs === undefined ? (
        <>
          <Text>{text.transmit.nextNone}</Text>
          <Text size="sm" c="dimmed" mt={4}>
            {text.transmit.nextOff}
          </Text>
        </>
      ) : (
        <>
          <Text>
            <Time ms={site.nextRunMs} />
          </Text>
          <Text size="sm" c="dimmed" mt={4}>
            <Time ms={site.nextRunMs} as="ago" />
          </Text>
        </>
      )}
      <Anchor href={formatPlace({ window: 'settings', within: [] })} size="sm">
        {text.transmit.openSchedule}
      </Anchor>
    </>
  );
}

function WaitingFact({ status }: { readonly status: PresentState['status'] }) {
  const { queued, published, bytes } = status.queue;
  const lines = [
    ...(status.waitingFiles > 0 ? [text.transmit.waitingFiles(status.waitingFiles)] : []),
    ...(queued > 0 ? [text.transmit.queued(queued, formatBytes(bytes))] : []),
    ...(published > 0 ? [text.transmit.published(published)] : []),
  ];
  return (
    <>
      {lines.length === 0 ? <Text>{text.transmit.inQueueNothing}</Text> : null}
      {lines.map((line) => (
        <Text key={line}>{line}</Text>
      ))}
      <Anchor href={formatPlace({ window: 'queue', within: [] })} size="sm">
        {text.transmit.openQueue}
      </Anchor>
    </>
  );
}
