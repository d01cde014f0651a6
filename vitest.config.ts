import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    conditions: ['@annal/source'],
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  ssr: { resolve: { conditions: ['@annal/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['{libs,apps,test,bench}/**/*.spec.ts', '{libs,apps,test,bench}/**/*.spec.tsx'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
