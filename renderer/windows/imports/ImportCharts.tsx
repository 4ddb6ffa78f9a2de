import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { ImportChannelView } from '../../../shared/contract/importsCalls.ts';
import type { ImportRow } from '../../../shared/importReport.ts';
import { useClient } from '../../api/client.ts';
import { formatTime } from '../../parts/formatTime.ts';
import { Section } from '../../parts/Section.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';

const mostPoints = 20;

interface Point {
  readonly time: string;
  readonly value: number;
}

/** Rows of each edition, and how many were kept out, over time: what a picture says faster. */
export function ImportCharts({ views }: { readonly views: readonly ImportChannelView[] }) {
  const client = useClient();
  const names = views.flatMap(({ channel, sets }) => sets.map(({ set }) => `${channel.name}, ${set}`));
  const [chosen, setChosen] = useState<string | null>(null);
  const name = names.find((each) => each === chosen) ?? names[0] ?? '';
  const [channel = '', set = ''] = name.split(', ');
  const read = useCallback(
    () => client.call('imports.list', { channel: channel || '-', set: set || '-', limit: 200 }),
    [client, channel, set],
  );
  const { value: runs = [] } = useReading('imports', read);
  const words = text.imports;
  const real = runs.filter(({ mode, outcome }) => mode === 'real' && outcome !== 'running').reverse();
  const rows = points(
    real.filter(({ outcome }) => outcome === 'published'),
    ({ counts }) => counts.accepted,
  );
  const errors = points(
    real.filter(({ counts }) => counts.rows > 0),
    ({ counts }) => (counts.rejected / counts.rows) * 100,
  );
  if (names.length === 0) return null;
  return (
    <Section title={words.charts}>
      {names.length < 2 ? null : (
        <Select
          aria-label={words.channelFilter}
          data={names}
          value={name}
          onChange={setChosen}
          allowDeselect={false}
          w={280}
        />
      )}
      {errors.length < 2 ? (
        <Text c="dimmed">{words.chartFew}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Chart title={words.chartRows} points={rows} color="line.6" format={text.common.count} />
          <Chart title={words.chartErrors} points={errors} color="orange.7" format={words.percent} />
        </SimpleGrid>
      )}
    </Section>
  );
}

function points(runs: readonly ImportRow[], value: (run: ImportRow) => number): Point[] {
  return runs.slice(-mostPoints).map((run) => ({ time: formatTime(run.startedMs), value: value(run) }));
}

interface ChartProps {
  readonly title: string;
  readonly points: readonly Point[];
  readonly color: string;
  readonly format: (value: number) => string;
}

function Chart({ title, points: data, color, format }: ChartProps) {
  const said = data.map(({ time, value }) => `${time}: ${format(value)}`).join('; ');
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <div role="img" aria-label={`${title}. ${said}`}>
        <BarChart
          h={180}
          data={[...data]}
          dataKey="time"
          series={[{ name: 'value', label: title, color }]}
          valueFormatter={format}
          withXAxis={false}
          maxBarWidth={40}
          barChartProps={{ accessibilityLayer: false }}
          yAxisProps={{ width: 70 }}
        />
      </div>
    </Stack>
  );
}
