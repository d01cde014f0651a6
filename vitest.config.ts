import { defineConfig } from 'vitest/config'

/** Pure, or with servers that they close themselves: their files share a process, which loads what they test once. */
const together = ['{apps,libs/domain,libs/proof,libs/projections}/**/*.spec.{ts,tsx}']
/** Processes that are killed, browsers, and what a thread keeps for itself: a process for each file. */
const apart = ['{libs/ledger,libs/client,test,bench}/**/*.spec.ts']
const exclude = ['**/node_modules/**', '**/dist/**']
const inBrowser = 'test/browser/**/*.spec.ts'

export default defineConfig({
  resolve: {
    conditions: ['@annal/source'],
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  ssr: { resolve: { conditions: ['@annal/source', 'module', 'node', 'development|production'] } },
  test: {
    exclude,
    // Long enough for two browsers and two servers on two slow processors: what hangs is found all the same.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    // Tests that start, kill and wait leave half of two processors idle.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      { extends: true, test: { name: 'apart', include: apart, exclude: [...exclude, inBrowser] } },
      { extends: true, test: { name: 'in a browser', include: [inBrowser], globalSetup: './test/browser/install-chromium.ts' } },
    ],
  },
})
