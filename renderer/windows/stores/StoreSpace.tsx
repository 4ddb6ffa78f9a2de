import { Box, Progress, Text } from '@mantine/core';
import type { StoreRow } from '../../../shared/contract/rows.ts';
import { formatBytes } from '../../parts/formatBytes.ts';
import { text } from '../../text/en.ts';
import { spaceLevel, spaceShare } from './storeRows.ts';

const colors = { fine: 'line', tight: 'orange', full: 'red' } as const;

/** What lies on the server for a store, against its allowance: as a bar and in words. */
export function StoreSpace({ row }: { readonly row: StoreRow }) {
  const share = spaceShare(row);
  const level = spaceLevel(share);
  const percent = Math.round(share * 100);
  const words = text.stores.space(formatBytes(row.usedBytes), formatBytes(row.allowanceBytes), percent);
  return (
    <Box miw={170}>
      <Text size="sm" className="figures">
        {words}
      </Text>
      <Progress.Root size="sm">
        <Progress.Section
          value={Math.min(100, percent)}
          color={colors[level]}
          withAria={false}
          role="progressbar"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.min(100, percent)}
          aria-label={text.stores.spaceLabel(row.name)}
          aria-valuetext={words}
        />
      </Progress.Root>
      {level === 'full' ? (
        <Text size="xs" c="var(--mantine-color-error)">
          {text.stores.spaceFull}
        </Text>
      ) : null}
    </Box>
  );
}
