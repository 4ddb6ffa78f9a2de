import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Text } from '@mantine/core';
import type { EditionView } from '../../../shared/contract/recordsCalls.ts';
import { formatTime } from '../../parts/formatTime.ts';
import { text } from '../../text/en.ts';

interface EditionsChartProps {
  readonly set: string;
  /** Newest first. */
  readonly editions: readonly EditionView[];
}

/** Rows of each edition, oldest at the left: a set that suddenly lost half its rows is seen at once. */
export function EditionsChart({ set, editions }: EditionsChartProps) {
  const words = text.datasets;
  const bars = editions.toReversed().map(({ rows, publishedMs, madeMs }) => ({
    published: formatTime(publishedMs ?? madeMs),
    rows,
  }));
  return (
    <figure style={{ margin: 0 }}>
      <Text component="figcaption" size="sm" c="dimmed" mb="xs">
        {words.editionsChart(set)}. {words.editionsChartHint}
      </Text>
      <BarChart
        h={180}
        data={bars}
        dataKey="published"
        series={[{ name: 'rows', label: words.editionColumns.rows, color: 'line.6' }]}
        valueFormatter={text.common.count}
        yAxisProps={{ width: 80 }}
        maxBarWidth={60}
        // The table beside it is what keyboards and readers use.
        barChartProps={{ accessibilityLayer: false }}
        aria-hidden
      />
    </figure>
  );
}
