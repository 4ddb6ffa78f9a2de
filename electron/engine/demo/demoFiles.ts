import type { SiteName } from '../../../shared/sites.ts';

/** A made-up file that one site sends. */
export interface DemoFile {
  readonly from: SiteName;
  readonly to: readonly SiteName[];
  readonly channel: string;
  /** Under the channel's folder at the addressee. */
  readonly path: string;
  readonly content: Buffer;
}

/** Made-up takings, the same each time. */
function dailyClose(store: string, lines: number): Buffer {
  const rows = Array.from({ length: lines }, (_, row) => {
    const cents = (row * 7919 + Number(store) * 104_729) % 50_000;
    return `${store},2026-11-20,${String(row + 1).padStart(5, '0')},${(cents / 100).toFixed(2)},${row % 3 === 0 ? 'card' : 'cash'}`;
  });
  return Buffer.from(`store,day,receipt,amount,paid\n${rows.join('\n')}\n`);
}

function priceList(lines: number): Buffer {
  const rows = Array.from({ length: lines }, (_, row) => {
    const cents = 99 + ((row * 6151) % 20_000);
    return `${String(100_000 + row)};Artikel ${row + 1};${(cents / 100).toFixed(2).replace('.', ',')};EUR`;
  });
  return Buffer.from(`sku;name;price;currency\n${rows.join('\n')}\n`);
}

/** The smallest page that a PDF reader opens. */
function pdf(title: string): Buffer {
  const text = `BT /F1 24 Tf 72 720 Td (${title.replace(/[^ -~]|[()\\]/g, '?')}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj${object}endobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = `xref\n0 6\n0000000000 65535 f \n${offsets.map((offset) => `${offset} 00000 n \n`).join('')}`;
  return Buffer.from(`${body}${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`);
}

/**
 * What the demo's sites send each other: ordinary files, and names that are awkward but legal. Quotes cannot be
 * file names on Windows, so they are left out there.
 */
export function demoFiles(stores: readonly SiteName[], windows: boolean): DemoFile[] {
  const [first = 'central'] = stores;
  const quoted = windows ? "Customers' questions.csv" : `Customers' "frequent" questions.csv`;
  const closes = stores.flatMap((store): DemoFile[] => {
    const day = { from: store, to: ['central'], channel: 'daily-close' } as const;
    return [
      { ...day, path: '2026/11/2026-11-20.csv', content: dailyClose(store, 400) },
      { ...day, path: '2026/11/2026-11-20 till 2.csv', content: dailyClose(store, 120) },
      { ...day, path: 'no returns today.csv', content: Buffer.alloc(0) },
    ];
  });
  const prices = { from: 'central', to: stores, channel: 'price-book' } as const;
  const papers = { from: 'central', channel: 'documents' } as const;
  return [
    ...closes,
    { ...prices, path: 'price list.csv', content: priceList(3000) },
    { ...prices, path: 'Saison/Ängste & Öfen – Sommerpreise.csv', content: priceList(200) },
    { ...prices, path: `${'a rather long name '.repeat(12)}prices.csv`, content: priceList(20) },
    {
      ...papers,
      to: stores,
      path: quoted,
      content: Buffer.from('question,answer\n"Open?","Yes, ""always"""\n'),
    },
    ...stores.map((store) => ({
      ...papers,
      to: [store],
      path: `letters/Letter to store ${store}.pdf`,
      content: pdf(`Dear store ${store}`),
    })),
    { ...papers, to: [first], path: '価格表 🧾.pdf', content: pdf('Price table') },
  ];
}
