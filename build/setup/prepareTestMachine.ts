// Makes sure that the real servers and tools which the tests run against are at hand. Instant when they are.
import { install, notInstalled, unpack, updateLists, whyNoApt } from './apt.ts';
import { isUnpacked, markUnpacked, serverFolder } from './serverFolder.ts';
import { serverPackages, toolPackages } from './serverPackages.ts';

function missingServers() {
  return serverPackages.filter((server) => !isUnpacked(server));
}

function missingTools() {
  const absent = new Set(
    process.platform === 'linux' ? notInstalled(toolPackages.map((tool) => tool.package)) : [],
  );
  return toolPackages.filter((tool) => absent.has(tool.package));
}

function fetchMissing(): void {
  for (const server of missingServers()) {
    process.stdout.write(`Fetching ${server.name} for the tests…\n`);
    if (unpack(server.packages, serverFolder)) markUnpacked(server);
  }
  const tools = missingTools();
  if (tools.length === 0) return;
  process.stdout.write(`Installing ${tools.map((tool) => tool.package).join(', ')} for the tests…\n`);
  install(tools.map((tool) => tool.package));
}

function prepare(): number {
  if (missingServers().length + missingTools().length === 0) return 0;
  const obstacle = whyNoApt();
  if (obstacle === undefined) {
    fetchMissing();
    if (missingServers().length + missingTools().length > 0) {
      // A fresh machine has no package lists, an old one has lists whose files are gone.
      process.stdout.write('Refreshing the package lists…\n');
      updateLists();
      fetchMissing();
    }
  }
  const missing = [...missingServers(), ...missingTools()].map((thing) => thing.name);
  for (const name of missing) {
    process.stderr.write(`Missing for the tests: ${name} (${obstacle ?? 'apt could not fetch it'}).\n`);
  }
  const { CI } = process.env;
  return missing.length > 0 && CI === 'true' ? 1 : 0;
}

process.exitCode = prepare();
