import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf as factsOfEvent, type Seal } from './facts.ts'

const factsOf = (data: unknown, sealed: readonly Seal[] = [], about: string[] = [], order: string[] = []) =>
  factsOfEvent({ data, sealed: [...sealed], about }, order)

const seal = (pointer: string, readable: boolean): Seal => ({ pointer, kind: 'ENCRYPTED', subject: 'sub_x', readable })

describe('the facts of an event', () => {
  it('stand in the order of the data, each in its shape', () => {
    const facts = factsOf(
      {
        model: 'model:cs@7',
        passed: false,
        value: 0.27,
        at: '2026-11-13T00:00:00.000Z',
        sha256: 'ab'.repeat(32),
        document: 'https://docs.example/7.pdf',
        approval: 'acme.approval-cs/0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e',
        groups: [
          { group: 'female', n: 3 },
          { group: 'male', n: 4 },
        ],
        window: { from: 'P7D' },
        empty: [],
      },
      [],
    )
    expect(facts.map(({ name, value }) => [name, value.shape])).toEqual([
      ['model', 'reference'],
      ['passed', 'yes-no'],
      ['value', 'number'],
      ['at', 'instant'],
      ['sha256', 'digest'],
      ['document', 'link'],
      ['approval', 'event'],
      ['groups', 'rows'],
      ['window', 'facts'],
      ['empty', 'nothing'],
    ])
  })

  it('follow the order that they are given, and keep the rest behind', () => {
    expect(factsOf({ a: 1, b: 2, title: 3 }, [], [], ['title', 'b']).map(({ name }) => name)).toEqual(['title', 'b', 'a'])
  })

  it('mark sealed fields, and say what is erased', () => {
    const facts = factsOf({ note: 'Income verified.', reason: { erased: true }, nested: { 'a/b': 'x' } }, [
      seal('/note', true),
      seal('/reason', false),
      seal('/nested/a~1b', true),
    ])
    expect(facts[0]).toMatchObject({ value: { shape: 'text' }, seal: { readable: true } })
    expect(facts[1]).toMatchObject({ value: { shape: 'erased' }, seal: { readable: false } })
    expect(facts[2]).toMatchObject({ value: { shape: 'facts', facts: [{ pointer: '/nested/a~1b', seal: { readable: true } }] } })
  })

  it('mark what is sealed within a list', () => {
    const data = { risks: ['They may be refused.', { erased: true }], actions: [{ action: 'Ask Ada.', due: '2026-05-01' }] }
    const [risks, actions] = factsOf(data, [seal('/risks/0', true), seal('/risks/1', false), seal('/actions/0/action', true)])
    expect(risks?.value).toMatchObject({
      items: [
        { pointer: '/risks/0', value: { shape: 'text' }, seal: { readable: true } },
        { value: { shape: 'erased', pointer: '/risks/1' }, seal: { readable: false } },
      ],
    })
    expect(actions?.value).toMatchObject({
      items: [
        {
          value: {
            facts: [
              { name: 'action', seal: { readable: true } },
              { name: 'due', seal: null },
            ],
          },
        },
      ],
    })
  })

  it('show a digest, which nobody can read and which is not erased', () => {
    const inputHmac = 'ab'.repeat(32)
    const [fact] = factsOf({ inputHmac }, [{ pointer: '/inputHmac', kind: 'DIGEST', subject: null, readable: false }])
    expect(fact).toMatchObject({ value: { shape: 'digest', digest: inputHmac }, seal: { kind: 'DIGEST' } })
  })

  it('name what the event is about, unless an id could be two things', () => {
    const about = ['aisystem:cs', 'dataset:loans@2026', 'model:cs', 'model:cs@7']
    const shapes = factsOf({ dataset: 'loans@2026', model: 'cs', version: '7' }, [], about).map(({ value }) => value)
    expect(shapes).toEqual([
      { shape: 'reference', reference: 'dataset:loans@2026' },
      { shape: 'text', text: 'cs' },
      { shape: 'text', text: '7' },
    ])
  })

  it('never offers a link that is not https', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom('javascript:alert(1)', 'http://x.example', 'data:text/html,x'), fc.string()), (text) => {
        const [fact] = factsOf({ text }, [])
        expect(fact?.value.shape === 'link' && !text.startsWith('https://')).toBe(false)
      }),
    )
  })

  it('has a shape for every JSON value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (data) => {
        expect(factsOf(data, [])).toHaveLength(Object.keys(data).length)
      }),
    )
  })
})
