/** How a file can be shown without running anything in it. */
export type PreviewKind = 'image' | 'pdf' | 'text' | 'none';

const images: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
};
const texts = new Set(['txt', 'csv', 'tsv', 'log', 'md', 'json', 'xml', 'eml']);

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** By its name; what it really holds cannot become more than that by the type it is shown with. */
export function previewKind(name: string): PreviewKind {
  const extension = extensionOf(name);
  if (Object.hasOwn(images, extension)) return 'image';
  if (extension === 'pdf') return 'pdf';
  return texts.has(extension) ? 'text' : 'none';
}

export function imageType(name: string): string {
  return images[extensionOf(name)] ?? 'image/png';
}
