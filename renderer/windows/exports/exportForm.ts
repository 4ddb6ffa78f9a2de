import type { CallInput } from '../../../shared/contract/calls.ts';
import type { ExportView } from '../../../shared/contract/exportsCalls.ts';
import { type ExportPreset, exportSettingsSchema } from '../../../shared/exportsSettings.ts';

/** What the form holds while it is typed. */
export interface ExportForm {
  name: string;
  dataset: string;
  set: string;
  columns: string[];
  folder: string;
  kind: 'complete' | 'changes';
  when: 'demand' | 'every' | 'at';
  everyMinutes: number | string;
  from: string;
  through: string;
  at: string[];
  keepDays: number | string;
  neutraliseFormulas: boolean;
}

export type ExportInput = CallInput<'exports.save'>['settings'];
type Filters = NonNullable<ExportInput['filters']>;

export function toExportForm(view: ExportView | undefined, preset?: ExportPreset): ExportForm {
  const settings = view?.settings;
  const schedule = settings?.schedule;
  const proposed = settings ?? preset;
  return {
    name: proposed?.name ?? '',
    dataset: proposed?.dataset ?? '',
    set: settings?.set ?? '',
    columns: [...(settings?.columns ?? [])],
    folder: proposed?.folder ?? '',
    kind: settings?.kind ?? 'complete',
    when: schedule?.enabled !== true ? 'demand' : schedule.everyMinutes > 0 ? 'every' : 'at',
    everyMinutes: schedule !== undefined && schedule.everyMinutes > 0 ? schedule.everyMinutes : 60,
    from: schedule?.from ?? '00:00',
    through: schedule?.through ?? '00:00',
    at: [...(schedule?.at ?? [])],
    keepDays: settings?.keepDays ?? 30,
    neutraliseFormulas: settings?.neutraliseFormulas ?? true,
  };
}

/** The settings that the form says, or what is wrong with which field. */
export function readExportForm(
  values: ExportForm,
  filters: Filters,
): { readonly settings: ExportInput } | { readonly errors: Partial<Record<keyof ExportForm, string>> } {
  const schedule =
    values.when === 'demand'
      ? { enabled: false }
      : {
          enabled: true,
          everyMinutes: values.when === 'every' ? whole(values.everyMinutes) : 0,
          from: values.from,
          through: values.through,
          // Given times count besides the interval, too; the form asks for one of the two.
          at: values.when === 'at' ? values.at : [],
        };
  const parsed = exportSettingsSchema.safeParse({
    name: values.name.trim(),
    dataset: values.dataset,
    ...(values.set.trim() === '' ? {} : { set: values.set.trim() }),
    columns: values.columns,
    filters,
    folder: values.folder.trim(),
    kind: values.kind,
    schedule,
    keepDays: whole(values.keepDays),
    neutraliseFormulas: values.neutraliseFormulas,
  });
  if (parsed.success) return { settings: parsed.data };
  const errors: Partial<Record<keyof ExportForm, string>> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = fieldOf(path.map(String));
    errors[field] ??= message;
  }
  return { errors };
}

function fieldOf([first = '', second = '']: readonly string[]): keyof ExportForm {
  if (first === 'schedule') {
    return second === 'from' || second === 'through' || second === 'at' ? second : 'everyMinutes';
  }
  const fields = ['name', 'dataset', 'set', 'columns', 'folder', 'kind', 'keepDays'] as const;
  return fields.find((field) => field === first) ?? 'name';
}

/** What the schema then refuses, where it is no whole number. */
function whole(typed: number | string): number {
  return typed === '' ? -1 : Number(typed);
}
