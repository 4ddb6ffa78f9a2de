import { Box, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ImportProgress } from '../../../shared/importReport.ts';
import { cancelImport } from '../../actions/imports.ts';
import { useClient } from '../../api/client.ts';
import { formatBytes } from '../../parts/formatBytes.ts';
import { Section } from '../../parts/Section.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';

/** Imports under way, each with the way to stop it. */
export function ActiveImports() {
  const active = useApp((app) => app.imports);
  const all = Object.values(active);
  if (all.length === 0) return null;
  return (
    <Section title={text.imports.active}>
      <Stack gap="lg">
        {all.map((progress) => (
          <ActiveImport key={progress.runId} progress={progress} />
        ))}
      </Stack>
    </Section>
  );
}

function ActiveImport({ progress }: { readonly progress: ImportProgress }) {
  const client = useClient();
  const [cancelling, setCancelling] = useState(false);
  const words = text.imports;
  const { runId, source, channel, set, step, bytesDone, bytesTotal, rows, rejected } = progress;
  const percent =
    step === 'reading' && bytesTotal > 0
      ? Math.min(100, Math.round((bytesDone / bytesTotal) * 100))
      : undefined;
  const cancel = async () => {
    setCancelling(true);
    await cancelImport(client, runId);
  };
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <Box miw={0}>
          <Text fw={600} role="status">
            {cancelling ? words.cancelling : words.steps[step]}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            {`${source} · ${channel}, ${set}`}
          </Text>
        </Box>
        <Button
          variant="default"
          disabled={cancelling}
          onClick={() => void cancel()}
          style={{ flexShrink: 0 }}
        >
          {words.cancel}
        </Button>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section
          value={percent ?? 100}
          animated={percent === undefined}
          opacity={percent === undefined ? 0.55 : 1}
          withAria={false}
          role="progressbar"
          aria-label={words.progressLabel(source)}
          aria-valuemin={0}
          aria-valuemax={100}
          {...(percent === undefined ? {} : { 'aria-valuenow': percent })}
        />
      </Progress.Root>
      <Text size="sm" className="figures">
        {words.progress(rows, rejected)}
        {bytesTotal > 1 ? ` · ${formatBytes(bytesDone)} / ${formatBytes(bytesTotal)}` : ''}
      </Text>
    </Stack>
  );
}
