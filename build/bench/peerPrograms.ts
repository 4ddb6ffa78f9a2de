import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchServer, Contestant, Trial } from './contestant.ts';
import { type Command, measureProcess } from './measureProcess.ts';

/** One program in one way of using it; `peer` turns it into a contestant. */
interface PeerUse {
  readonly name: string;
  readonly way: string;
  /** Errors: none. Files that a command needs are written here. */
  commands(trial: Trial, into: string): Promise<{ readonly upload: Command; readonly download: Command }>;
}

function peer(use: PeerUse): Contestant {
  return {
    name: use.name,
    way: use.way,
    async prepare(trial) {
      const into = join(trial.scratch, 'received');
      await mkdir(into);
      const { upload, download } = await use.commands(trial, into);
      return {
        send: () => measureProcess(upload),
        receive: () => measureProcess(download),
        receivedIn: async () => into,
      };
    },
  };
}

function connectionsWay(connections: number): string {
  return connections === 1 ? '1 connection' : `${connections} connections`;
}

/** Everything that costs round trips and is not asked for (permissions, times) is off. */
function lftpScript(server: BenchServer, lines: readonly string[]): Command {
  const script = [
    'set cmd:fail-exit yes',
    'set ftp:ssl-allow no',
    'set net:max-retries 20',
    'set net:reconnect-interval-base 1',
    `open -u '${server.username},${server.password}' ftp://${server.host}:${server.port}`,
    ...lines,
  ];
  return { program: 'lftp', args: ['--norc', '-c', script.join('; ')] };
}

export function lftpMirror(connections: number): Contestant {
  return peer({
    name: 'lftp',
    way: connectionsWay(connections),
    commands: async ({ server, files, remoteFolder }, into) => ({
      upload: lftpScript(server, [`mirror -R --no-perms -P ${connections} ${files.folder} ${remoteFolder}`]),
      download: lftpScript(server, [`mirror --no-perms -P ${connections} ${remoteFolder} ${into}`]),
    }),
  });
}

/** One file: sent over one connection, fetched in `segments` parts at the same time. */
export function lftpSegments(segments: number): Contestant {
  return peer({
    name: 'lftp',
    way: segments === 1 ? '1 connection' : `1 up, pget -n ${segments} down`,
    commands: async ({ server, files, remoteFolder }, into) => ({
      upload: lftpScript(server, [
        ...files.names.map((name) => `put -O ${remoteFolder} ${join(files.folder, name)}`),
      ]),
      download: lftpScript(server, [
        ...files.names.map((name) =>
          segments === 1
            ? `get -O ${into} ${remoteFolder}/${name}`
            : `pget -n ${segments} -O ${into} ${remoteFolder}/${name}`,
        ),
      ]),
    }),
  });
}

export function rcloneCopy(connections: number): Contestant {
  return peer({
    name: 'rclone',
    way: connectionsWay(connections),
    async commands({ server, files, remoteFolder, scratch }, into) {
      const obscured = spawnSync('rclone', ['obscure', '-'], { input: server.password, encoding: 'utf8' });
      const config = join(scratch, 'rclone.conf');
      await writeFile(config, '');
      const common = {
        program: 'rclone',
        env: {
          RCLONE_CONFIG: config,
          RCLONE_CONFIG_SITE_TYPE: 'ftp',
          RCLONE_CONFIG_SITE_HOST: server.host,
          RCLONE_CONFIG_SITE_PORT: String(server.port),
          RCLONE_CONFIG_SITE_USER: server.username,
          RCLONE_CONFIG_SITE_PASS: obscured.stdout.trim(),
          RCLONE_CACHE_DIR: scratch,
        },
      };
      // Not `--ftp-concurrency`: it waits for itself for ever when transfers and checkers reach it.
      const flags = ['--transfers', String(connections), '--checkers', '1'];
      const remote = `site:${remoteFolder}`;
      return {
        upload: { ...common, args: ['copy', ...flags, files.folder, remote] },
        download: { ...common, args: ['copy', ...flags, remote, into] },
      };
    },
  });
}

/** The names are given: curl lists nothing. */
export function curlParallel(connections: number): Contestant {
  return peer({
    name: 'curl',
    way: connectionsWay(connections),
    async commands({ server, files, remoteFolder, scratch }, into) {
      const at = (name: string) => `url = "ftp://${server.host}:${server.port}${remoteFolder}/${name}"\n`;
      const upload = join(scratch, 'upload.curl');
      const download = join(scratch, 'download.curl');
      // `next` would forget the options, so one list of pairs; curl pairs them in order.
      const uploads = files.names.map((name) => `upload-file = "${join(files.folder, name)}"\n${at(name)}`);
      const downloads = files.names.map((name) => `output = "${join(into, name)}"\n${at(name)}`);
      await writeFile(upload, uploads.join(''));
      await writeFile(download, downloads.join(''));
      const args = [
        ...['-q', '--silent', '--show-error', '--fail', '--ftp-method', 'nocwd'],
        ...['--user', `${server.username}:${server.password}`],
        ...(connections === 1 ? [] : ['--parallel', '--parallel-max', String(connections)]),
      ];
      return {
        upload: { program: 'curl', args: [...args, '--config', upload] },
        download: { program: 'curl', args: [...args, '--config', download] },
      };
    },
  });
}

/** Which of the programs are installed. */
export function installedPeers(): readonly string[] {
  return ['lftp', 'rclone', 'curl'].filter(
    (program) => spawnSync(program, [program === 'rclone' ? 'version' : '--version']).status === 0,
  );
}
