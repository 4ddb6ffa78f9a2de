#!/usr/bin/env node
// The program that is typed. It loads the rest only when this Node can run it, because an older one would fail
// with words that help nobody.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 15)) {
  const { startCli } = await import('./startCli.ts');
  await startCli();
} else {
  process.stderr.write(
    `Branchline needs Node 22.15 or newer; this is ${process.versions.node}.\n  What to do: Install Node 24 from nodejs.org.\n`,
  );
  process.exitCode = 3;
}
