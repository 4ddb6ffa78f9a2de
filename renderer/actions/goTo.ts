import { useApp } from '../state/appStore.ts';
import { formatPlace, parsePlace, type WindowName } from '../state/place.ts';

/** Leads to a window, and to what is open in it. The address follows, so that "back" and reloading work. */
export function goTo(window: WindowName, ...within: string[]): void {
  location.hash = formatPlace({ window, within });
}

/** Keeps the store's place in step with the address. Returns how to stop. */
export function followAddress(): () => void {
  const follow = () => useApp.setState({ place: parsePlace(location.hash) });
  follow();
  addEventListener('hashchange', follow);
  return () => removeEventListener('hashchange', follow);
}
