import { type Settings, settingsSchema } from '../../../shared/settings.ts';

/**
 * The settings as they are now with the parts (`ftp`, `schedule`, …) that a client changed from what they were when it
 * began. Another client may have saved another part meanwhile: proving takes seconds. What is trusted stays as it is
 * in any case: a client that read the settings a while ago must not take back what a person trusted since.
 */
export function withChanges(before: Settings, after: Settings, now: Settings): Settings {
  const parts = Object.keys(settingsSchema.shape).filter(
    (part): part is keyof Settings =>
      // The keys of the schema are those of what it parses.
      part !== 'trusted' &&
      JSON.stringify(before[part as keyof Settings]) !== JSON.stringify(after[part as keyof Settings]),
  );
  return { ...now, ...Object.fromEntries(parts.map((part) => [part, after[part]])) };
}
