/** Control characters: never in names and terms, for they would act on terminals, tables and logs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** Blanks, fillers, and what joins or parts letters: alone they show nothing. */
const SEEN = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u
/** Ends of lines, and what makes the text around it run the other way. The marks of single letters (200E, 200F) are fine. */
const TURNING = /[\u2028-\u202e\u2066-\u2069]/

/** One line, several lines, or a line that people must be able to tell from others. */
export type TextKind = 'line' | 'prose' | 'name'

/**
 * What is wrong with a text, or null: half a surrogate pair, or a control character (line ends and tabs are fine in `prose`). A `name`
 * shows something, and shows it in the order in which it is written.
 */
export function textComplaint(text: string, kind: TextKind): string | null {
  if (!text.isWellFormed()) return 'expected well-formed Unicode: there is half a surrogate pair in it'
  if ((kind === 'prose' ? CONTROL_BUT_LINES : CONTROL).test(text)) return 'expected text without control characters'
  return kind === 'name' ? nameComplaint(text) : null
}

function nameComplaint(name: string): string | null {
  if (!SEEN.test(name)) return 'expected a name that can be seen'
  return TURNING.test(name) ? 'expected a name without characters that break or turn its line' : null
}
