import { defineEcConfig } from '@astrojs/starlight/expressive-code';
import { redisTranscripts } from './src/expressive-code/plugin.ts';

export default defineEcConfig({
  // Our plugin colours transcripts; for Shiki they are plain text.
  shiki: { langAlias: { redis: 'txt' } },
  // A phone shows whole lines, as a terminal does, instead of a box to be scrolled sideways.
  defaultProps: { overridesByLang: { redis: { wrap: true } } },
  plugins: [redisTranscripts()],
});
