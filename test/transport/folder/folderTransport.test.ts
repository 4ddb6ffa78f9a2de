import {
  chmod,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderError } from '../../../electron/transport/folder/folderError.ts';
import { createFolderTransportFactory } from '../../../electron/transport/folder/folderTransportFactory.ts';
import { moveWithoutReplacing } from '../../../electron/transport/folder/moveWithoutReplacing.ts';
import { isPlainWindowsName } from '../../../electron/transport/folder/windowsName.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { collectingSink, sourceOf } from '../../support/transportBytes.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const clock = createFakeClock();

/** A home directory `home` beside a folder `outside`, which nobody may reach through it. */
async function connected(windowsNames = false) {
  const place = await temporaryFolder();
  onTestFinished(place.remove);
  const root = join(place.path, 'home');
  const outside = join(place.path, 'outside');
  await mkdir(root);
  await mkdir(outside);
  await writeFile(join(outside, 'secret'), 'secret');
  const factory = createFolderTransportFactory({ root, clock, windowsNames });
  return { root, outside, factory, transport: await factory.open() };
}

test('a home directory that is not there is told with what to do, and not made', async () => {
  const { root, factory } = await connected();
  await rm(root, { recursive: true });
  const steps: boolean[] = [];
  const opening = factory.open({ onStep: (step) => steps.push(step.ok) });
  await expect(opening).rejects.toMatchObject({
    code: 'home-not-found',
    class: 'fix',
    advice: expect.stringContaining('Plug in the drive'),
  });
  expect(steps).toEqual([false]);
  await expect(stat(root)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a home directory that is a file, or a path without its beginning, is refused', async () => {
  const { outside } = await connected();
  for (const root of [join(outside, 'secret'), 'somewhere/relative']) {
    const factory = createFolderTransportFactory({ root, clock });
    await expect(factory.open()).rejects.toMatchObject({ code: 'home-not-found' });
  }
});

test('a drive that was unplugged is a lost connection, not one whose files are gone', async () => {
  const { root, factory } = await connected();
  await mkdir(join(root, 'in'));
  await writeFile(join(root, 'in/a'), 'x');
  // The same place is there again, but empty: what a mount point looks like without its drive.
  const connections = await Promise.all(Array.from({ length: 6 }, () => factory.open()));
  await rename(root, `${root}.gone`);
  await mkdir(root);
  const [a, b, c, d, e, f] = connections;
  const calls = [
    a?.fileSize('in/a'),
    b?.remove('in/a'),
    c?.list('in'),
    d?.rename('in/a', 'in/b'),
    e?.download('in/a', collectingSink()),
    f?.removeFolder('in'),
  ];
  for (const call of calls) {
    await expect(call).rejects.toMatchObject({ code: 'connection-lost', class: 'retry' });
  }
  expect(connections.every((connection) => connection.closed)).toBe(true);
  expect(await readdir(root)).toEqual([]);
});

test('a link to a folder outside is never followed', async () => {
  const { root, outside, transport } = await connected();
  await symlink(outside, join(root, 'way'));
  await writeFile(join(root, 'mine'), 'mine');
  const refused = { code: 'forbidden', class: 'fix' };
  await expect(transport.list('way')).rejects.toMatchObject(refused);
  await expect(transport.fileSize('way/secret')).rejects.toMatchObject(refused);
  await expect(transport.download('way/secret', collectingSink())).rejects.toMatchObject(refused);
  await expect(transport.upload('way/new', sourceOf('x'))).rejects.toMatchObject(refused);
  await expect(transport.rename('mine', 'way/mine')).rejects.toMatchObject(refused);
  await expect(transport.rename('way/secret', 'got')).rejects.toMatchObject(refused);
  await expect(transport.remove('way/secret')).rejects.toMatchObject(refused);
  await expect(transport.makeFolder('way/deep/er')).rejects.toMatchObject(refused);
  await expect(transport.makeFolder('way')).rejects.toMatchObject(refused);
  expect(await transport.removeFolder('way')).toBe(false);
  expect(await readdir(outside)).toEqual(['secret']);
  expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
});

test('a link to a file outside is neither listed nor read, written, moved or taken for a free name', async () => {
  const { root, outside, transport } = await connected();
  await symlink(join(outside, 'secret'), join(root, 'a'));
  await symlink(join(outside, 'new'), join(root, 'dangling'));
  await writeFile(join(root, 'mine'), 'mine');
  expect((await transport.list('')).map((entry) => entry.name)).toEqual(['mine']);
  expect(await transport.fileSize('a')).toBeUndefined();
  await expect(transport.download('a', collectingSink())).rejects.toMatchObject({ code: 'not-found' });
  await expect(transport.upload('a', sourceOf('x'))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(transport.upload('dangling', sourceOf('x'))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(transport.makeFolder('dangling/x')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(transport.rename('mine', 'dangling')).rejects.toMatchObject({ code: 'exists' });
  expect(await transport.remove('a')).toBe(false);
  expect(await readdir(outside)).toEqual(['secret']);
  expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
});

test('a link that stays inside the home directory is followed', async () => {
  const { root, transport } = await connected();
  await mkdir(join(root, 'real'));
  await symlink('real', join(root, 'alias'));
  await transport.upload('alias/a', sourceOf('x'));
  expect(await readFile(join(root, 'real/a'), 'utf8')).toBe('x');
});

test('two connections that rename onto one name at the same time: one wins, and nothing is lost', async () => {
  const { root, factory } = await connected();
  const [first, second] = [await factory.open(), await factory.open()];
  for (let round = 0; round < 20; round += 1) {
    await writeFile(join(root, 'a'), 'from a');
    await writeFile(join(root, 'b'), 'from b');
    const results = await Promise.allSettled([first.rename('a', 'c'), second.rename('b', 'c')]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const left = await Promise.all((await readdir(root)).map((name) => readFile(join(root, name), 'utf8')));
    expect(left.sort()).toEqual(['from a', 'from b']);
    for (const name of await readdir(root)) await rm(join(root, name));
  }
});

test.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR', 'UNKNOWN', 'EMLINK'])(
  'on a file system whose links fail with %s a file moves all the same, and never onto another',
  async (code) => {
    const { root } = await connected();
    const withoutLinks = () => Promise.reject(Object.assign(new Error(code), { code }));
    const [a, b, taken] = ['a', 'b', 'taken'].map((name) => join(root, name)) as [string, string, string];
    await writeFile(a, 'x');
    await writeFile(taken, 'taken');
    await expect(moveWithoutReplacing(a, taken, withoutLinks)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(taken, 'utf8')).toBe('taken');
    await moveWithoutReplacing(a, b, withoutLinks);
    expect((await readdir(root)).sort()).toEqual(['b', 'taken']);
    expect(await readFile(b, 'utf8')).toBe('x');
  },
);

test('a move whose old name cannot be removed is undone', async () => {
  const { root } = await connected();
  const [a, b] = [join(root, 'a'), join(root, 'b')];
  await writeFile(a, 'x');
  const linkThenLock = async (existing: string, created: string) => {
    await link(existing, created);
    // Whatever keeps the name: a folder cannot be unlinked either.
    await rm(existing);
    await mkdir(existing);
  };
  await expect(moveWithoutReplacing(a, b, linkThenLock)).rejects.toThrow();
  await expect(stat(b)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a partial upload is visible, and the next connection continues it', async () => {
  const { root, factory, transport } = await connected();
  const onBytes = () => void transport.close();
  const broken = transport.upload('a', sourceOf('0123456789', 4), { onBytes });
  await expect(broken).rejects.toMatchObject({ code: 'connection-lost' });
  expect(await readFile(join(root, 'a'), 'utf8')).toBe('0123');
  const next = await factory.open();
  await next.upload('a', sourceOf('0123456789'), { offset: 4 });
  expect(await readFile(join(root, 'a'), 'utf8')).toBe('0123456789');
});

test('names that Windows would change or take for devices are refused where they matter', async () => {
  const { root, transport } = await connected(true);
  for (const name of ['nul', 'com1.txt', 'a:b', 'a.', 'a ', 'what?', 'C:x', 'AUX.tar.zst']) {
    await expect(transport.upload(name, sourceOf('x')), name).rejects.toMatchObject({ code: 'bad-path' });
    await expect(transport.makeFolder(`in/${name}`), name).rejects.toMatchObject({ code: 'bad-path' });
    await expect(transport.list(`${name}/x`), name).rejects.toMatchObject({ code: 'bad-path' });
  }
  expect(await readdir(root)).toEqual([]);
  expect(isPlainWindowsName('0012-central-00000042-k3f9q2m7.tar.zst')).toBe(true);
});

test('free room is told', async () => {
  const { transport } = await connected();
  expect(await transport.freeBytes?.()).toBeGreaterThan(0);
});

test.each([
  ['ENOSPC', 'no-room', 'full'],
  ['EDQUOT', 'no-room', 'full'],
  ['EACCES', 'forbidden', 'fix'],
  ['EPERM', 'forbidden', 'fix'],
  ['EROFS', 'forbidden', 'fix'],
  ['EBUSY', 'in-use', 'retry'],
  ['EMFILE', 'in-use', 'retry'],
  ['ENOENT', 'not-found', 'fix'],
  ['EEXIST', 'exists', 'fix'],
  ['ENAMETOOLONG', 'bad-path', 'fix'],
  ['EFBIG', 'too-large', 'fix'],
  ['EIO', 'connection-lost', 'retry'],
  ['ESTALE', 'connection-lost', 'retry'],
  ['ENOTCONN', 'connection-lost', 'retry'],
])('the file error %s is told as %s (%s)', (code, expected, errorClass) => {
  const error = folderError(Object.assign(new Error(code), { code }), 'in/a');
  expect(error).toMatchObject({ code: expected, class: errorClass });
  expect(error.message).not.toBe('');
});

test('a folder that may not be written to is forbidden, and what is in it stays', async () => {
  const { root, transport } = await connected();
  await mkdir(join(root, 'in'));
  await writeFile(join(root, 'in/a'), 'x');
  await chmod(join(root, '..'), 0o755);
  await chmod(join(root, 'in'), 0o555);
  onTestFinished(() => chmod(join(root, 'in'), 0o700));
  // The superuser may write everywhere.
  if (process.getuid?.() === 0) {
    process.seteuid?.(65_534);
    onTestFinished(() => process.seteuid?.(0));
  }
  await expect(transport.upload('in/b', sourceOf('x'))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(transport.remove('in/a')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(transport.makeFolder('in/sub')).rejects.toMatchObject({ code: 'forbidden' });
  expect(await readdir(join(root, 'in'))).toEqual(['a']);
});
