import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ReactNode } from 'react';
import type { StoreRow } from '../../../shared/contract/rows.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { goTo } from '../../actions/goTo.ts';
import { StateBadge } from '../../parts/StateBadge.tsx';
import { Time } from '../../parts/Time.tsx';
import { text } from '../../text/en.ts';
import { openResend } from '../queue/openResend.tsx';
import { StoreSpace } from './StoreSpace.tsx';
import { storeTones } from './storeRows.ts';

/** One store: why it is in its state, and what can be done for it. */
export function openStore(client: ContractClient, row: StoreRow): void {
  const words = text.stores;
  const id = modals.open({
    title: `${text.sites.addressee(row.name)} · ${row.label}`,
    size: 'lg',
    children: (
      <Stack>
        <Group gap="sm" wrap="nowrap">
          <StateBadge tone={storeTones[row.state]}>{words.states[row.state]}</StateBadge>
          <Text>{row.reason}</Text>
        </Group>
        <Fact label={words.columns.lastIn}>
          {row.lastInMs === undefined ? words.never : <Time ms={row.lastInMs} />}
        </Fact>
        <Fact label={words.columns.lastOut}>
          {row.lastOutMs === undefined ? words.never : <Time ms={row.lastOutMs} />}
        </Fact>
        <Fact label={words.columns.waiting}>{words.detailWaiting(row.waiting)}</Fact>
        <Fact label={words.columns.gaps}>{words.detailGaps(row.gaps)}</Fact>
        {row.editions.length === 0 ? null : (
          <Fact label={words.columns.editions}>
            {row.editions.map(({ name, state }) => (
              <Text key={name}>
                {name}: {words.editionStates[state]}
              </Text>
            ))}
          </Fact>
        )}
        <Fact label={words.columns.version}>{row.version === '' ? words.unknown : row.version}</Fact>
        <Fact label={words.columns.space}>
          <StoreSpace row={row} />
        </Fact>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => openResend(client, row.name)}>
            {words.resend}
          </Button>
          <Button
            onClick={() => {
              modals.close(id);
              goTo('queue', 'to', row.name);
            }}
          >
            {words.openQueue}
          </Button>
        </Group>
      </Stack>
    ),
  });
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Text w={160} c="dimmed">
        {label}
      </Text>
      <Text component="div" flex={1}>
        {children}
      </Text>
    </Group>
  );
}
