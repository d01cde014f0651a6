import { ACCEPTED, type Decision, refuses } from '../decider.ts'
import { adoptionOf, type RegulationEvent, type RegulationState } from './state.ts'

/** A version is one text for good; an earlier version may be adopted again. */
export function decideRegulation({ data }: RegulationEvent, state: RegulationState): Decision {
  const known = state.digests.get(data.version)
  if (known !== undefined && known !== data.sha256)
    return refuses('VersionTaken', `version ${data.version} of the catalogue ${data.catalogue} was adopted with the digest ${known}`)
  return state.adopted === adoptionOf(data) ? refuses('NothingNew', `${data.catalogue} ${state.adopted} is in use already`) : ACCEPTED
}
