import { Button, Group, Select, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useId, useState } from 'react';
import type { ExportView } from '../../../shared/contract/exportsCalls.ts';
import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { ExportPreset } from '../../../shared/exportsSettings.ts';
import { saveExport } from '../../actions/exports.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';
import { FilterBar, type RowFilter } from '../datasets/FilterBar.tsx';
import { titleOf } from '../datasets/titleOf.ts';
import { ContentFields } from './ContentFields.tsx';
import { ExportPreview } from './ExportPreview.tsx';
import { type ExportForm, readExportForm, toExportForm } from './exportForm.ts';
import { WhenFields } from './WhenFields.tsx';

interface ExportFormProps {
  readonly client: ContractClient;
  readonly datasets: readonly DatasetView[];
  readonly view: ExportView | undefined;
  readonly preset: ExportPreset | undefined;
  readonly onDone: () => void;
}

/** All about one export, with a look at the rows it would write. */
export function ExportFormView({ client, datasets, view, preset, onDone }: ExportFormProps) {
  const words = text.exports.form;
  const formId = useId();
  const form = useForm<ExportForm>({ initialValues: toExportForm(view, preset) });
  const [filters, setFilters] = useState<readonly RowFilter[]>(view?.settings.filters ?? []);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<ErrorReport>();
  const schema = datasets.find((one) => one.schema.name === form.values.dataset)?.schema;

  const chooseDataset = (name: string | null) => {
    if (name === null) return;
    // What nobody typed yet follows the dataset.
    const untouched = form.values.name === '' || form.values.name === form.values.dataset;
    form.setValues({
      dataset: name,
      columns: [],
      ...(untouched && view === undefined ? { name, folder: `exports/${name}` } : {}),
    });
    setFilters([]);
  };
  const save = form.onSubmit(async (values) => {
    const read = readExportForm(values, [...filters]);
    if ('errors' in read) {
      form.setErrors({ ...read.errors });
      const [first] = Object.keys(read.errors);
      if (first !== undefined) form.getInputNode(first)?.focus();
      return;
    }
    setSaving(true);
    const replaces = view?.settings.name;
    const error = await saveExport(client, {
      settings: read.settings,
      ...(replaces === undefined ? {} : { replaces }),
    });
    setSaving(false);
    setFailure(error);
    if (error === undefined) onDone();
  });

  return (
    <Stack gap="md">
      <form id={formId} noValidate onSubmit={save}>
        <Stack gap="md">
          <Group grow align="flex-start">
            <Select
              label={words.dataset}
              data={datasets.map((one) => ({ value: one.schema.name, label: titleOf(one) }))}
              allowDeselect={false}
              searchable
              data-autofocus
              {...form.getInputProps('dataset')}
              onChange={chooseDataset}
            />
            <TextInput
              label={words.name}
              description={words.nameDescription}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              spellCheck={false}
              {...form.getInputProps('name')}
            />
          </Group>
          <TextInput
            label={words.folder}
            description={words.folderDescription}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            spellCheck={false}
            {...form.getInputProps('folder')}
          />
          <ContentFields form={form} schema={schema} />
          <WhenFields form={form} />
        </Stack>
      </form>
      {schema === undefined ? null : (
        <Stack gap="xs">
          <Title order={3}>{words.filters}</Title>
          <FilterBar schema={schema} filters={filters} onChange={setFilters} />
          <ExportPreview client={client} read={() => readExportForm(form.getValues(), [...filters])} />
        </Stack>
      )}
      {failure === undefined ? null : <ErrorNote error={failure} title={text.common.notSaved} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {text.common.cancel}
        </Button>
        <Button type="submit" form={formId} loading={saving}>
          {text.common.save}
        </Button>
      </Group>
    </Stack>
  );
}
