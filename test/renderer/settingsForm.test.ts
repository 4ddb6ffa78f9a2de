import { describe, expect, it } from 'vitest';
import {
  readSettingsForm,
  scheduleSentence,
  timeOfDay,
  toSettingsForm,
} from '../../renderer/windows/settings/settingsForm.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { centralSettings } from './presentStates.ts';

const unusual = settingsSchema.parse({
  ...centralSettings,
  schedule: { enabled: true, everyMinutes: 20, from: '07:00', through: '21:00', at: ['06:30'] },
  delivery: { retries: 9, packetFiles: 7, compressionLevel: 9, backupDays: 3 },
  oversight: { storeAllowances: { '0012': 50 } },
  suspension: { failures: 3, minutes: 2.5 },
  mail: {
    host: 'smtp.example.com',
    port: 465,
    security: 'tls',
    sender: 'office@example.com',
    recipients: ['a@example.com', 'b@example.com'],
    certificateAuthorityFile: '/etc/ca.pem',
  },
  alerts: { suspension: false, lateStore: false },
  desktop: { theme: 'dark', startAtLogIn: true },
});

describe('Settings as a form', () => {
  it('gives back what it was given, with the settings that it does not show', () => {
    for (const settings of [centralSettings, unusual]) {
      const { schedule, delivery, suspension, mail, alerts, oversight, desktop } = settings;
      expect(readSettingsForm(toSettingsForm(settings), settings)).toEqual({
        change: { schedule, delivery, suspension, mail, alerts, oversight, desktop },
      });
    }
  });

  it.each([
    ['retries', { retries: '' }, 'Enter a number.'],
    ['retries', { retries: 101 }, 'Enter 100 or less.'],
    ['everyMinutes', { enabled: true, everyMinutes: 0, at: [] }, 'otherwise nothing is ever transmitted'],
    ['failures', { failures: 0 }, 'Enter 1 or more.'],
    ['port', { port: '' }, 'Enter a number.'],
    ['sender', { sender: 'nobody' }, 'like office@example.com'],
    ['from', { from: '' }, 'like 07:30'],
    ['at', { at: ['25:00'] }, 'like 07:30'],
    ['backupDays', { backupDays: '' }, 'Enter a number.'],
    ['allowanceMegabytes', { allowanceMegabytes: 0 }, 'Enter 1 or more.'],
  ])('says at the field %s what is wrong with %o', (field, typed, message) => {
    const read = readSettingsForm({ ...toSettingsForm(unusual), ...typed }, unusual);
    expect(read).toEqual({ errors: { [field]: expect.stringContaining(message) } });
  });
});

describe('the schedule in a sentence', () => {
  const form = toSettingsForm(unusual);
  it.each([
    [{}, 'Every 20 minutes between 07:00 and 21:00, and at 06:30.'],
    [{ at: [] }, 'Every 20 minutes between 07:00 and 21:00.'],
    [{ through: '07:00', at: [] }, 'Every 20 minutes, all day.'],
    [{ everyMinutes: 0, at: ['06:30', '23:00'] }, 'At 06:30, 23:00.'],
    [{ enabled: false }, 'Transmissions start only when a person or a script asks for one.'],
  ])('says %o as "%s"', (typed, sentence) => {
    expect(scheduleSentence({ ...form, ...typed })).toBe(sentence);
  });
});

it.each([
  ['07:30', '07:30'],
  ['7:30', '07:30'],
  ['0730', '07:30'],
  ['7.30', '07:30'],
  ['7:5', '07:05'],
  [' 23h15 ', '23:15'],
  ['24:00', undefined],
  ['07:60', undefined],
  ['soon', undefined],
])('reads the typed time "%s" as %s', (typed, time) => {
  expect(timeOfDay(typed)).toBe(time);
});
