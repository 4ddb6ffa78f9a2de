// The engine as a process of its own, answering on a local socket, comes with the desktop and the web host. Until
// then each command opens the engine inside its own process (openEngine.ts), one per data directory at a time.
process.stderr.write('The engine does not run by itself yet. Use the command line: branchline --help\n');
process.exitCode = 1;
