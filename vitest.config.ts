import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{content,scripts,src,wasm-redis}/**/*.test.ts'],
  },
});
