import { Box, Group, List, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconInfoSmall, IconMinus, IconX } from '@tabler/icons-react';
import type { CheckStep } from '../../../shared/views.ts';
import { text } from '../../text/en.ts';

const looks = {
  ok: { color: 'green.8', Icon: IconCheck },
  failed: { color: 'red.8', Icon: IconX },
  note: { color: 'orange.9', Icon: IconInfoSmall },
  'not-run': { color: 'gray.6', Icon: IconMinus },
} as const;

/** The steps of a check as they come in, each with its outcome in sign and word. */
export function CheckSteps({ steps }: { readonly steps: readonly CheckStep[] }) {
  return (
    <List listStyleType="none" spacing="xs" size="sm" withPadding={false}>
      {steps.map((step) => {
        const { color, Icon } = looks[step.outcome];
        return (
          <List.Item
            key={step.name}
            data-outcome={step.outcome}
            icon={
              <ThemeIcon size={20} radius="xl" color={color}>
                <Icon size={14} stroke={2.4} aria-hidden />
              </ThemeIcon>
            }
            styles={{ itemWrapper: { alignItems: 'flex-start', width: '100%' }, itemLabel: { flex: 1 } }}
          >
            <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
              <Text size="sm" fw={600}>
                {step.label}
              </Text>
              <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                {step.outcome === 'not-run'
                  ? text.ftp.outcomes['not-run']
                  : text.ftp.stepOutcome(text.ftp.outcomes[step.outcome], step.durationMs)}
              </Text>
            </Group>
            {step.detail === '' ? null : (
              <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {step.detail}
              </Text>
            )}
            <Sentence lead={text.ftp.stepMeaning} body={step.meaning} />
            <Sentence lead={text.ftp.stepAdvice} body={step.advice} />
          </List.Item>
        );
      })}
    </List>
  );
}

function Sentence({ lead, body }: { readonly lead: string; readonly body: string }) {
  if (body === '') return null;
  return (
    <Box mt={2}>
      <Text size="sm" span fw={600}>
        {lead}
      </Text>{' '}
      <Text size="sm" span>
        {body}
      </Text>
    </Box>
  );
}
