import { expect, test } from 'vitest';
import { imageType, previewKind } from '../../renderer/windows/customerFiles/previewKind.ts';

test.each([
  ['scan.PDF', 'pdf'],
  ['photo.JPEG', 'image'],
  ['list.csv', 'text'],
  // These can hold scripts, or are no pictures that every browser draws.
  ['drawing.svg', 'none'],
  ['page.html', 'none'],
  ['macro.docm', 'none'],
  ['toString', 'none'],
  ['name.constructor', 'none'],
  ['', 'none'],
])('"%s" is shown as %s', (name, kind) => {
  expect(previewKind(name)).toBe(kind);
});

test('an image is typed by its name', () => {
  expect(imageType('a.png')).toBe('image/png');
  expect(imageType('a.jpg')).toBe('image/jpeg');
});
