import { type Settings, settingsSchema } from '../../../shared/settings.ts';
import { issueText } from '../../parts/issueText.ts';
import { text } from '../../text/en.ts';
import { type MailForm, rawMail, toMailForm } from './mailForm.ts';

type Typed = number | string;

/** What the Settings window lets a person change. */
export interface SettingsForm extends MailForm {
  enabled: boolean;
  everyMinutes: Typed;
  from: string;
  through: string;
  at: string[];
  spread: boolean;
  retries: Typed;
  failures: Typed;
  minutes: Typed;
  firstRetrySeconds: Typed;
  longestRetrySeconds: Typed;
  afterPickup: Settings['delivery']['afterPickup'];
  existingFile: Settings['delivery']['existingFile'];
  backupDays: Typed;
  sentDays: Typed;
  lateAfterHours: Typed;
  allowanceMegabytes: Typed;
  theme: Settings['desktop']['theme'];
  keepRunningWhenClosed: boolean;
  startAtLogIn: boolean;
}

export type SettingsFormErrors = Partial<Record<keyof SettingsForm, string>>;
export type SettingsChange = Pick<
  Settings,
  'schedule' | 'delivery' | 'suspension' | 'mail' | 'alerts' | 'oversight' | 'desktop'
>;

export function toSettingsForm(settings: Settings): SettingsForm {
  const { schedule, delivery, suspension, oversight, desktop } = settings;
  const { retries, firstRetrySeconds, longestRetrySeconds, afterPickup, existingFile } = delivery;
  return {
    ...schedule,
    at: [...schedule.at],
    retries,
    firstRetrySeconds,
    longestRetrySeconds,
    afterPickup,
    existingFile,
    backupDays: delivery.backupDays,
    sentDays: delivery.sentDays,
    lateAfterHours: oversight.lateAfterHours,
    allowanceMegabytes: oversight.allowanceMegabytes,
    ...suspension,
    ...desktop,
    ...toMailForm(settings),
  };
}

/** The settings that the form says, or what is wrong, by field. Settings that are not in the form stay. */
export function readSettingsForm(
  form: SettingsForm,
  before: Settings,
): { readonly change: SettingsChange } | { readonly errors: SettingsFormErrors } {
  const { enabled, from, through, at, spread, afterPickup, existingFile, theme } = form;
  const parsed = settingsSchema.safeParse({
    ...before,
    schedule: {
      ...before.schedule,
      enabled,
      everyMinutes: number(form.everyMinutes),
      from,
      through,
      at,
      spread,
    },
    delivery: {
      ...before.delivery,
      retries: number(form.retries),
      firstRetrySeconds: number(form.firstRetrySeconds),
      longestRetrySeconds: number(form.longestRetrySeconds),
      afterPickup,
      existingFile,
      backupDays: number(form.backupDays),
      sentDays: number(form.sentDays),
    },
    suspension: { failures: number(form.failures), minutes: number(form.minutes) },
    ...rawMail(form),
    oversight: {
      ...before.oversight,
      lateAfterHours: number(form.lateAfterHours),
      allowanceMegabytes: number(form.allowanceMegabytes),
    },
    desktop: {
      ...before.desktop,
      theme,
      keepRunningWhenClosed: form.keepRunningWhenClosed,
      startAtLogIn: form.startAtLogIn,
    },
  });
  const errors: SettingsFormErrors = {};
  if (enabled && Number(form.everyMinutes) === 0 && at.length === 0) {
    errors.everyMinutes = text.settings.scheduleNothing;
  }
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = Object.keys(form).find((key): key is keyof SettingsForm => key === issue.path[1]);
      errors[field ?? 'enabled'] ??= issueText(issue);
    }
  }
  if (!parsed.success || Object.keys(errors).length > 0) return { errors };
  const { schedule, delivery, suspension, mail, alerts, oversight, desktop } = parsed.data;
  return { change: { schedule, delivery, suspension, mail, alerts, oversight, desktop } };
}

/** The schedule in a sentence, so that a person sees what the fields mean together. */
export function scheduleSentence(form: SettingsForm): string {
  if (!form.enabled) return text.settings.summaryOff;
  const minutes = Number(form.everyMinutes);
  const times = form.at.join(', ');
  if (!(minutes > 0)) return times === '' ? text.settings.scheduleNothing : text.settings.summaryAt(times);
  const every =
    form.from === form.through
      ? text.settings.summaryEveryAllDay(minutes)
      : text.settings.summaryEvery(minutes, form.from, form.through);
  return times === '' ? `${every}.` : `${every}${text.settings.summaryAlsoAt(times)}`;
}

/** `7:5` and `0730` are what people type; the settings want `07:05` and `07:30`. */
export function timeOfDay(typed: string): string | undefined {
  const match = /^\s*(\d{1,2})[:.h]?(\d{2})\s*$/.exec(typed) ?? /^\s*(\d{1,2})[:.h](\d{1,2})\s*$/.exec(typed);
  if (match === null) return undefined;
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  if (hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function number(typed: Typed): number | null {
  return typed === '' ? null : Number(typed);
}
