import { Stack, Text } from '@mantine/core';
import type { MailState } from '../../../shared/contract/alertsCalls.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { text } from '../../text/en.ts';

const looks = {
  none: { tone: 'idle', word: text.alerts.none },
  unsent: { tone: 'warn', word: text.alerts.unsent },
  sent: { tone: 'good', word: text.alerts.sent },
  'given-up': { tone: 'bad', word: text.alerts.givenUp },
} as const;

/** How far an e-mail came, and why no further. */
export function MailCell({ mail }: { readonly mail: MailState }) {
  const { tone, word } = looks[mail.state];
  const onItsWay = mail.state === 'unsent' && mail.error === undefined;
  return (
    <Stack gap={2} align="flex-start" maw={320}>
      {onItsWay ? (
        <StateBadge tone="busy">{text.alerts.about}</StateBadge>
      ) : (
        <StateBadge tone={tone} title={mail.state === 'none' ? text.alerts.noneHint : undefined}>
          {word}
        </StateBadge>
      )}
      {mail.sentMs === undefined ? null : (
        <Text size="xs" c="dimmed">
          <Time ms={mail.sentMs} />
        </Text>
      )}
      {mail.error === undefined ? null : (
        <Text size="xs">
          {mail.error.message} {mail.error.advice}
        </Text>
      )}
      {mail.state !== 'unsent' || mail.nextTryMs === undefined ? null : (
        <Text size="xs" c="dimmed">
          {text.alerts.nextTry} <Time ms={mail.nextTryMs} />
        </Text>
      )}
    </Stack>
  );
}
