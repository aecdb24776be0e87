import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The package finds its wasm beside itself, so the development server has to leave it where it is.
  optimizeDeps: { exclude: ['@bandeja/inbox'] },
});
