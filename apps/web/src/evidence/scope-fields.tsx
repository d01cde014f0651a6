import { readersZone } from '../format/instants.ts'
import { FoundChoice } from '../forms/found-choice.tsx'
import { INPUT, Labelled } from '../forms/labelled.tsx'
import { EMPTY_SCOPE, type ScopeDraft, type ScopeKind } from './chosen-scope.ts'
import { useIncidents, useModels, useSystems } from './use-choices.ts'

const KINDS: readonly { readonly kind: ScopeKind; readonly title: string }[] = [
  { kind: 'SYSTEM', title: 'A system: all that names it' },
  { kind: 'INCIDENT', title: 'An incident: all that names it' },
  { kind: 'MODEL', title: 'A model: all that names it' },
  { kind: 'WORKSPACE', title: 'The whole workspace' },
  { kind: 'PERIOD', title: 'A period' },
  { kind: 'FILTER', title: 'A filter of the audit trail: a selection' },
]

interface ScopeFieldsProps {
  readonly draft: ScopeDraft
  readonly problem: string | null
  readonly onChange: (draft: ScopeDraft) => void
}

export function ScopeFields({ draft, problem, onChange }: ScopeFieldsProps) {
  return (
    <>
      <Labelled label="Scope">
        {(aria) => (
          <select
            {...aria}
            value={draft.kind}
            className={INPUT}
            onChange={(event) => {
              const chosen = KINDS.find(({ kind }) => kind === event.target.value)
              if (chosen) onChange({ ...EMPTY_SCOPE, kind: chosen.kind })
            }}
          >
            {KINDS.map(({ kind, title }) => (
              <option key={kind} value={kind}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <OfKind draft={draft} problem={problem} onChange={onChange} />
    </>
  )
}

function OfKind({ draft, problem, onChange }: ScopeFieldsProps) {
  const thing = { value: draft.thing, onChange: (value: ScopeDraft['thing']) => onChange({ ...draft, thing: value }) }
  switch (draft.kind) {
    case 'SYSTEM':
      return <FoundChoice key="system" label="System" useFound={useSystems} {...thing} />
    case 'INCIDENT':
      return <FoundChoice key="incident" label="Incident" useFound={useIncidents} {...thing} />
    case 'MODEL':
      return <FoundChoice key="model" label="Model" useFound={useModels} {...thing} />
    case 'WORKSPACE':
      return null
    case 'PERIOD':
      return <PeriodFields draft={draft} problem={problem} onChange={onChange} />
    case 'FILTER':
      return (
        <Labelled
          label="Filter"
          problem={problem}
          hint="As in the audit trail: type:BiasAudited about:aisystem:credit-scoring. Completeness is not claimed."
        >
          {(aria) => (
            <input
              {...aria}
              type="text"
              spellCheck={false}
              value={draft.line}
              className={`${INPUT} font-mono text-xs`}
              onChange={(event) => onChange({ ...draft, line: event.target.value })}
            />
          )}
        </Labelled>
      )
  }
}

function PeriodFields({ draft, problem, onChange }: ScopeFieldsProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {(['from', 'until'] as const).map((end) => (
        <Labelled
          key={end}
          label={end === 'from' ? 'From' : 'Until'}
          hint={`Recorded ${end === 'from' ? 'at or after' : 'before'} this, in ${readersZone()}.`}
          problem={end === 'until' ? problem : null}
        >
          {(aria) => (
            <input
              {...aria}
              type="datetime-local"
              value={draft[end]}
              className={INPUT}
              onChange={(event) => onChange({ ...draft, [end]: event.target.value })}
            />
          )}
        </Labelled>
      ))}
    </div>
  )
}
