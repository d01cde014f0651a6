import type { Plugin, Rolldown } from 'vite'

/** How all bundles of the server are written: names stay as they are, for those who read a stack. */
export const output: Rolldown.OutputOptions = { minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } } }

/** Escapes what isn't ASCII: one such character doubles the memory that the source of a bundle takes, in every thread that loads it. */
export function ascii(): Plugin {
  return {
    name: 'annal:ascii',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escaped)
    },
  }
}

/** Of one UTF-16 code unit: strings, templates and regular expressions alike take two of them for one character. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
