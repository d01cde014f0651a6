import type { Choice } from '../forms/found-choice.tsx'
import { useReading } from '../reading/use-reading.ts'
import { titleOf } from '../things/vocabulary.ts'
import { incidentChoices, modelChoices, sharePeople, systemPackChoices } from './evidence-documents.ts'

export function useSystems(search: string | null): readonly Choice[] {
  const { reading } = useReading(systemPackChoices, { search })
  return reading.status === 'read' ? reading.data.systems.edges.map(({ node: { id, name } }) => ({ id, title: name ?? id })) : []
}

export function useModels(search: string | null): readonly Choice[] {
  const { reading } = useReading(modelChoices, { search })
  return reading.status === 'read' ? reading.data.models.edges.map(({ node: { id, name } }) => ({ id, title: name ?? id })) : []
}

export function useIncidents(search: string | null): readonly Choice[] {
  const { reading } = useReading(incidentChoices, { search })
  return reading.status === 'read' ? reading.data.incidents.edges.map(({ node: { id, title } }) => ({ id, title: title ?? id })) : []
}

export function usePeople(search: string | null): readonly Choice[] {
  const { reading } = useReading(sharePeople, { search })
  if (reading.status !== 'read') return []
  return reading.data.people.edges.map(({ node: { id, name, roles } }) => ({
    id,
    title: name ?? id,
    note: roles.map((role) => titleOf(role.toLowerCase())).join(', '),
  }))
}
