import type { PackFacts } from './pack-reading.ts'
import { type Finding, type PackVerdict, type Place, QUESTIONS } from './verdict.ts'
import type { PackVerification } from './verify-pack.ts'

const SIGNS: Readonly<Record<Finding, string>> = { holds: '✓', fails: '✗', partial: '~', 'not-claimed': '·', unknown: '?' }
const SUMMARY = {
  holds: 'All that the pack claims holds.',
  consistent: 'Nothing is wrong, but not all of it could be checked against something from outside the pack.',
  fails: 'Something is wrong: do not rely on this pack.',
} as const

/** What was found, for people: one question a line. */
export function verificationText({ outcome, verdicts, facts }: PackVerification): string {
  const lines = QUESTIONS.flatMap((question) => questionLines(question, verdicts[question]))
  return [...(facts === null ? [] : factLines(facts)), ...lines, '', SUMMARY[outcome], ''].map(visible).join('\n')
}

/** Controls, line separators and what turns text round: whoever wrote a pack could make a terminal show other verdicts with them. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

function visible(line: string): string {
  return line.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function questionLines(question: string, { verdict, reason, where }: PackVerdict): string[] {
  const line = `${SIGNS[verdict]} ${question.padEnd(13)} ${verdict.padEnd(12)} ${reason}`
  const place = where === null ? '' : placeText(where)
  return place === '' ? [line] : [line, `${' '.repeat(29)}at ${place}`]
}

function placeText({ file, line, byte, event, leaf }: Place): string {
  const parts = [
    file,
    line === null ? null : `line ${line}`,
    byte === null ? null : `byte ${byte} of the pack`,
    leaf === null ? null : `leaf ${leaf}`,
    event === null ? null : `event ${event}`,
  ]
  return parts.filter((part) => part !== null).join(', ')
}

function factLines(facts: PackFacts): string[] {
  const { events, withheld, origin, size, exportedAt, exportedBy, purpose, erased } = facts
  const hidden = withheld === 0 ? '' : `, and the places of ${withheld} more`
  return [
    `${events} events${hidden}, of ${origin} at size ${size}; scope: ${scopeText(facts.scope)}`,
    `Exported ${exportedAt} by ${exportedBy.kind} ${exportedBy.id}: ${purpose}`,
    ...(erased === 0 ? [] : [`${erased} fields show "erased": the pack says that their keys were destroyed; the events stay provable.`]),
    '',
  ]
}

function scopeText(scope: PackFacts['scope']): string {
  switch (scope.kind) {
    case 'workspace':
      return 'the whole log'
    case 'range':
      return `${scope.from === scope.to ? 'no leaves' : `leaves ${scope.from} to ${scope.to - 1}`}${scope.since === null ? '' : `, since ${scope.since}`}${scope.until === null ? '' : `, until ${scope.until}`}`
    case 'references':
      return scope.refs.join(', ')
    case 'selection':
      return 'a selection: completeness not claimed'
  }
}
