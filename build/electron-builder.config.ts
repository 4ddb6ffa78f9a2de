import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';

const root = join(import.meta.dirname, '..');

/**
 * The Node that the engine runs on, for the system this runs on: the pinned one where there is one (Linux), else the
 * one that runs this build. Packages for a system are made on that system.
 */
function engineNode(): { from: string; to: string } {
  const { platform, arch, execPath } = process;
  const pinned = join(root, `node_modules/node-${platform}-${arch}/bin/node`);
  return {
    from: existsSync(pinned) ? pinned : execPath,
    to: platform === 'win32' ? 'node/node.exe' : 'node/node',
  };
}

/** What a plain Node runs lies beside the archive, which only Electron can read. */
const extraResources: Configuration['extraResources'] = [
  { from: 'dist/engine', to: 'engine', filter: ['**/*', '!**/*.map'] },
  { from: 'dist/cli', to: 'cli', filter: ['**/*', '!**/*.map'] },
  { from: 'build/launchers', to: 'bin', filter: [process.platform === 'win32' ? '*.cmd' : 'branchline'] },
  engineNode(),
  // Tells Node that the .js files beside it are ES modules.
  { from: 'build/module.package.json', to: 'package.json' },
  {
    from: 'node_modules/keytar',
    to: 'node_modules/keytar',
    filter: ['package.json', 'LICENSE.md', 'lib/**', `prebuilds/${process.platform}-${process.arch}/**`],
  },
];

const config: Configuration = {
  appId: 'app.branchline.desktop',
  productName: 'Branchline',
  directories: { output: 'dist/installers', buildResources: 'build/icons' },
  // The programs are bundles: nothing of node_modules is needed but keytar, which only the engine loads.
  files: [
    'package.json',
    'dist/{main,preload,renderer}/**',
    'build/icons/*.png',
    '!**/*.map',
    '!node_modules/**',
  ],
  extraResources,
  asar: true,
  // The page lies beside the archive, because `branchline serve` shows it too, and a plain Node reads no archive.
  asarUnpack: ['dist/renderer/**'],
  // Would compile keytar from source and, where that fails, leave it out; its prebuilt binaries are shipped.
  npmRebuild: false,
  electronFuses: {
    // Nobody makes a bare Node or a debugger of the installed program.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // The program's code is the archive that was installed, unchanged.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // The page has a scheme of its own and needs no privileges of files.
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: true,
  },
  publish: null,

  win: { target: ['nsis', 'msi'], icon: 'build/icons/icon.ico' },
  // Asks for whom: for this account (no administrator needed) or for everybody on the machine.
  nsis: {
    oneClick: false,
    perMachine: false,
    allowElevation: true,
    selectPerMachineByDefault: false,
    allowToChangeInstallationDirectory: true,
    // Queue, ledger and backups outlive the program.
    deleteAppDataOnUninstall: false,
  },
  // For IT, who roll it out to whole machines.
  msi: { perMachine: true, oneClick: false, createStartMenuShortcut: true },

  mac: { target: ['dmg'], icon: 'build/icons/icon.icns', category: 'public.app-category.business' },

  linux: {
    target: ['AppImage', 'deb'],
    icon: 'build/icons/icon.png',
    category: 'Office',
    executableName: 'branchline-desktop',
    maintainer: 'Branchline <branchline@localhost>',
    synopsis: 'Exchanges data between a central office and its stores',
  },
  deb: {
    depends: ['libgtk-3-0', 'libnotify4', 'libnss3', 'libxss1', 'libxtst6', 'libsecret-1-0', 'xdg-utils'],
  },
};

// biome-ignore lint/style/noDefaultExport: electron-builder reads the default export.
export default config;
