import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npx vite` in this folder serves the console against a Tenth server on this address. */
const server = process.env.TENTH_URL ?? 'http://localhost:8100';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The policy `script-src 'self'; img-src 'self'` allows no data: addresses.
    assetsInlineLimit: 0,
    // ECharts comes as one lazily loaded chunk.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': server } },
});
