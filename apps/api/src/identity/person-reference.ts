/** By which a person's own data subject is found in a workspace. */
export function referenceOfPerson(person: string): string {
  return `annal:person:${person}`
}
