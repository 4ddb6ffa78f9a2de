import { Button, Group, Loader, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { Customer, UnidentifiedFile } from '../../../shared/contract/customerFilesCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';

interface WhoseFileProps {
  readonly client: ContractClient;
  readonly file: UnidentifiedFile;
  /** The customer it is being attached to; '' while nothing is under way. */
  readonly busy: string;
  readonly onAttach: (customer: string) => void;
}

/** Likely customers for a file, and the search for others. */
export function WhoseFile({ client, file, busy, onAttach }: WhoseFileProps) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 250);
  const readLikely = useCallback(
    () => client.call('customerFiles.likely', { id: file.id }),
    [client, file.id],
  );
  const readFound = useCallback(
    () => client.call('customerFiles.find', { id: file.id, search }),
    [client, file.id, search],
  );
  const likely = useReading('records', readLikely);
  const found = useReading('records', readFound);
  const words = text.customerFiles;
  const list = (customers: readonly (Customer & { readonly likeness?: number })[]) =>
    customers.map((customer) => (
      <CustomerLine key={customer.customer} customer={customer} busy={busy} onAttach={onAttach} />
    ));
  return (
    <Stack gap="sm">
      <Title order={3}>{words.whose}</Title>
      <TextInput
        label={words.findLabel}
        placeholder={words.findPlaceholder}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
      />
      {typed.trim() === '' ? null : found.value === undefined ? (
        <Waiting error={found.error} />
      ) : found.value.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {words.noneFound}
        </Text>
      ) : (
        list(found.value)
      )}
      {typed.trim() !== '' ? null : (
        <>
          <Text fw={600}>{words.likelyTitle}</Text>
          {likely.value === undefined ? (
            <Waiting error={likely.error} />
          ) : likely.value.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.noLikely}
            </Text>
          ) : (
            list(likely.value)
          )}
        </>
      )}
    </Stack>
  );
}

function Waiting({ error }: { readonly error: Parameters<typeof ErrorNote>[0]['error'] | undefined }) {
  if (error !== undefined) return <ErrorNote error={error} />;
  return <Loader size="sm" aria-label={text.common.loading} role="status" />;
}

interface CustomerLineProps {
  readonly customer: Customer & { readonly likeness?: number };
  readonly busy: string;
  readonly onAttach: (customer: string) => void;
}

function CustomerLine({ customer, busy, onAttach }: CustomerLineProps) {
  const words = text.customerFiles;
  const { label, number, likeness } = customer;
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text fw={600}>{label}</Text>
        <Text size="sm" c="dimmed">
          {number === customer.customer ? number : `${number} · ${customer.customer}`}
          {likeness === undefined ? '' : ` · ${words.likeness(Math.round(likeness * 100))}`}
        </Text>
      </div>
      <Button
        size="xs"
        variant="light"
        style={{ flexShrink: 0 }}
        aria-label={words.attachTo(`${label} (${number})`)}
        loading={busy === customer.customer}
        disabled={busy !== ''}
        onClick={() => onAttach(customer.customer)}
      >
        {words.attach}
      </Button>
    </Group>
  );
}
