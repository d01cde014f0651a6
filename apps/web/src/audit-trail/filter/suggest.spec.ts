import { describe, expect, it } from 'vitest'
import type { EventTypeDescription } from '../../session/session-documents.ts'
import { describeRange, rangePresets } from './range-presets.ts'
import { accept, type KnownValues, suggest } from './suggest.ts'

const type = (name: EventTypeDescription['name'], description: string): EventTypeDescription => ({
  name,
  version: 1,
  stream: 'model',
  description,
  decision: false,
  material: false,
  evidence: [],
})

const known: KnownValues = {
  types: [
    type('BiasAudited', 'A bias audit ran.'),
    type('ModelEvaluated', 'A model was evaluated.'),
    type('ModelRegistered', 'A model was registered.'),
  ],
  seen: { about: ['model:cs', 'model:cs@7', 'dataset:loans'], actor: ['svc_x'], stream: ['model-cs'], correlation: ['release 1'] },
  now: new Date('2026-11-21T08:05:30.000Z'),
}

const texts = (line: string, caret = line.length) => suggest(line, caret, known).items.map(({ text }) => text)

describe('suggestions', () => {
  it('begin with the keys', () => {
    expect(texts('')).toEqual(['type:', 'about:', 'actor:', 'stream:', 'correlation:', 'recorded:', 'occurred:'])
    expect(texts('a')).toEqual(['about:', 'actor:'])
  })

  it('know the values of a key', () => {
    expect(texts('type:model')).toEqual(['type:ModelEvaluated', 'type:ModelRegistered'])
    expect(texts('about:cs')).toEqual(['about:model:cs', 'about:model:cs@7'])
    expect(texts('correlation:')).toEqual(['correlation:"release 1"'])
    expect(texts('recorded:today')).toEqual(['recorded:2026-11-21'])
  })

  it('guess what a bare word is meant for', () => {
    expect(texts('bias')).toEqual(['type:BiasAudited'])
    expect(texts('loans')).toEqual(['about:dataset:loans'])
  })

  it('replace the token at the caret and leave the others alone', () => {
    const line = 'actor:svc_x mod fairness'
    const suggestions = suggest(line, 15, known)
    expect(accept(line, suggestions, suggestions.items[0]!)).toEqual({ line: 'actor:svc_x type:ModelEvaluated fairness', caret: 32 })
    const keys = suggest('', 0, known)
    expect(accept('', keys, keys.items[0]!)).toEqual({ line: 'type:', caret: 5 })
  })
})

describe('ranges', () => {
  it('become fixed times', () => {
    expect(rangePresets(known.now).map(({ range }) => range)).toEqual([
      { from: '2026-11-21T07:05:00.000Z', to: null },
      { from: '2026-11-20T08:05:00.000Z', to: null },
      { from: '2026-11-21', to: '2026-11-21' },
      { from: '2026-11-20', to: '2026-11-20' },
      { from: '2026-11-15', to: null },
      { from: '2026-10-23', to: null },
      { from: '2026-01-01', to: null },
    ])
  })

  it('are said in words', () => {
    expect(describeRange({ from: '2026-01-01', to: '2026-01-31' })).toBe('2026-01-01 to 2026-01-31')
    expect(describeRange({ from: '2026-01-01', to: '2026-01-01' })).toBe('2026-01-01 UTC')
    expect(describeRange({ from: null, to: '2026-01-31' })).toBe('until 2026-01-31')
    expect(describeRange({ from: '2026-01-31', to: null })).toBe('since 2026-01-31')
  })
})
