/// <reference types="vitest/config" />
import { defineConfig } from 'vite';

// A running Rostrum edge, or the mock origin (npm run mock), for `npm run dev`.
const origin = process.env.ROSTRUM_ORIGIN ?? 'http://127.0.0.1:8080';
const proxied = { target: origin, changeOrigin: false };

export default defineConfig({
  build: {
    target: 'es2022',
    outDir: 'dist',
    // Everything is a file of its own origin: nothing inline that a Content-Security-Policy would have to allow.
    assetsInlineLimit: 0,
    sourcemap: true,
    // hls.js is two thirds of the watch page's code; the library and the studio load without it.
    chunkSizeWarningLimit: 800,
  },
  server: {
    host: '127.0.0.1',
    port: 21000,
    strictPort: true,
    proxy: { '/api': proxied, '/hls': proxied, '/config.json': proxied, '/realms': proxied },
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
