/** What is at a path that can't be read as a file, for people. */
export function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'none'
    case 'EISDIR':
      return 'a folder'
    case 'EACCES':
    case 'EPERM':
      return 'one that may not be read'
    default:
      return error instanceof Error ? error.message : String(error)
  }
}
