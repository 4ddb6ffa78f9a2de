import childProcess from 'node:child_process';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { resolve, sep } from 'node:path';
import { afterAll } from 'vitest';
import { canariesUnder, formOfCanary } from './canary.ts';
import { noteFind, takeFinds } from './finds.ts';

/*
 * For vitest's setupFiles: the one check over everything that tests make the program write, say and start. Before a
 * test removes a folder of its own, the folder is searched for the secrets that tests use; so is what a process of this
 * program says, and what it is started with. A find fails the test file.
 */

const runFolder = resolve(tmpdir()) + sep;

function search(path: fs.PathLike): void {
  const full = resolve(String(path));
  if (!full.startsWith(runFolder)) return;
  for (const find of canariesUnder(full)) noteFind(find);
}

const { rmSync } = fs;
fs.rmSync = (path, options) => {
  if (options?.recursive === true) search(path);
  rmSync(path, options);
};
const { rm } = fs.promises;
fs.promises.rm = async (path, options) => {
  if (options?.recursive === true) search(path);
  await rm(path, options);
};

/** Only this program's own processes: a test may well tell a password to curl. */
function isOwn(program: string): boolean {
  return program === process.execPath || program === 'npm' || program.endsWith('/branchline');
}

function checkArguments(program: string, args: unknown): void {
  if (!isOwn(program) || !Array.isArray(args)) return;
  for (const word of args) {
    if (typeof word === 'string' && formOfCanary(word) !== undefined)
      noteFind(`an argument of ${program}: ${formOfCanary(word)}`);
  }
}

/** Looks at what passes without reading it itself: `data` is emitted however a stream is read. */
function watchStream(stream: NodeJS.ReadableStream | null | undefined, program: string): void {
  if (stream === null || stream === undefined) return;
  const emit = stream.emit.bind(stream);
  let before = '';
  stream.emit = (name: string | symbol, ...args: unknown[]): boolean => {
    const [chunk] = args;
    if (name === 'data' && (typeof chunk === 'string' || Buffer.isBuffer(chunk))) {
      const text = before + chunk.toString();
      before = text.slice(-200);
      const form = formOfCanary(text);
      if (form !== undefined) noteFind(`the output of ${program}: ${form}`);
    }
    return emit(name, ...args);
  };
}

const { spawn } = childProcess;
// Each overload takes the program first and its arguments second; all are passed on as they came.
childProcess.spawn = ((...given: Parameters<typeof spawn>) => {
  const [program, args] = given;
  checkArguments(program, args);
  const child = spawn(...given);
  if (isOwn(program)) for (const stream of [child.stdout, child.stderr]) watchStream(stream, program);
  return child;
}) as typeof spawn;
syncBuiltinESMExports();

afterAll(() => {
  const finds = takeFinds();
  if (finds.length > 0) throw new Error(`A secret of a test leaked:\n${finds.join('\n')}`);
});
