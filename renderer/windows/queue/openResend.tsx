import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { resendPackets } from '../../actions/queue.ts';
import { text } from '../../text/en.ts';
import { resendRequest } from './resendRequest.ts';

/** Asks what to send again: for whom, since when. */
export function openResend(client: ContractClient, to = ''): void {
  modals.open({
    title: text.queue.resendTitle,
    children: <ResendForm client={client} to={to} />,
  });
}

function ResendForm({ client, to: firstTo }: { readonly client: ContractClient; readonly to: string }) {
  const [to, setTo] = useState(firstTo);
  const [since, setSince] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const words = text.queue;
  const send = async () => {
    const request = resendRequest(to, since);
    setMissing(request === undefined);
    if (request === undefined) return;
    setBusy(true);
    const taken = await resendPackets(client, [request]);
    setBusy(false);
    if (taken) modals.closeAll();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack>
        <Text size="sm">{words.resendBody}</Text>
        <TextInput
          label={words.resendTo}
          description={words.resendToHint}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={missing ? words.resendNeeded : undefined}
          data-autofocus
        />
        <TextInput
          type="datetime-local"
          label={words.resendSince}
          description={words.resendSinceHint}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {text.common.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {words.resendConfirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
