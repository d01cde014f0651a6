import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { persistedDocuments } from './persisted-documents.ts'

/** `npm run build` writes what the API serves. */
export default defineConfig({
  plugins: [react(), tailwindcss(), persistedDocuments()],
  resolve: { conditions: ['@annal/source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2022',
    // Everything is a file of our own: the content security policy allows no data: fonts and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // These modules only define things: what a chunk doesn't use stays out of it.
      treeshake: { moduleSideEffects: [{ test: /libs\/proof\/|@noble\/hashes|canonicalize/, sideEffects: false }] },
      output: {
        // What the first page needs comes in two files; everything else when it is asked for.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules/, tags: ['$initial'] },
            { name: 'annal', tags: ['$initial'] },
          ],
        },
      },
    },
  },
})
