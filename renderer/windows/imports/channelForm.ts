import { type ImportChannel, importChannelSchema } from '../../../shared/importsSettings.ts';
import { text } from '../../text/en.ts';

/** What is typed for an import channel. */
export interface ChannelFormValues {
  readonly name: string;
  readonly dataset: string | null;
  readonly from: 'folder' | 'folders' | 'channel';
  readonly place: string;
  readonly mostErrors: number | string;
  readonly leastRows: number | string;
  readonly decimals: string;
  readonly dates: string;
  readonly recipients: string;
}

export const firstChannel: ChannelFormValues = {
  name: '',
  dataset: null,
  from: 'folder',
  place: 'ratebooks',
  mostErrors: 5,
  leastRows: 90,
  decimals: '.',
  dates: 'year-month-day',
  recipients: '',
};

const fields: Readonly<Record<string, keyof ChannelFormValues>> = {
  name: 'name',
  dataset: 'dataset',
  from: 'place',
  'limits.mostRowErrorsPercent': 'mostErrors',
  'limits.leastPreviousRowsPercent': 'leastRows',
  recipients: 'recipients',
};

/** The channel, or what is wrong at which field. */
export function channelOf(
  values: ChannelFormValues,
):
  | { readonly ok: true; readonly channel: ImportChannel }
  | { readonly ok: false; readonly errors: Partial<Record<keyof ChannelFormValues, string>> } {
  const place = values.place.trim().replace(/\/+$/, '');
  const parsed = importChannelSchema.safeParse({
    name: values.name.trim(),
    dataset: values.dataset ?? '',
    from:
      values.from === 'channel'
        ? { channel: place }
        : { folder: values.from === 'folders' && !place.endsWith('/*') ? `${place}/*` : place },
    limits: {
      mostRowErrorsPercent: Number(values.mostErrors),
      leastPreviousRowsPercent: Number(values.leastRows),
    },
    parsing: { decimalSeparator: values.decimals, dateOrder: values.dates },
    recipients: values.recipients.split(/[,;\s]+/).filter((address) => address !== ''),
  });
  if (parsed.success) return { ok: true, channel: parsed.data };
  const errors: Partial<Record<keyof ChannelFormValues, string>> = {};
  for (const issue of parsed.error.issues) {
    const path = issue.path.map(String);
    const field = fields[path.slice(0, 2).join('.')] ?? fields[path[0] ?? ''] ?? 'name';
    errors[field] ??= field === 'dataset' ? text.imports.addDatasetNeeded : messageOf(issue);
  }
  return { ok: false, errors };
}

/** A choice of two forms says only that neither fits: the reason stands in the form that was meant. */
function messageOf(issue: { readonly message: string; readonly code?: string }): string {
  if (issue.code !== 'invalid_union' || !('errors' in issue) || !Array.isArray(issue.errors))
    return issue.message;
  const all: readonly { readonly message: string; readonly code: string }[] = issue.errors.flat();
  return all.find(({ code }) => code === 'invalid_format' || code === 'custom')?.message ?? issue.message;
}
