import { join } from 'node:path'
import { defineConfig } from 'vite'
import { ascii, output } from './vite.bundle.ts'

const threads = ['projector', 'text', 'query', 'past', 'sealer', 'reactions']

/**
 * Bundles the threads, out of what the compiler wrote: each loads what it uses of the libraries and no more, which spares every start most of
 * its modules, and every thread their memory.
 */
export default defineConfig({
  ssr: { noExternal: true, external: ['@eventstore/db-client'] },
  plugins: [ascii()],
  build: {
    ssr: true,
    outDir: 'dist/threads',
    target: 'node24',
    rolldownOptions: {
      input: Object.fromEntries(threads.map((name) => [`${name}-worker`, join(import.meta.dirname, `dist/workers/${name}-worker.js`)])),
      treeshake: { moduleSideEffects: [{ test: /libs\/[a-z]+\/dist|@noble\/hashes|canonicalize/, sideEffects: false }] },
      output,
    },
  },
})
