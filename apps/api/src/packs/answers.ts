/** `InvalidInput` of the SDL. */
export function invalid(message: string, path: string) {
  return { __typename: 'InvalidInput' as const, message, path }
}

/** `NotFound` of the SDL. */
export function noSuchPack() {
  return { __typename: 'NotFound' as const, message: 'This workspace has no such pack.' }
}

/** `NotAllowed` of the SDL: whoever exported a pack stands in the record, and on the pack, as a person. */
export const NEEDS_A_PERSON = {
  __typename: 'NotAllowed',
  message: 'Evidence is exported by people, who answer for it: sign in to ask for a pack.',
} as const
