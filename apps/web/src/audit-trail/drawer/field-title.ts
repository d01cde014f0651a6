import { words } from '../../format/words.ts'

/** What a field is called in a sentence, by its JSON Pointer: `/actions/0/owner` → `Actions, no. 1, owner`. */
export function fieldTitle(pointer: string): string {
  const [first = '', ...rest] = pointer.split('/').slice(1).map(named)
  return [first, ...rest.map((part) => part.charAt(0).toLowerCase() + part.slice(1))].join(', ')
}

function named(part: string): string {
  return /^\d+$/.test(part) ? `no. ${Number(part) + 1}` : words(part.replaceAll('~1', '/').replaceAll('~0', '~'))
}
