// The desktop's windows, menu and tray come later, and with them Electron, which is not installed yet. Until then
// this program says so; it stands here because the build already makes a bundle of it.
process.stderr.write('Branchline has no window yet. Use the command line: branchline --help\n');
process.exitCode = 1;
