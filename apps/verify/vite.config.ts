import { defineConfig } from 'vite'

const NOTICE = `/*!
 * The offline verifier of Annal's evidence packs. Copyright the authors of Annal, Apache-2.0.
 * Contains @noble/hashes and @noble/ed25519 (MIT, Paul Miller), fflate (MIT, Arjun Barrett), canonicalize (Apache-2.0, Samuel Erdtman),
 * pkijs, asn1js and pvutils (BSD-3-Clause, GlobalSign, Peculiar Ventures), bytestreamjs (BSD-3-Clause), pvtsutils (MIT), tslib (0BSD, Microsoft).
 */`

/** `npm run build` writes dist/verify.mjs: all of it in one file, for Node 20 and later. */
export default defineConfig({
  resolve: { conditions: ['@annal/source'] },
  ssr: { noExternal: true, resolve: { conditions: ['@annal/source', 'module', 'node', 'production'] } },
  build: {
    ssr: 'src/main.ts',
    target: 'node20',
    minify: true,
    emptyOutDir: true,
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /libs\/proof\/|@noble\/hashes|canonicalize/, sideEffects: false }] },
      output: { entryFileNames: 'verify.mjs', codeSplitting: false, banner: `#!/usr/bin/env node\n${NOTICE}` },
    },
  },
})
