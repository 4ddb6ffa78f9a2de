import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { modals } from '@mantine/modals';
import { useCallback } from 'react';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { notifyDone, notifyFailure } from '../../parts/notify.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { channelOf, firstChannel } from './channelForm.ts';

/** Asks for what an import channel is. The command line has what is asked for more rarely. */
export function openAddChannel(client: ContractClient): void {
  modals.open({ title: text.imports.addTitle, size: 'lg', children: <ChannelForm client={client} /> });
}

function ChannelForm({ client }: { readonly client: ContractClient }) {
  const words = text.imports;
  const read = useCallback(() => client.call('records.datasets', {}), [client]);
  const { value: datasets = [], error } = useReading('records', read);
  const form = useForm({ initialValues: firstChannel });
  const { from } = form.values;
  const add = async () => {
    const parsed = channelOf(form.values);
    if (!parsed.ok) {
      form.setErrors(parsed.errors);
      return;
    }
    const answer = await client.call('imports.putChannel', { channel: parsed.channel });
    if (!answer.ok) {
      notifyFailure(answer.error);
      return;
    }
    modals.closeAll();
    notifyDone(words.added_(parsed.channel.name));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Stack>
        {error === undefined ? null : <ErrorNote error={error} />}
        <TextInput
          label={words.addName}
          description={words.addNameHint}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label={words.addDataset}
          description={words.addDatasetHint}
          data={datasets.map(({ schema }) => ({
            value: schema.name,
            label: schema.title === '' ? schema.name : `${schema.title} (${schema.name})`,
          }))}
          {...form.getInputProps('dataset')}
        />
        <Select
          label={words.addFrom}
          allowDeselect={false}
          data={[
            { value: 'folder', label: words.addFromFolder },
            { value: 'folders', label: words.addFromFolders },
            { value: 'channel', label: words.addFromChannel },
          ]}
          {...form.getInputProps('from')}
        />
        <TextInput
          label={from === 'channel' ? words.addPacketChannel : words.addFolder}
          description={from === 'channel' ? undefined : words.addFolderHint}
          {...form.getInputProps('place')}
        />
        <Group grow align="flex-end">
          <NumberInput
            label={words.addErrors}
            suffix=" %"
            min={0}
            max={100}
            {...form.getInputProps('mostErrors')}
          />
          <NumberInput
            label={words.addLeast}
            suffix=" %"
            min={0}
            max={1000}
            {...form.getInputProps('leastRows')}
          />
        </Group>
        <Group grow align="flex-end">
          <Select
            label={words.addDecimals}
            allowDeselect={false}
            data={Object.entries(words.decimals).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('decimals')}
          />
          <Select
            label={words.addDates}
            allowDeselect={false}
            data={Object.entries(words.dates).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps('dates')}
          />
        </Group>
        <TextInput
          label={words.addRecipients}
          description={words.addRecipientsHint}
          {...form.getInputProps('recipients')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {text.common.cancel}
          </Button>
          <Button type="submit">{words.addConfirm}</Button>
        </Group>
      </Stack>
    </form>
  );
}
