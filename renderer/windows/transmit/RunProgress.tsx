import { Box, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ActiveRun } from '../../../shared/contract/calls.ts';
import { cancelTransmission } from '../../actions/transmit.ts';
import { useClient } from '../../api/client.ts';
import { text } from '../../text/en.ts';
import { describeProgress } from './describeProgress.ts';

/** The run under way: what, how much, how fast, how long; and the way to stop it. */
export function RunProgress({ run }: { readonly run: ActiveRun }) {
  const client = useClient();
  const [cancelled, setCancelled] = useState<string | undefined>();
  const { phase, what, percent, figures } = describeProgress(run.progress);
  const cancelling = cancelled === run.runId;
  const words = cancelling ? text.transmit.cancelling : phase;
  const cancel = async () => {
    setCancelled(run.runId);
    await cancelTransmission(client, run.runId);
  };
  return (
    <Stack gap={6}>
      <Group justify="space-between" align="flex-end" wrap="nowrap">
        <Box miw={0}>
          <Text fw={600} role="status">
            {words}
          </Text>
          <Text size="sm" c="dimmed" truncate title={what}>
            {what === '' ? '\u00a0' : what}
          </Text>
        </Box>
        <Button
          variant="default"
          onClick={() => void cancel()}
          disabled={cancelling}
          title={text.transmit.cancelHint}
          style={{ flexShrink: 0 }}
        >
          {cancelling ? text.transmit.cancelling : text.transmit.cancelRun}
        </Button>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section
          value={percent ?? 100}
          animated={percent === undefined}
          opacity={percent === undefined ? 0.55 : 1}
          withAria={false}
          role="progressbar"
          aria-label={text.transmit.progressLabel}
          aria-valuemin={0}
          aria-valuemax={100}
          {...(percent === undefined ? {} : { 'aria-valuenow': percent })}
          aria-valuetext={percent === undefined ? words : `${words}, ${text.transmit.percent(percent)}`}
        />
      </Progress.Root>
      <Group justify="space-between">
        <Text size="sm" className="figures">
          {figures.length === 0 ? '\u00a0' : figures.join(' · ')}
        </Text>
        <Text size="sm" c="dimmed" className="figures">
          {percent === undefined ? '' : text.transmit.percent(percent)}
        </Text>
      </Group>
    </Stack>
  );
}
