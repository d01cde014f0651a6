/** Control characters: never in names and terms, for they would act on terminals, tables and logs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** What is wrong with a text, or null: half a surrogate pair, or a control character (line ends and tabs are fine in `prose`). */
export function textComplaint(text: string, kind: 'line' | 'prose'): string | null {
  if (!text.isWellFormed()) return 'expected well-formed Unicode: there is half a surrogate pair in it'
  return (kind === 'line' ? CONTROL : CONTROL_BUT_LINES).test(text) ? 'expected text without control characters' : null
}
