import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { WindowName } from '../state/place.ts';

type LazyWindow = LazyExoticComponent<ComponentType>;

/** The windows by name. Each is loaded when it is first opened, so that the program starts quickly. */
export const windows: Readonly<Record<WindowName, LazyWindow>> = {
  transmit: lazy(async () => ({
    default: (await import('../windows/transmit/TransmitWindow.tsx')).TransmitWindow,
  })),
  queue: lazy(async () => ({ default: (await import('../windows/queue/QueueWindow.tsx')).QueueWindow })),
  stores: lazy(async () => ({ default: (await import('../windows/stores/StoresWindow.tsx')).StoresWindow })),
  imports: lazy(async () => ({
    default: (await import('../windows/imports/ImportsWindow.tsx')).ImportsWindow,
  })),
  history: lazy(async () => ({
    default: (await import('../windows/history/HistoryWindow.tsx')).HistoryWindow,
  })),
  alerts: lazy(async () => ({ default: (await import('../windows/alerts/AlertsWindow.tsx')).AlertsWindow })),
  datasets: lazy(async () => ({
    default: (await import('../windows/datasets/DatasetsWindow.tsx')).DatasetsWindow,
  })),
  'customer-files': lazy(async () => ({
    default: (await import('../windows/customerFiles/CustomerFilesWindow.tsx')).CustomerFilesWindow,
  })),
  exports: lazy(async () => ({
    default: (await import('../windows/exports/ExportsWindow.tsx')).ExportsWindow,
  })),
  setup: lazy(async () => ({ default: (await import('../windows/setup/SetupWindow.tsx')).SetupWindow })),
  settings: lazy(async () => ({
    default: (await import('../windows/settings/SettingsWindow.tsx')).SettingsWindow,
  })),
};
