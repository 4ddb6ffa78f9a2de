import fc from 'fast-check';
import { oddNumbers } from './mutations.ts';

/** A text in the tree that becomes nesting so deep that no function may follow it. */
const deepMark = '@deep@';
const deepText = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

/** What may stand in another value's place. */
const oddValues = [
  'null',
  'true',
  '-1',
  '0.5',
  '""',
  '[]',
  '{}',
  '[[]]',
  '"\\ud800"',
  '"\\u0000"',
  '"../../etc/passwd"',
  '"__proto__"',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  `"${deepMark}"`,
  JSON.stringify('x'.repeat(20_000)),
  JSON.stringify(Array(3000).fill(0)),
  ...oddNumbers.filter((number) => /^-?(0|[1-9]\d*)(e\d+)?$/.test(number)),
];

type Tree = { [key: string]: unknown } | unknown[];

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

/** Every place in a tree where a value stands: its parent and its key. */
function placesOf(tree: Tree): { readonly parent: Tree; readonly key: string }[] {
  return Object.keys(tree).flatMap((key) => {
    const child: unknown = Reflect.get(tree, key);
    return [{ parent: tree, key }, ...(isTree(child) ? placesOf(child) : [])];
  });
}

type Change = (tree: Tree) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
  // Another value.
  fc.tuple(fc.nat(1000), fc.constantFrom(...oddValues)).map(
    ([which, text]): Change =>
      (tree) => {
        const places = placesOf(tree);
        const place = places[which % Math.max(1, places.length)];
        if (place !== undefined) Reflect.set(place.parent, place.key, JSON.parse(text));
      },
  ),
  // A value missing.
  fc.nat(1000).map(
    (which): Change =>
      (tree) => {
        const places = placesOf(tree);
        const place = places[which % Math.max(1, places.length)];
        if (place === undefined) return;
        if (Array.isArray(place.parent)) place.parent.splice(Number(place.key), 1);
        else Reflect.deleteProperty(place.parent, place.key);
      },
  ),
  // One too many.
  fc
    .tuple(
      fc.nat(1000),
      fc.constantFrom('extra', '__proto__', 'constructor', 'toString', ''),
      fc.constantFrom(...oddValues),
    )
    .map(
      ([which, key, text]): Change =>
        (tree) => {
          const parents = [tree, ...placesOf(tree).map(({ parent }) => parent)];
          const parent = parents[which % parents.length] ?? tree;
          if (Array.isArray(parent)) parent.push(JSON.parse(text));
          else
            Object.defineProperty(parent, key, {
              value: JSON.parse(text),
              enumerable: true,
              configurable: true,
              writable: true,
            });
        },
    ),
  // A list many times as long.
  fc.tuple(fc.nat(100), fc.integer({ min: 2, max: 500 })).map(
    ([which, times]): Change =>
      (tree) => {
        const lists = placesOf(tree)
          .map(({ parent, key }): unknown => Reflect.get(parent, key))
          .filter(
            (value): value is unknown[] => Array.isArray(value) && value.length > 0 && value.length < 100,
          );
        const list = lists[which % Math.max(1, lists.length)];
        if (list !== undefined) list.push(...Array.from({ length: times }, () => structuredClone(list[0])));
      },
  ),
);

/** JSON texts that are right but for a few values. */
export function mutatedJson(samples: readonly unknown[]): fc.Arbitrary<string> {
  const texts = samples.map((sample) => JSON.stringify(sample));
  return fc.tuple(fc.constantFrom(...texts), fc.array(change, { maxLength: 3 })).map(([text, changes]) => {
    const tree: unknown = JSON.parse(text);
    if (isTree(tree)) for (const one of changes) one(tree);
    return JSON.stringify(tree).replace(`"${deepMark}"`, deepText);
  });
}

/** No parser may have let a file reach into all objects. */
export function isPolluted(): boolean {
  return 'polluted' in {};
}
