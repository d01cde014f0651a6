import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const packages = createRequire(import.meta.url)

export type Face = 'text' | 'strong' | 'code'

const faces: Readonly<Record<Face, { readonly folder: string; readonly name: string; readonly weight: number }>> = {
  text: { folder: '@fontsource/inter', name: 'inter', weight: 400 },
  strong: { folder: '@fontsource/inter', name: 'inter', weight: 700 },
  code: { folder: '@fontsource/jetbrains-mono', name: 'jetbrains-mono', weight: 400 },
}

/** One file of a face: fonts are cut by script. */
export interface FontFile {
  readonly name: string
  readonly path: string
  has(codePoint: number): boolean
}

type Range = readonly [from: number, to: number]

const known = new Map<Face, readonly FontFile[]>()

/** The files of a face, in the order in which a character is looked for. */
export function fontFiles(face: Face): readonly FontFile[] {
  const files = known.get(face) ?? readFace(face)
  known.set(face, files)
  return files
}

function readFace(face: Face): FontFile[] {
  const { folder, name, weight } = faces[face]
  const scripts: Record<string, string> = JSON.parse(readFileSync(packages.resolve(`${folder}/unicode.json`), 'utf8'))
  const files = Object.entries(scripts).map(([script, text]) => {
    const ranges = rangesOf(text)
    return {
      name: `${face}-${script}`,
      path: packages.resolve(`${folder}/files/${name}-${script}-${weight}-normal.woff`),
      has: (codePoint: number) => ranges.some(([from, to]) => from <= codePoint && codePoint <= to),
    }
  })
  return files.sort((a, b) => Number(b.name === `${face}-latin`) - Number(a.name === `${face}-latin`))
}

/** `U+0000-00FF,U+0131` as the packages write it. */
function rangesOf(text: string): Range[] {
  return text.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })
}

/** A piece of text that one font file can show. */
export interface FontRun {
  readonly font: FontFile
  readonly text: string
}

/** Cuts text by the files that have its characters. A character that none has is written as its code point: `[U+4E2D]`. */
export function fontRuns(text: string, face: Face): FontRun[] {
  const files = fontFiles(face)
  const [latin] = files
  if (latin === undefined) throw new Error(`expected fonts for ${face}, found none`)
  const runs: { font: FontFile; text: string }[] = []
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0
    const font = files.find((file) => file.has(codePoint))
    const shown = font === undefined ? `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]` : character
    const last = runs.at(-1)
    if (last !== undefined && last.font === (font ?? latin)) last.text += shown
    else runs.push({ font: font ?? latin, text: shown })
  }
  return runs
}
