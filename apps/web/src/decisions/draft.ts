import type { FormValues } from './decision.ts'

/** What was typed and not decided yet, with the id under which it will be: kept in this tab until it is recorded or thrown away. */
export interface Draft {
  readonly id: string
  readonly values: FormValues
}

export function readDraft(workspace: string, name: string): Draft | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(workspace, name)) ?? 'null')
    if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string' || !('values' in value)) return null
    return { id: value.id, values: textsOf(value.values) }
  } catch (error) {
    console.warn('A draft can’t be read; the form begins anew.', error)
    return null
  }
}

export function keepDraft(workspace: string, name: string, draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(workspace, name), JSON.stringify(draft))
  } catch (error) {
    console.warn('The draft can’t be kept; it lasts while the form is open.', error)
  }
}

export function dropDraft(workspace: string, name: string): void {
  try {
    sessionStorage.removeItem(keyOf(workspace, name))
  } catch (error) {
    console.warn('The draft can’t be removed.', error)
  }
}

function keyOf(workspace: string, name: string): string {
  return `annal.draft.${workspace}.${name}`
}

function textsOf(values: unknown): FormValues {
  if (typeof values !== 'object' || values === null) return {}
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
