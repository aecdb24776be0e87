import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('bandeja-') } } })],
  // The package finds its wasm beside itself, so the development server has to leave it where it is.
  optimizeDeps: { exclude: ['@bandeja/inbox'] },
});
