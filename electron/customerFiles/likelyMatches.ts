import { distance } from 'fastest-levenshtein';
import type { DropFolderSettings } from '../../shared/dropFolderSettings.ts';
import type { Records } from '../records/records.ts';
import type { FoundCustomer } from './customerFiles.ts';
import { customerOf, labelColumn } from './identify.ts';

export interface LikelyMatch extends FoundCustomer {
  /** From 0 to 1. */
  readonly likeness: number;
}

/** Less alike than this helps nobody. */
const leastLikeness = 0.6;
const mostWords = 12;

/**
 * The customers whose number or name is most like a file's name, the likeliest first.
 *
 * Shape: `key` is the part of the name that was looked up; the whole name is searched for the words of a customer's
 *        name. Looks at every row once: about half a second for 100,000 of them.
 */
export function likelyMatches(
  records: Records,
  folder: DropFolderSettings,
  file: { readonly name: string; readonly key: string },
  limit: number,
): LikelyMatch[] {
  const dataset = records.dataset(folder.dataset);
  if (dataset === undefined) return [];
  const numberColumns = [...new Set([folder.column, ...dataset.key])];
  const label = labelColumn(dataset, folder);
  const stem = file.name.replace(/\.[^.]{1,20}$/u, '');
  const wanted = squeeze(file.key === '' ? stem : file.key);
  const words = wordsOf(stem);
  const best: LikelyMatch[] = [];
  let least = leastLikeness;
  for (const row of records.each({ dataset: folder.dataset })) {
    let likeness = 0;
    for (const column of numberColumns)
      likeness = Math.max(likeness, likenessOf(wanted, squeeze(String(row.values[column] ?? '')), least));
    if (label !== undefined)
      likeness = Math.max(likeness, likenessOfWords(words, String(row.values[label] ?? '')));
    if (likeness < least || (best.length === limit && likeness === least)) continue;
    const customer = customerOf(dataset, folder, row);
    if (customer === undefined) continue;
    best.push({ ...customer, likeness });
    best.sort((one, other) => other.likeness - one.likeness);
    if (best.length > limit) best.pop();
    if (best.length === limit) least = best.at(-1)?.likeness ?? least;
  }
  return best;
}

/** 1 for equal texts, 0 for what is less alike than `least` (so that most need no counting of letters). */
function likenessOf(one: string, other: string, least: number): number {
  const longer = Math.max(one.length, other.length);
  const shorter = Math.min(one.length, other.length);
  if (shorter === 0 || shorter / longer < least) return 0;
  return one === other ? 1 : 1 - distance(one, other) / longer;
}

/** How many of a name's words stand in the file's name, a wrong letter in a longer one allowed. */
function likenessOfWords(words: readonly string[], name: string): number {
  const wanted = wordsOf(name);
  if (wanted.length === 0 || words.length === 0) return 0;
  const found = wanted.filter((word) => words.some((other) => isAlike(word, other))).length;
  // A name is no proof as a number is.
  return (0.95 * found) / wanted.length;
}

function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length < 5 || Math.abs(one.length - other.length) > 1) return false;
  return distance(one, other) <= 1;
}

/** Words of three letters and more, folded. */
function wordsOf(text: string): string[] {
  return (fold(text).match(/\p{L}{3,}/gu) ?? []).slice(0, mostWords);
}

/** Letters and digits alone: `N-123 456` is `n123456`. */
function squeeze(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, 64);
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
