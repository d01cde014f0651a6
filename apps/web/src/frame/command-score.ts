/** How well a command answers what is typed; 0: not at all. Each word is to begin one of its words: letters here and there would find anything. */
export function commandScore(typed: string, [title = '', ...others]: readonly string[]): number {
  const asked = wordsIn(typed)
  const begins = (words: readonly string[]) => asked.every((part) => words.some((word) => word.startsWith(part)))
  if (wordsIn(title).join(' ').startsWith(asked.join(' '))) return 1
  if (begins(wordsIn(title))) return 0.8
  return begins([title, ...others].flatMap(wordsIn)) ? 0.5 : 0
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}
