import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { sha256 } from './hash.ts';

/** Bytes of one file: as it is, and as a web server would send it. */
export interface FileSizes {
  sha256: string;
  raw: number;
  gzip: number;
  brotli: number;
}

/** Measures with the strongest settings of both compressions. Takes seconds per megabyte, off the main thread. */
export async function measure(bytes: Uint8Array): Promise<FileSizes> {
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  ]);
  return { sha256: sha256(bytes), raw: bytes.length, gzip: zipped.length, brotli: brotli.length };
}
