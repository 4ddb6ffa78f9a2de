import { Alert, Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconPlugConnected, IconStethoscope } from '@tabler/icons-react';
import type { ServerIdentity } from '../../../shared/trust.ts';
import type { CheckKind } from '../../actions/check.ts';
import { text } from '../../text/en.ts';
import { CheckSteps } from './CheckSteps.tsx';
import type { ShownCheck } from './useCheck.ts';

interface CheckPanelProps {
  readonly shown: ShownCheck | undefined;
  /** True when the form is not what was tried. */
  readonly stale: boolean;
  readonly onStart: (kind: CheckKind) => void;
  readonly onStop: () => void;
  readonly onLook: (identity: ServerIdentity) => void;
}

/** Test Connection and the self-check, and what they found, while the fields stay in view. */
export function CheckPanel({ shown, stale, onStart, onStop, onLook }: CheckPanelProps) {
  const running = shown?.running === true;
  return (
    <Paper p="md" radius="md" bg="var(--branchline-ground)" component="section" aria-label={text.ftp.check}>
      <Stack gap="sm">
        <Title order={3}>{text.ftp.check}</Title>
        <Group gap="xs" grow preventGrowOverflow={false} wrap="nowrap">
          <Button
            variant="default"
            px="sm"
            leftSection={<IconPlugConnected size={18} aria-hidden />}
            disabled={running}
            onClick={() => onStart('test-connection')}
          >
            {text.ftp.testConnection}
          </Button>
          <Button
            variant="default"
            px="sm"
            leftSection={<IconStethoscope size={18} aria-hidden />}
            disabled={running}
            onClick={() => onStart('self-check')}
          >
            {text.ftp.selfCheck}
          </Button>
        </Group>
        {shown === undefined ? (
          <Introduction />
        ) : (
          <Findings shown={shown} stale={stale} onStop={onStop} onLook={onLook} />
        )}
      </Stack>
    </Paper>
  );
}

const truths = {
  'test-connection': text.ftp.testConnectionTruth,
  'self-check': text.ftp.selfCheckTruth,
  save: text.ftp.saveTruth,
} as const;

function Introduction() {
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        <b>{text.ftp.testConnection}:</b> {text.ftp.testConnectionTruth}
      </Text>
      <Text size="sm" c="dimmed">
        <b>{text.ftp.selfCheck}:</b> {text.ftp.selfCheckTruth}
      </Text>
      <Text size="sm" c="dimmed">
        {text.ftp.checkIntro}
      </Text>
    </Stack>
  );
}

function Findings({
  shown,
  stale,
  onStop,
  onLook,
}: {
  readonly shown: ShownCheck;
  readonly stale: boolean;
  readonly onStop: () => void;
  readonly onLook: (identity: ServerIdentity) => void;
}) {
  const { kind, running, record } = shown;
  return (
    <Stack gap="sm">
      {running ? (
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Loader size="xs" aria-hidden />
            <Text size="sm" fw={600} role="status">
              {text.ftp.checking[kind]}
            </Text>
          </Group>
          <Button size="compact-sm" variant="default" onClick={onStop}>
            {text.ftp.stop}
          </Button>
        </Group>
      ) : kind === 'save' ? null : (
        <Verdict shown={shown} onLook={onLook} />
      )}
      {stale && !running ? (
        <Text size="xs" c="dimmed">
          {text.ftp.stale}
        </Text>
      ) : null}
      <CheckSteps steps={record.steps} />
      <Text size="xs" c="dimmed">
        {truths[kind]}
      </Text>
    </Stack>
  );
}

function Verdict({
  shown,
  onLook,
}: {
  readonly shown: ShownCheck;
  readonly onLook: (identity: ServerIdentity) => void;
}) {
  const { kind, record, error } = shown;
  const report = record.report;
  const good = report?.ok === true && error === undefined;
  const cancelled = error?.class === 'cancelled';
  const identity = error?.untrusted;
  const failed = record.steps.find((step) => step.outcome === 'failed' && step.advice !== '');
  const advice = failed?.advice ?? error?.advice ?? '';
  return (
    <Alert
      role="alert"
      color={good ? 'green' : cancelled ? 'gray' : 'red'}
      icon={good ? <IconCircleCheck aria-hidden /> : <IconCircleX aria-hidden />}
      title={good ? text.ftp.checkGood[kind] : cancelled ? text.ftp.checkCancelled : text.ftp.checkBad[kind]}
      data-verdict={good ? 'good' : 'bad'}
    >
      <Text size="sm">{report?.verdict ?? error?.message}</Text>
      {advice === '' ? null : (
        <Text size="sm" mt={4}>
          <b>{text.errors.whatToDo}</b> {advice}
        </Text>
      )}
      {good && kind === 'test-connection' ? (
        <Text size="sm" mt={4}>
          {text.ftp.selfCheckOffer}
        </Text>
      ) : null}
      {identity === undefined ? null : (
        <Button size="compact-sm" variant="default" mt="xs" onClick={() => onLook(identity)}>
          {text.trust.look}
        </Button>
      )}
    </Alert>
  );
}
