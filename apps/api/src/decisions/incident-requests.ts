import { correctedFact } from '@annal/domain'
import {
  type Completed,
  type Completion,
  completed,
  type DecisionRequest,
  type Fields,
  madeId,
  problem,
  type Surroundings,
  said,
} from './decision-request.ts'

interface OfIncident {
  readonly id: string
  readonly incident: string
}

export interface ReportIncidentInput extends Fields {
  readonly id: string
  readonly incident?: string | null
  readonly awareAt: string
}

export interface TriageIncidentInput extends Fields, OfIncident {
  readonly reason: string
}

export interface NotifyAuthorityInput extends Fields, OfIncident {
  readonly sentAt?: string | null
}

export type IncidentInput = Fields & OfIncident
type PlainType = 'SystemImplicated' | 'SystemCleared' | 'ContainmentDone' | 'CorrectiveActionDone'

export function reportIncident({ id, incident, ...input }: ReportIncidentInput): DecisionRequest {
  const complete = ({ at }: Surroundings) => notAhead(input.awareAt, at, '/awareAt') ?? completed({})
  const data = said({ ...input, incident: incident ?? madeId('inc', id) })
  return { id, type: 'IncidentReported', data, completion: { fields: [], complete } }
}

export function triageIncident({ id, reason, ...input }: TriageIncidentInput): DecisionRequest {
  return {
    id,
    type: 'IncidentTriaged',
    data: said({ ...input, rationale: reason }),
    completion: systemsConcerned,
    formNames: { rationale: 'reason' },
  }
}

export function aboutOneSystem(type: PlainType, { id, ...input }: IncidentInput): DecisionRequest {
  return { id, type, data: said(input), completion: { fields: [], complete: (around) => unreported(around) ?? completed({}) } }
}

export function notifyAuthority({ id, sentAt, ...input }: NotifyAuthorityInput): DecisionRequest {
  const completion: Completion = {
    fields: ['systems', 'sentAt'],
    complete: async (around) => {
      const sent = sentAt ?? around.at
      const refused = unreported(around) ?? notAhead(sent, around.at, '/sentAt') ?? (await notBeforeAware(sent, around))
      return refused ?? completed({ ...concernedFields(around), sentAt: sent })
    },
  }
  return { id, type: 'AuthorityNotified', data: said(input), completion }
}

export function closeIncident({ id, ...input }: IncidentInput): DecisionRequest {
  return { id, type: 'IncidentClosed', data: said(input), completion: systemsConcerned }
}

/** The systems that the incident concerns by now; those that were cleared it does not. */
const systemsConcerned: Completion = { fields: ['systems'], complete: (around) => completed(concernedFields(around)) }

function concernedFields({ state }: Surroundings): Fields {
  const progress = state?.stream === 'incident' ? [...state.systems] : []
  const concerned = progress.flatMap(([system, how]) => (how === 'cleared' ? [] : [system])).sort()
  return { systems: concerned.length > 0 ? concerned : undefined }
}

/** What services tell of an incident may come before its report; what people decide on it may not. */
function unreported({ state }: Surroundings): Completed | null {
  const isKnown = state?.stream === 'incident' && state.status !== 'unreported'
  return isKnown ? null : problem('NOT_REPORTED', 'there is no such incident: it must be reported first', '/incident')
}

/** Nobody tells an authority of what he doesn't know yet; told so, the deadline would be met. The last correction of the report counts. */
async function notBeforeAware(sentAt: string, { facts }: Surroundings): Promise<Completed | null> {
  const reports = (await facts()).map((fact) => correctedFact(fact) ?? fact).filter(({ type }) => type === 'IncidentReported')
  const awareAt = reports.at(-1)?.data.awareAt
  if (typeof awareAt !== 'string' || Date.parse(sentAt) >= Date.parse(awareAt)) return null
  return problem('BEFORE_AWARE', `expected an instant from ${awareAt} on, when the organisation became aware`, '/sentAt')
}

/** Clocks of machines differ by so much, in ms, as for what services send. */
const AHEAD = 5 * 60_000

/** Deadlines run from when the organisation became aware, and end when the authority was told: neither can lie ahead. */
function notAhead(instant: string, now: string, path: string): Completed | null {
  const isAhead = Date.parse(instant) > Date.parse(now) + AHEAD
  return isAhead ? problem('IN_THE_FUTURE', `expected an instant up to now, ${now}`, path) : null
}
