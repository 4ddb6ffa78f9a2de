import { alerts, connection, mail } from './alerts.ts';
import { common } from './common.ts';
import { customerFiles } from './customerFiles.ts';
import { datasets } from './datasets.ts';
import { errors } from './errors.ts';
import { exports } from './exports.ts';
import { firstRun } from './firstRun.ts';
import { ftp } from './ftp.ts';
import { history } from './history.ts';
import { imports } from './imports.ts';
import { queue } from './queue.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { sites } from './sites.ts';
import { stores } from './stores.ts';
import { table } from './table.ts';
import { transmit } from './transmit.ts';
import { trust } from './trust.ts';
import { upkeep } from './upkeep.ts';

/** Every word that the windows show. A translation is an object of the same shape. */
export const text = {
  alerts,
  connection,
  mail,
  common,
  errors,
  shell,
  firstRun,
  setup,
  ftp,
  settings,
  transmit,
  queue,
  stores,
  history,
  datasets,
  customerFiles,
  exports,
  imports,
  runs,
  sites,
  table,
  upkeep,
  trust,
} as const;
