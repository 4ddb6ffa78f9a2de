// Loaded with --import: `electron` is the fake one in this process.
import { registerHooks } from 'node:module';

const fake = new URL('./fakeElectronModule.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: fake, shortCircuit: true } : next(specifier, context),
});
