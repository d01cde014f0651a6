const SPACE_OR_PLUS = /[\p{White_Space}+]/u

/** A key's name in notes: not empty, without Unicode white space and without a plus sign. It should be a URL without scheme. */
export function isKeyName(text: string): boolean {
  return text !== '' && text.isWellFormed() && !hasControlCharacter(text) && !SPACE_OR_PLUS.test(text)
}

/** True when a character below U+0020 stands in the text. */
export function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x20) return true
  }
  return false
}
