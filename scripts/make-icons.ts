/** Draws the PNG icons of the manifest from the mark's SVG. Run it after a change of the mark and commit what it writes. */
import { mkdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';

const GROUND = '#095e5a';
const INK = '#fdfdfb';

/** The mark on its ground, 32 units wide. A maskable icon is cut to any shape, so its ground fills everything. */
function drawMark(radius: number, scale: number): string {
  const margin = (32 - 32 * scale) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <rect width="32" height="32" rx="${String(radius)}" fill="${GROUND}"/>
    <path transform="translate(${String(margin)} ${String(margin)}) scale(${String(scale)})"
      d="M8 8.5l5 4-5 4M16 16.5h8M8 23.5h16" fill="none" stroke="${INK}" stroke-width="2.6"
      stroke-linecap="round" stroke-linejoin="round"/>
  </svg>`;
}

const icons = [
  { file: 'icon-192.png', size: 192, svg: drawMark(7, 1) },
  { file: 'icon-512.png', size: 512, svg: drawMark(7, 1) },
  { file: 'maskable-512.png', size: 512, svg: drawMark(0, 0.78) },
];

const folder = new URL('../public/icons/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const { file, size, svg } of icons) {
  const png = await sharp(Buffer.from(svg), { density: 1200 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
  await writeFile(new URL(file, folder), png);
  console.log(`${file} ${String(png.length)} bytes`);
}
