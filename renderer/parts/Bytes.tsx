import { text } from '../text/en.ts';
import { formatBytes } from './formatBytes.ts';

/** A size for people, with the exact number on hover. */
export function Bytes({ value }: { readonly value: number }) {
  return <span title={text.common.exactBytes(value)}>{formatBytes(value)}</span>;
}
