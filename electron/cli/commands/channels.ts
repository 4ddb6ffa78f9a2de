import { join } from 'node:path';
import type { Command } from 'commander';
import { setsChannel } from '../../../shared/setManifest.ts';
import type { Settings } from '../../../shared/settings.ts';
import { type ChannelName, channelNameSchema } from '../../../shared/sites.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatCount } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

function channelNames(names: readonly string[]): ChannelName[] {
  return names.map((name) => {
    const result = channelNameSchema.safeParse(name);
    if (result.success) return result.data;
    throw usageError(
      `Channel name ${JSON.stringify(name)}: ${result.error.issues[0]?.message ?? 'not allowed'}`,
      'For example: branchline channels add daily-close',
    );
  });
}

function ownChannels(names: readonly ChannelName[]): readonly ChannelName[] {
  if (!names.includes(setsChannel)) return names;
  throw usageError(
    `The channel ${setsChannel} belongs to Branchline: published sets travel to the stores in it.`,
    'Choose another name.',
  );
}

/** Where a person puts files for a channel. */
function folderOf(settings: Settings, dataDir: string, channel: string): string {
  const folder = join(settings.folders.outgoing ?? join(dataDir, 'outgoing'), channel);
  return settings.site.role === 'central' ? join(folder, '<store number or all>') : folder;
}

function list(context: Context): Promise<Answer> {
  return context.withEngine((engine) => {
    const settings = requireSettings(engine);
    const rows = settings.channels.map((channel) => ({
      channel,
      folder: folderOf(settings, engine.dataDir, channel),
    }));
    const lines =
      rows.length === 0
        ? ['There are no channels yet. Add one: branchline channels add daily-close']
        : formatTable(
            ['Channel', 'Put files to send in'],
            rows.map((row) => [row.channel, row.folder]),
          );
    return listing(rows, lines);
  });
}

function change(
  context: Context,
  decide: (channels: readonly ChannelName[]) => ChannelName[],
): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const before = requireSettings(engine);
    const saved = await engine.saveSettings({ ...before, channels: decide(before.channels) });
    const added = saved.channels.filter((channel) => !before.channels.includes(channel));
    const removed = before.channels.filter((channel) => !saved.channels.includes(channel));
    const verdict =
      added.length + removed.length === 0
        ? 'Nothing to change.'
        : [
            ...(added.length === 0
              ? []
              : [`Added ${formatCount(added.length, 'channel')}: ${added.join(', ')}.`]),
            ...(removed.length === 0
              ? []
              : [
                  `Removed ${formatCount(removed.length, 'channel')}: ${removed.join(', ')}. Its files stay where they are.`,
                ]),
          ].join(' ');
    const places = added.map((channel) => `  Put files in ${folderOf(saved, engine.dataDir, channel)}`);
    return done({ channels: saved.channels, added, removed }, [verdict, ...places]);
  });
}

export function addChannels(program: Command, act: Act): void {
  const channels = program
    .command('channels')
    .summary('list, add or remove channels')
    .description('A channel is a named flow of one kind of data; its name is the name of its folder.');
  addExamples(channels, ['branchline channels list', 'branchline channels add daily-close price-book']);

  addExamples(
    channels
      .command('list')
      .description('Lists the channels and where their files go.')
      .action(() => act(list)),
    ['branchline channels list', 'branchline channels list --json'],
  );
  addExamples(
    channels
      .command('add <names...>')
      .description('Adds channels.')
      .action((names: string[]) =>
        act((context) =>
          change(context, (before) => [...new Set([...before, ...ownChannels(channelNames(names))])]),
        ),
      ),
    ['branchline channels add daily-close', 'branchline channels add price-book documents'],
  );
  addExamples(
    channels
      .command('remove <names...>')
      .description('Removes channels. Files in their folders stay, but are no longer picked up.')
      .action((names: string[]) =>
        act((context) =>
          change(context, (before) => {
            const gone = channelNames(names);
            const unknown = gone.find((name) => !before.includes(name));
            if (unknown !== undefined) {
              throw usageError(`There is no channel "${unknown}".`, 'See: branchline channels list');
            }
            return before.filter((name) => !gone.includes(name));
          }),
        ),
      ),
    ['branchline channels remove documents'],
  );
}
