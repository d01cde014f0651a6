import type { Receipt } from '@annal/ledger'
import { upperSnake } from './present-outcome.ts'
import type { AppendOutcome, Refusal } from './refusal.ts'

export type OutcomeType = 'Receipt' | 'Refusal'

type Text<Outcome> = (outcome: Outcome) => string

/** Their alphabets hold nothing that JSON would escape. */
const plain = (text: string) => `"${text}"`

const receiptTexts: Readonly<Record<string, Text<Receipt>>> = {
  __typename: () => '"Receipt"',
  id: ({ id }) => plain(id),
  stream: ({ stream }) => plain(stream),
  streamVersion: ({ streamVersion }) => `"${streamVersion}"`,
  position: ({ position }) => plain(position),
  recordedAt: ({ recordedAt }) => plain(recordedAt),
  repeated: ({ repeated }) => String(repeated),
  erased: ({ erased }) => String(erased),
}

const refusalTexts: Readonly<Record<string, Text<Refusal>>> = {
  __typename: () => '"Refusal"',
  id: ({ id }) => plain(id),
  code: ({ code }) => plain(upperSnake(code)),
  message: ({ message }) => JSON.stringify(message),
  path: ({ path }) => JSON.stringify(path === '' ? null : path),
}

/** The JSON of each field of an outcome, by its name in the schema. */
export const fieldTexts: Readonly<Record<OutcomeType, Readonly<Record<string, unknown>>>> = {
  Receipt: receiptTexts,
  Refusal: refusalTexts,
}

/** Writes outcomes with these fields of each type; keys are names in the answer, values names in the schema. */
export function outcomeText(receipt: ReadonlyMap<string, string>, refusal: ReadonlyMap<string, string>): Text<AppendOutcome> {
  const ofReceipt = objectText(receipt, receiptTexts)
  const ofRefusal = objectText(refusal, refusalTexts)
  return (outcome) => (outcome.status === 'recorded' ? ofReceipt(outcome) : ofRefusal(outcome))
}

function objectText<Outcome>(fields: ReadonlyMap<string, string>, texts: Readonly<Record<string, Text<Outcome>>>): Text<Outcome> {
  const members = Array.from(fields, ([key, name], i) => {
    const text = texts[name]
    if (text === undefined) throw new Error(`expected a field of an outcome, found ${name}`)
    return { opening: `${i === 0 ? '' : ','}${JSON.stringify(key)}:`, text }
  })
  return (outcome) => {
    let object = '{'
    for (const { opening, text } of members) object += opening + text(outcome)
    return `${object}}`
  }
}
