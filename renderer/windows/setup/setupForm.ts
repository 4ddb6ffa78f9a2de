import { setsChannel } from '../../../shared/setManifest.ts';
import { type Settings, settingsSchema } from '../../../shared/settings.ts';
import { channelNameSchema } from '../../../shared/sites.ts';
import { issueText } from '../../parts/issueText.ts';
import { text } from '../../text/en.ts';

/** What Setup lets a person change. Empty folders are the default ones. */
export interface SetupForm {
  name: string;
  outgoing: string;
  incoming: string;
  backup: string;
  channels: string[];
}

export type SetupFormErrors = Partial<Record<keyof SetupForm, string>>;
export type SetupChange = Pick<Settings, 'site' | 'folders' | 'channels'>;

const folderNames = ['outgoing', 'incoming', 'backup'] as const;
export type FolderName = (typeof folderNames)[number];

export function toSetupForm(settings: Settings): SetupForm {
  const { outgoing = '', incoming = '', backup = '' } = settings.folders;
  return { name: settings.site.name, outgoing, incoming, backup, channels: [...settings.channels] };
}

/** The settings that the form says, or what is wrong, by field. Settings that are not in the form stay. */
export function readSetupForm(
  form: SetupForm,
  before: Settings,
): { readonly change: SetupChange } | { readonly errors: SetupFormErrors } {
  const errors: SetupFormErrors = {};
  if (form.name.trim() === '') errors.name = text.errors.needed;
  const folders: Record<string, string> = before.folders.sent ? { sent: before.folders.sent } : {};
  for (const name of folderNames) {
    const path = form[name].trim();
    if (path === '') continue;
    if (isWholePath(path)) folders[name] = path;
    else errors[name] = text.setup.pathNotAbsolute;
  }
  const parsed = settingsSchema.safeParse({
    ...before,
    site: { ...before.site, name: form.name.trim() },
    folders,
    channels: form.channels,
  });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const field = fieldOf(issue.path);
      errors[field] ??= issueText(issue);
    }
  }
  if (!parsed.success || Object.keys(errors).length > 0) return { errors };
  const { site, folders: whole, channels } = parsed.data;
  return { change: { site, folders: whole, channels } };
}

/** Why a channel cannot be added, or undefined. */
export function channelProblem(name: string, channels: readonly string[]): string | undefined {
  const parsed = channelNameSchema.safeParse(name);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? text.errors.notUnderstood;
  if (name === setsChannel) return text.setup.channelReserved;
  return channels.includes(name) ? text.setup.channelExists : undefined;
}

/** A folder's place when none is given: beside the settings. */
export function defaultFolder(dataDir: string, name: FolderName): string {
  return dataDir.includes('\\') ? `${dataDir}\\${name}` : `${dataDir}/${name}`;
}

/** The engine decides with its own system's rules; this catches what is whole on none. */
function isWholePath(path: string): boolean {
  return /^([A-Za-z]:[\\/]|[\\/])/.test(path);
}

function fieldOf(path: readonly PropertyKey[]): keyof SetupForm {
  if (path[0] === 'channels') return 'channels';
  return folderNames.find((name) => path[0] === 'folders' && path[1] === name) ?? 'name';
}
