import { type Finding, type PackFacts, type PackVerdict, type PackVerification, type Place, QUESTIONS, type Question } from '@annal/proof'
import { countOf, grouped } from '../format/numbers.ts'
import { words } from '../format/words.ts'
import { Instant } from '../ui/instant.tsx'
import { Row, Rows } from '../ui/rows.tsx'
import { Card, Section } from '../ui/section.tsx'
import { Status, type StatusTone } from '../ui/status.tsx'

const FINDINGS: Readonly<Record<Finding, { readonly tone: StatusTone; readonly word: string }>> = {
  holds: { tone: 'met', word: 'Holds' },
  fails: { tone: 'missing', word: 'Fails' },
  partial: { tone: 'stale', word: 'In part' },
  'not-claimed': { tone: 'none', word: 'Not claimed' },
  unknown: { tone: 'none', word: 'Not known' },
}

const ASKS: Readonly<Record<Question, string>> = {
  integrity: 'Every file of evidence is what the manifest says, every event what the log committed to.',
  signature: 'Signed by a key that you know from outside the pack.',
  order: 'Places, times and numbers follow on one another.',
  completeness: 'Nothing of the scope is missing.',
  witnessing: 'Witnesses saw this log grow.',
  timestamp: 'An authority saw this head at a time.',
  report: 'The documents are as they were issued.',
  freshness: 'Nothing newer is known to you.',
}

/** The eight questions with their verdicts, each with its reason and the place of what is wrong. */
export function VerdictList({ verdicts }: { readonly verdicts: PackVerification['verdicts'] }) {
  return (
    <Section title="Verdicts">
      <Card>
        <ul className="divide-y divide-line">
          {QUESTIONS.map((question) => (
            <Verdict key={question} question={question} verdict={verdicts[question]} />
          ))}
        </ul>
      </Card>
    </Section>
  )
}

function Verdict({ question, verdict: { verdict, reason, where } }: { readonly question: Question; readonly verdict: PackVerdict }) {
  const place = where === null ? '' : placeText(where)
  return (
    <li data-question={question} data-verdict={verdict} className="grid gap-1 px-4 py-3 sm:grid-cols-[8.5rem_8rem_minmax(0,1fr)] sm:gap-4">
      <h3 className="text-sm font-medium" data-tip={ASKS[question]}>
        {words(question)}
      </h3>
      <span>
        <Status {...FINDINGS[verdict]} />
      </span>
      <div className="min-w-0 text-sm break-words">
        <p className="text-xs text-ink-3">{ASKS[question]}</p>
        <p className="mt-0.5 [overflow-wrap:anywhere]">{reason}</p>
        {place !== '' && <p className="mt-1 font-mono text-xs text-bad [overflow-wrap:anywhere]">at {place}</p>}
      </div>
    </li>
  )
}

export function PackFactsCard({ facts }: { readonly facts: PackFacts }) {
  return (
    <Section title="What the pack says of itself">
      <Card className="px-4 py-3">
        <Rows>
          <Row label="Log">
            <span className="font-mono text-xs [overflow-wrap:anywhere]">{facts.origin}</span> at size {grouped(facts.size)}
          </Row>
          <Row label="Scope">{scopeText(facts.scope)}</Row>
          <Row label="Events">
            {countOf(facts.events, true, 'event', 'events')}
            {facts.withheld > 0 && `, and the places of ${grouped(facts.withheld)} more without their content`}
          </Row>
          <Row label="Exported">
            <Instant at={facts.exportedAt} exact /> by {facts.exportedBy.kind}{' '}
            <span className="font-mono text-xs">{facts.exportedBy.id}</span>
          </Row>
          <Row label="Purpose">{facts.purpose}</Row>
          {facts.erased > 0 && (
            <Row label="Erased">{countOf(facts.erased, true, 'field', 'fields')}: the keys were destroyed, the events stay provable.</Row>
          )}
        </Rows>
      </Card>
    </Section>
  )
}

function placeText({ file, line, byte, event, leaf }: Place): string {
  return [
    file,
    line === null ? null : `line ${line}`,
    byte === null ? null : `byte ${byte} of the pack`,
    leaf === null ? null : `leaf ${leaf}`,
    event === null ? null : `event ${event}`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

function scopeText(scope: PackFacts['scope']): string {
  switch (scope.kind) {
    case 'workspace':
      return 'The whole log'
    case 'range':
      return `Leaves ${grouped(scope.from)} to ${grouped(scope.to - 1)}${scope.since === null ? '' : `, since ${scope.since}`}${scope.until === null ? '' : `, until ${scope.until}`}`
    case 'references':
      return scope.refs.join(', ')
    case 'selection':
      return 'A selection: completeness is not claimed'
  }
}
