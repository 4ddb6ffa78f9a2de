import { Button, Group, Radio, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useCallback, useState } from 'react';
import type { SubscriptionView } from '../../../shared/contract/exportsCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { subscriptionSchema } from '../../../shared/subscriptionsSettings.ts';
import { saveSubscription } from '../../actions/exports.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import { titleOf } from '../datasets/titleOf.ts';

/** Has stores get a set, or changes which ones do. */
export function openSubscriptionForm(client: ContractClient, view: SubscriptionView | undefined): void {
  const id = modals.open({
    title: text.exports.sets.formTitle,
    children: <SubscriptionForm client={client} view={view} onDone={() => modals.close(id)} />,
  });
}

interface SubscriptionFormProps {
  readonly client: ContractClient;
  readonly view: SubscriptionView | undefined;
  readonly onDone: () => void;
}

function SubscriptionForm({ client, view, onDone }: SubscriptionFormProps) {
  const words = text.exports.sets;
  const before = view?.subscription;
  const read = useCallback(() => client.call('records.datasets', {}), [client]);
  const { value: datasets = [] } = useReading('records', read);
  const [dataset, setDataset] = useState<string>(before?.dataset ?? 'rate-book');
  const [set, setSet] = useState<string>(before?.set ?? 'default');
  const [who, setWho] = useState(before === undefined || before.stores === 'all' ? 'all' : 'some');
  const [numbers, setNumbers] = useState<string[]>(
    before === undefined || before.stores === 'all' ? [] : [...before.stores],
  );
  const [error, setError] = useState<ErrorReport>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    const parsed = subscriptionSchema.safeParse({ dataset, set, stores: who === 'all' ? 'all' : numbers });
    if (!parsed.success) {
      const message = [...new Set(parsed.error.issues.map((issue) => issue.message))].join(' ');
      setError({ code: 'invalid-settings', class: 'fix', message, advice: '' });
      return;
    }
    setBusy(true);
    const failure = await saveSubscription(client, parsed.data);
    setBusy(false);
    setError(failure);
    if (failure === undefined) onDone();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack>
        <Select
          label={words.dataset}
          data={datasets.map((one) => ({ value: one.schema.name, label: titleOf(one) }))}
          value={dataset}
          onChange={(name) => name !== null && setDataset(name)}
          disabled={view !== undefined}
          allowDeselect={false}
          data-autofocus
        />
        <TextInput
          label={words.set}
          value={set}
          disabled={view !== undefined}
          spellCheck={false}
          onChange={(event) => setSet(event.currentTarget.value)}
        />
        <Radio.Group label={words.who} value={who} onChange={setWho}>
          <Stack gap={6} mt={6}>
            <Radio value="all" label={words.whoAll} />
            <Radio value="some" label={words.whoSome} />
          </Stack>
        </Radio.Group>
        {who === 'some' ? (
          <TagsInput
            label={words.numbers}
            description={words.numbersDescription}
            splitChars={[',', ' ', ';']}
            clearable={false}
            value={numbers}
            onChange={setNumbers}
          />
        ) : null}
        {error === undefined ? null : <ErrorNote error={error} title={text.common.notSaved} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {text.common.cancel}
          </Button>
          <Button type="submit" loading={busy}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
