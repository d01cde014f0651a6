import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npm run build` writes what the API serves. For work on the page alone, ANNAL_WEB_API names a running API. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { conditions: ['@annal/source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2022',
    // Everything is a file of our own: the content security policy allows no data: fonts and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
